import { nameOf, parentOf } from '../contents/paths.ts';

/**
 * Where the report of a chosen folder lies: in it, except where it holds nothing but data. No file of ours goes into `profiler-reports`,
 * whose every JSON the service's notebooks read, nor into raw `profiler-output`.
 */
export function placeFor(chosen: string, names: readonly string[]): string {
  const name = nameOf(chosen);
  const raw = name === 'profiler-output' && !names.includes('profiler-reports');
  return name === 'profiler-reports' || raw ? parentOf(chosen) : chosen;
}
