import type { LoadOptions } from '../load.ts';
import { type PipelineResult, pipeline } from '../pipeline.ts';
import type { Format } from '../writers/index.ts';
import { withoutHome } from './output-place.ts';
import { startProgress } from './progress.ts';
import { type RuleOptions, ruleOptions } from './rule-options.ts';
import { openSource, type Source, type SourceOptions } from './source.ts';
import type { Terminal } from './terminal.ts';
import { type UsageOptions, usageSettings } from './usage-settings.ts';

interface ReadJobOptions {
  readonly formats: readonly Format[];
  /** Show progress. */
  readonly visible: boolean;
  /** For commands that make reports. */
  readonly usage?: UsageOptions;
  readonly from?: LoadOptions['from'];
}

/** Opens the source a command names and makes its report, with a progress bar where `visible` and on a terminal. */
export async function readJob(
  location: string | undefined,
  options: SourceOptions & RuleOptions,
  terminal: Terminal,
  { formats, visible, usage, from }: ReadJobOptions,
): Promise<Source & PipelineResult> {
  const { analyze, inFile } = await ruleOptions(options);
  const source = await openSource(location, options, from);
  const { store, trainingJob, trainingJobName, processingJobArn } = source;
  const jobParameters = { ...trainingJob?.ruleParameters, ...inFile };
  const settings = usage && (await usageSettings(usage, terminal, [trainingJob?.ruleParameters ?? {}, inFile]));
  const progress = startProgress(terminal, store.location, visible);
  const result = await pipeline(progress.watch(store), {
    ...analyze,
    formats,
    sections: formats.length > 0,
    onProgress: progress.onProgress,
    shownAs: withoutHome(store.location),
    ...(from === undefined ? {} : { from }),
    ...(trainingJobName === undefined ? {} : { trainingJobName }),
    ...(Object.keys(jobParameters).length === 0 ? {} : { jobParameters }),
    ...(settings === undefined ? {} : { usage: settings }),
    ...(processingJobArn === undefined ? {} : { processingJobArn }),
  }).finally(progress.stop);
  return { ...source, ...result };
}
