import type { Span } from '../model/issue.ts';
import type { Points } from './metric-series.ts';

/** A span of periods that follow each other, with how many of them have data and the largest value in them. */
export interface Stretch extends Span {
  readonly periods: number;
  readonly largest: number;
}

interface StretchOptions {
  /** Those with data of less than this are left out. */
  readonly leastSeconds?: number;
  /** Gaps without data up to this do not end a stretch, for what has data only now and then; by default any does: nobody knows what was then. */
  readonly bridgeSeconds?: number;
}

/** Where a condition holds, in order: periods that follow each other are one. */
export function stretches(
  { periodSeconds, seconds, values }: Points,
  holds: (value: number) => boolean,
  { leastSeconds = 0, bridgeSeconds = 0 }: StretchOptions = {},
): Stretch[] {
  const found: Stretch[] = [];
  let isOpen = false;
  for (const [i, startSeconds] of seconds.entries()) {
    const value = values[i] as number;
    const held = isOpen;
    isOpen = holds(value);
    if (!isOpen) continue;
    const endSeconds = startSeconds + periodSeconds;
    const last = found.at(-1);
    if (held && last && startSeconds - last.endSeconds <= bridgeSeconds) {
      const { periods, largest } = last;
      found[found.length - 1] = { ...last, endSeconds, periods: periods + 1, largest: Math.max(largest, value) };
    } else found.push({ startSeconds, endSeconds, periods: 1, largest: value });
  }
  return found.filter(({ periods }) => periods * periodSeconds >= leastSeconds);
}

/** Length of all of them, in seconds; of those that do not overlap. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
}

/** The points of the periods that lie in a span, whole or in part. */
export function within({ periodSeconds, seconds, values }: Points, { startSeconds, endSeconds }: Span): Points {
  const isIn = (_: number, i: number) => {
    const second = seconds[i] as number;
    return second < endSeconds && second + periodSeconds > startSeconds;
  };
  return { periodSeconds, seconds: seconds.filter(isIn), values: values.filter(isIn) };
}
