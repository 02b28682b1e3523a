import type { Span } from '../model/issue.ts';
import type { Points } from './metric-series.ts';

/** A span of periods that follow each other, with how many they are and the largest value in them. */
export interface Stretch extends Span {
  readonly periods: number;
  readonly largest: number;
}

/**
 * Where a condition holds, in order: periods that follow each other are one. A period without data ends it: nobody knows what was then.
 * Those shorter than `leastSeconds` are left out.
 */
export function stretches(points: Points, holds: (value: number, seconds: number) => boolean, leastSeconds = 0): Stretch[] {
  const { periodSeconds } = points;
  const found: Stretch[] = [];
  for (const [i, startSeconds] of points.seconds.entries()) {
    const value = points.values[i] as number;
    if (!holds(value, startSeconds)) continue;
    const end = startSeconds + periodSeconds;
    const last = found.at(-1);
    if (last === undefined || last.endSeconds < startSeconds) {
      found.push({ startSeconds, endSeconds: end, periods: 1, largest: value });
    } else {
      const { periods, largest } = last;
      found[found.length - 1] = { ...last, endSeconds: end, periods: periods + 1, largest: Math.max(largest, value) };
    }
  }
  return found.filter((one) => one.endSeconds - one.startSeconds >= leastSeconds);
}
