import { percent } from '../model/text.ts';
import { judgeBottleneck, runBottleneck } from './bottleneck.ts';
import { COUNTED, MANY, PERCENT, type Rule } from './rule.ts';

export const ioBottleneck: Rule<'IOBottleneck'> = {
  name: 'IOBottleneck',
  title: 'I/O bottleneck',
  judges: 'training',
  sectionId: 'io-bottlenecks',
  defaults: { threshold: '50', io_threshold: '50', gpu_threshold: '10', patience: '1000' },
  ranges: { threshold: PERCENT, io_threshold: PERCENT, gpu_threshold: PERCENT, patience: MANY },
  needs: [...COUNTED, 'violations'],
  checks: (p) =>
    `In more than ${p('threshold')} % of all moments, is a GPU below ${p('gpu_threshold')} % while a CPU core waits for I/O more than ${p('io_threshold')} % of the time?`,
  run(run, context) {
    const p = context.parameter;
    const limits = { dimension: 'I/OWaitPercentage', core: p('io_threshold'), gpu: p('gpu_threshold') };
    return runBottleneck(run, context, limits, `waiting for I/O more than ${percent(p('io_threshold'))} of the time`);
  },
  judge: (report, facts, p) =>
    judgeBottleneck(report, facts, p, {
      cause: `a CPU core waited for I/O more than ${p('io_threshold')} % of the time`,
      action: 'Bring the data closer: fewer and larger files, a local cache or faster storage, and prefetching.',
    }),
};
