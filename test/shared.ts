import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '..', process.env.PROFILER_SHARED ?? '../shared');

/** Path of a file in the shared test data, which is not part of the project. */
export function shared(path: string): string {
  return resolve(folder, path);
}

/** False where the shared test data is absent: tests that need it are skipped and say so. */
export const hasShared = existsSync(shared('corpus'));

/** Names of the real jobs, `c01` to `c24`; empty where the shared data is absent. */
export const corpusCases: readonly string[] = hasShared
  ? readdirSync(shared('corpus'))
      .filter((name) => /^c\d+$/.test(name))
      .sort()
  : [];
