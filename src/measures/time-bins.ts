/** Counts of moments in equal bins over a span; `edges` has one entry more. */
export interface TimeBins {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Counts `times` (any unit, any order) in `bins` equal bins from `start` to `end`, widened where a time lies outside.
 * A span of zero length is widened by one unit.
 */
export function timeBins(times: readonly number[], start: number, end: number, bins: number): TimeBins {
  let [low, high] = [start, end];
  for (const time of times) {
    if (time < low) low = time;
    if (time > high) high = time;
  }
  if (high <= low) high = low + 1;
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const time of times) {
    const bin = Math.min(bins - 1, Math.floor((time - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, i) => low + i * width), counts };
}
