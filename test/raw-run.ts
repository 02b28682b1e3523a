import { readProfilerOutput } from '../src/formats/profiler-output.ts';
import type { TrainingRun } from '../src/model/run.ts';
import { localStore } from '../src/stores/local.ts';

/** The raw data below a folder, `shared('golden/g1-single-gpu-framework')`. */
export async function readRun(folder: string): Promise<TrainingRun> {
  return (await readProfilerOutput(localStore(folder))).run;
}
