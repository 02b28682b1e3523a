import { thinned } from '../measures/thinned.ts';
import type { PointsChart } from '../model/chart.ts';
import { visibleName } from '../model/text.ts';

/** Happenings of one group before they are thinned: times in seconds since the epoch, durations in seconds. */
export interface Happenings {
  readonly label: string;
  readonly startSeconds: Float64Array;
  readonly durationSeconds: Float64Array;
  readonly numbers: readonly string[];
  /** Those that stand out. */
  readonly flagged: readonly number[];
}

/** Groups of a chart with at most about `most` points in all; those that stand out stay. Times to the millisecond. */
export function pointGroups(all: readonly Happenings[], most: number): PointsChart['groups'] {
  const total = all.reduce((sum, { durationSeconds }) => sum + durationSeconds.length, 0);
  return all.map(({ label, startSeconds, durationSeconds, numbers, flagged }) => {
    const share = Math.max(2, Math.floor((most * durationSeconds.length) / Math.max(1, total)));
    const drawn = thinned(durationSeconds, flagged, share);
    const standsOut = new Set(flagged);
    return {
      label,
      seconds: drawn.map((i) => rounded(startSeconds[i] as number, 1e3)),
      values: drawn.map((i) => rounded(durationSeconds[i] as number, 1e6)),
      names: drawn.map((i) => visibleName(numbers[i] ?? '')),
      flagged: drawn.flatMap((i, point) => (standsOut.has(i) ? [point] : [])),
    };
  });
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
