import { type JobPhases, jobPhases } from '../measures/phases.ts';
import { duration, number, percent } from '../model/text.ts';
import { chart, column, factsBlock, info, type SectionMaker, table } from './section.ts';

/** How the job's time splits at its first and last step. */
export const summary: SectionMaker = ({ job, reports, analysis }) => {
  const section = { id: 'summary', title: 'Training job summary' } as const;
  const { startSeconds: start, endSeconds: end } = job;
  const { first, last } = reports.MaxInitializationTime?.details.step_num ?? {};
  if (start === undefined || end === undefined) {
    return {
      ...section,
      blocks: [
        info(
          analysis
            ? 'The span of the job is not known: there are no system metrics.'
            : 'The span of the job is not known: MaxInitializationTime.json, which tells it, is missing or damaged.',
        ),
      ],
    };
  }
  if (first === undefined || last === undefined) {
    const why = 'No steps were profiled, so the training loop cannot be told from what came before and after it.';
    return { ...section, blocks: [factsBlock([{ label: 'Sampled for', value: duration(end - start) }]), info(why)] };
  }
  const phases = jobPhases(start, end, first / 1e6, last / 1e6);
  const facts = [
    { label: 'Sampled for', value: duration(phases.total) },
    { label: 'Training loop', value: duration(phases.training) },
    { label: 'Step events', value: number(reports.MaxInitializationTime?.datapoints ?? 0) },
  ];
  return { ...section, blocks: [factsBlock(facts), ...phaseBlocks(phases)] };
};

function phaseBlocks(phases: JobPhases) {
  const parts = [
    { label: 'Initialization', seconds: phases.initialization, meaning: 'first sample to first step' },
    { label: 'Training loop', seconds: phases.training, meaning: 'first to last step' },
    { label: 'Finalization', seconds: phases.finalization, meaning: 'last step to last sample' },
  ].map((part) => ({ ...part, value: phases.total > 0 ? (100 * part.seconds) / phases.total : 0 }));
  return [
    chart({
      kind: 'shares',
      id: 'job-phases',
      title: 'Where the job’s time went',
      alt: `Of ${duration(phases.total)}, ${parts.map(({ label, value }) => `${label.toLowerCase()} took ${percent(value)}`).join(', ')}.`,
      parts: parts.map(({ label, value, seconds }) => ({ label, value, detail: duration(seconds) })),
    }),
    table(
      'job-phases-table',
      'Phases of the job',
      [column.text('Phase'), column.text('Meaning'), column.seconds('Time'), column.share('Share')],
      parts.map(({ label, meaning, seconds, value }) => [label, meaning, seconds, value]),
    ),
  ];
}
