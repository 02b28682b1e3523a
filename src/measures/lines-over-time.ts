import type { Points } from './metric-series.ts';
import { binOf, type TimeAxis, timeAxis } from './time-axis.ts';

/** Points of a line over time. */
const MOST_POINTS = 600;
/** Digits kept of a value: more cannot be seen. */
const DIGITS = 5;

/** Lines over the same moments; `null` where a line has no data. */
export interface LinesOverTime {
  /** Seconds since the epoch, ascending: where each period begins, or the first of those that became one point. */
  readonly seconds: readonly number[];
  readonly lines: readonly OverTime[];
  /** Where the first step begins, at or before the first point; from one point to the next. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** True where a point stands for several periods. */
  readonly merged: boolean;
}

/** One line: mean, lowest and highest of the periods in each step; all the same where they were not merged. */
export type OverTime = Readonly<Record<'mean' | 'low' | 'high', readonly (number | null)[]>>;

/** How far points of lines with these periods are apart, and whether one stands for several periods. */
export function stepOf(
  all: readonly Pick<Points, 'periodSeconds'>[],
  [start, end]: readonly [number, number],
): Pick<LinesOverTime, 'stepSeconds' | 'merged'> & { readonly axis: TimeAxis } {
  const longest = all.reduce((most, { periodSeconds }) => Math.max(most, periodSeconds), 1);
  const shortest = all.reduce((least, { periodSeconds }) => Math.min(least, periodSeconds), longest);
  const axis = timeAxis(start, end, MOST_POINTS, longest);
  return { axis, stepSeconds: axis.stepSeconds, merged: axis.stepSeconds > shortest };
}

/** Values of periods as lines from `start` to `end` (seconds since the epoch) of at most about 600 points each. */
export function linesOverTime(all: readonly Points[], [start, end]: readonly [number, number]): LinesOverTime {
  const { axis, stepSeconds, merged } = stepOf(all, [start, end]);
  const at = Array.from({ length: axis.bins }, (_, i) => Math.max(start, axis.startSeconds + i * axis.stepSeconds));
  const binned = all.map(({ seconds, values }) => {
    const sums = new Float64Array(axis.bins);
    const counts = new Uint32Array(axis.bins);
    const lows = new Float64Array(axis.bins).fill(Infinity);
    const highs = new Float64Array(axis.bins).fill(-Infinity);
    seconds.forEach((second, i) => {
      const bin = binOf(axis, second);
      if (bin < 0) return;
      const value = values[i] as number;
      sums[bin] = (sums[bin] as number) + value;
      counts[bin] = (counts[bin] as number) + 1;
      lows[bin] = Math.min(lows[bin] as number, value);
      highs[bin] = Math.max(highs[bin] as number, value);
    });
    const each = (of: (bin: number) => number) =>
      Array.from(counts, (n, bin) => (n === 0 ? null : Number(of(bin).toPrecision(DIGITS))));
    const mean = each((bin) => (sums[bin] as number) / (counts[bin] as number));
    if (!merged) return { mean, low: mean, high: mean };
    return { mean, low: each((bin) => lows[bin] as number), high: each((bin) => highs[bin] as number) };
  });
  return { seconds: at, lines: binned, startSeconds: axis.startSeconds, stepSeconds, merged };
}
