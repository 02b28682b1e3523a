import { duration, utc } from '../model/text.ts';
import { factsBlock, type SectionMaker } from './section.ts';

/** When the first and the last step came. */
export const initialization: SectionMaker = ({ job, reports, initializationSeconds }) => {
  const { first, last } = reports.MaxInitializationTime?.details.step_num ?? {};
  const moment = (label: string, micros: number) => ({ label, value: utc(micros / 1e6), epochSeconds: micros / 1e6 });
  const facts = [
    ...(job.startSeconds === undefined ? [] : [moment('First sample', job.startSeconds * 1e6)]),
    ...(first === undefined ? [] : [moment('First step', first)]),
    ...(last === undefined ? [] : [moment('Last step', last)]),
    ...(initializationSeconds === undefined
      ? []
      : [{ label: 'First sample to first step', value: duration(initializationSeconds) }]),
  ];
  const blocks = first === undefined ? [] : [factsBlock(facts)];
  return { id: 'initialization', title: 'Initialization', rule: 'MaxInitializationTime', blocks };
};
