import { type JobPhases, jobPhases } from '../measures/phases.ts';
import { duration, number, percent } from '../model/text.ts';
import { chart, column, factsBlock, info, type SectionMaker, table } from './section.ts';

/** Start, end and duration of the job, and how its time splits at the first and last step. */
export const summary: SectionMaker = ({ job, reports }) => {
  const { startSeconds: start, endSeconds: end, samplingIntervalSeconds: interval } = job;
  const { first, last } = reports.MaxInitializationTime?.details.step_num ?? {};
  const phases =
    start !== undefined && end !== undefined && first !== undefined && last !== undefined
      ? jobPhases(start, end, first / 1e6, last / 1e6)
      : undefined;
  const sampled = phases?.total ?? (start !== undefined && end !== undefined ? end - start : undefined);
  const facts = [
    ...(sampled === undefined ? [] : [{ label: 'Duration', value: duration(sampled), detail: 'first to last sample analysed' }]),
    { label: 'Nodes', value: String(job.nodes.length || 'unknown') },
    { label: 'GPUs', value: job.gpuCount === undefined ? 'unknown' : String(job.gpuCount) },
    ...(job.coresPerNode === undefined ? [] : [{ label: 'CPU cores', value: String(job.coresPerNode), detail: job.nodes.length > 1 ? 'per node' : '' }]),
    ...(interval === undefined ? [] : [{ label: 'Sampling interval', value: duration(interval), detail: 'estimated from the number of samples' }]),
    ...(reports.MaxInitializationTime ? [{ label: 'Step events', value: number(reports.MaxInitializationTime.datapoints) }] : []),
  ].map(({ detail, ...fact }: { label: string; value: string; detail?: string }) => (detail ? { ...fact, detail } : fact));
  const blocks = [factsBlock(facts)];
  if (sampled === undefined) {
    return { id: 'summary', title: 'Training job summary', blocks: [...blocks, info('The span of the job is not known: MaxInitializationTime.json does not tell it.')] };
  }
  if (phases === undefined) {
    const why = 'No steps were profiled, so the training loop cannot be told from what came before and after it.';
    return { id: 'summary', title: 'Training job summary', blocks: [...blocks, info(why)] };
  }
  return { id: 'summary', title: 'Training job summary', blocks: [...blocks, ...phaseBlocks(phases)] };
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

