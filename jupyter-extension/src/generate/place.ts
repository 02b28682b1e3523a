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

const FOLDER = 'profiler-report';

/** `profiler-report`, or the first of `profiler-report-2` and so on that is free. */
export function freeName(names: readonly string[]): string {
  const candidates = [FOLDER, ...names.map((_, i) => `${FOLDER}-${i + 2}`)];
  return candidates.find((name) => !names.includes(name)) as string;
}
