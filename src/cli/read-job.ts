import { type PipelineResult, pipeline } from '../pipeline.ts';
import type { Format } from '../writers/index.ts';
import { withoutHome } from './output-place.ts';
import { startProgress } from './progress.ts';
import { openSource, type Source, type SourceOptions } from './source.ts';
import type { Terminal } from './terminal.ts';

/** Opens the source a command names and makes its report, with a progress bar where `visible` and on a terminal. */
export async function readJob(
  location: string | undefined,
  options: SourceOptions,
  terminal: Terminal,
  { formats, visible }: { readonly formats: readonly Format[]; readonly visible: boolean },
): Promise<Source & PipelineResult> {
  const source = await openSource(location, options);
  const { store, trainingJob, trainingJobName, processingJobArn } = source;
  const progress = startProgress(terminal, store.location, visible);
  const result = await pipeline(progress.watch(store), {
    formats,
    onProgress: progress.onProgress,
    shownAs: withoutHome(store.location),
    ...(trainingJobName === undefined ? {} : { trainingJobName }),
    ...(trainingJob === undefined ? {} : { jobParameters: trainingJob.ruleParameters }),
    ...(processingJobArn === undefined ? {} : { processingJobArn }),
  }).finally(progress.stop);
  return { ...source, ...result };
}
