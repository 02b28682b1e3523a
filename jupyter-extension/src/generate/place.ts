import { nameOf, parentOf } from '../contents/paths.ts';

/**
 * Where the report of the data in a folder lies: in it, except where it holds nothing but data by its name. No file of ours goes into
 * `profiler-reports`, whose every JSON the service's notebooks read, nor into raw `profiler-output`.
 */
export function placeFor(data: string): string {
  return ['profiler-reports', 'profiler-output'].includes(nameOf(data)) ? parentOf(data) : data;
}

const FOLDER = 'profiler-report';

/** `profiler-report`, or the first of `profiler-report-2` and so on that is free. */
export function freeName(names: readonly string[]): string {
  const candidates = [FOLDER, ...names.map((_, i) => `${FOLDER}-${i + 2}`)];
  return candidates.find((name) => !names.includes(name)) as string;
}
