/** Equal steps of time: bin i reaches from `startSeconds + i * stepSeconds` to the next. Seconds since the epoch. */
export interface TimeAxis {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly bins: number;
}

const NICE_SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/**
 * At most `most` bins of a round length from `start` to `end`, each at least `leastSeconds` long (samples that are farther apart than a bin
 * would leave bins empty that are no gaps).
 */
export function timeAxis(start: number, end: number, most: number, leastSeconds: number): TimeAxis {
  // One bin more than fit the span: the first one begins at a round time before the first sample.
  const wanted = Math.max(leastSeconds, (end - start) / Math.max(1, most - 1));
  const day = 86_400;
  const stepSeconds = NICE_SECONDS.find((step) => step >= wanted) ?? Math.ceil(wanted / day) * day;
  const startSeconds = Math.floor(start / stepSeconds) * stepSeconds;
  return { startSeconds, stepSeconds, bins: Math.floor((end - startSeconds) / stepSeconds) + 1 };
}

/** Steps of the fine axis that one of the coarser takes. */
export const COARSE = 2;

/** The same time in longer steps: for grids of many rows. */
export function coarser({ startSeconds, stepSeconds, bins }: TimeAxis): TimeAxis {
  return { startSeconds, stepSeconds: COARSE * stepSeconds, bins: Math.ceil(bins / COARSE) };
}

/** -1 for a time that lies outside. */
export function binOf({ startSeconds, stepSeconds, bins }: TimeAxis, seconds: number): number {
  const bin = Math.floor((seconds - startSeconds) / stepSeconds);
  return bin >= 0 && bin < bins ? bin : -1;
}

export function endOf({ startSeconds, stepSeconds, bins }: TimeAxis): number {
  return startSeconds + bins * stepSeconds;
}
