import { type PipelineResult, pipeline } from '../pipeline.ts';
import type { Format } from '../writers/index.ts';
import { withoutHome } from './output-place.ts';
import { startProgress } from './progress.ts';
import { openSource, type Source, type SourceOptions } from './source.ts';
import type { Terminal } from './terminal.ts';
import { ruleParametersOf, type UsageOptions, usageSettings } from './usage-settings.ts';

interface ReadJobOptions {
  readonly formats: readonly Format[];
  /** Show progress. */
  readonly visible: boolean;
  /** For commands that make reports. */
  readonly usage?: UsageOptions & { readonly ruleParameters?: string };
}

/** Opens the source a command names and makes its report, with a progress bar where `visible` and on a terminal. */
export async function readJob(
  location: string | undefined,
  options: SourceOptions,
  terminal: Terminal,
  { formats, visible, usage }: ReadJobOptions,
): Promise<Source & PipelineResult> {
  const given = usage?.ruleParameters === undefined ? {} : await ruleParametersOf(usage.ruleParameters);
  const source = await openSource(location, options);
  const { store, trainingJob, trainingJobName, processingJobArn } = source;
  const jobParameters = { ...trainingJob?.ruleParameters, ...given };
  const settings = usage && (await usageSettings(usage, terminal, [trainingJob?.ruleParameters ?? {}, given]));
  const progress = startProgress(terminal, store.location, visible);
  const result = await pipeline(progress.watch(store), {
    formats,
    onProgress: progress.onProgress,
    shownAs: withoutHome(store.location),
    ...(trainingJobName === undefined ? {} : { trainingJobName }),
    ...(Object.keys(jobParameters).length === 0 ? {} : { jobParameters }),
    ...(settings === undefined ? {} : { usage: settings }),
    ...(processingJobArn === undefined ? {} : { processingJobArn }),
  }).finally(progress.stop);
  return { ...source, ...result };
}
