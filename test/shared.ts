import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '..', process.env.PROFILER_SHARED ?? '../shared');

/** Path of a file in the shared test data, which is not part of the project. */
export function shared(path: string): string {
  return resolve(folder, path);
}

/** False where the shared test data is absent: tests that need it are skipped and say so. */
export const hasShared = existsSync(shared('corpus'));

/** Names of the real jobs, `c01` to `c24`, also where the shared data is absent: their tests are then skipped one by one. */
export const corpusCases: readonly string[] = Array.from({ length: 24 }, (_, i) => `c${String(i + 1).padStart(2, '0')}`);

/** A rule file of a real job, or undefined where that job lacks it. */
export function corpusFile(name: string, rule: string): Uint8Array | undefined {
  const path = shared(`corpus/${name}/profiler-reports/${rule}.json`);
  return existsSync(path) ? readFileSync(path) : undefined;
}
