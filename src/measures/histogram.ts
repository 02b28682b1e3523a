/** Bins a chart can show; rule files have 100. */
const MAX_BINS = 500;

/** The same histogram with neighbouring bins merged until there are at most MAX_BINS; `edges` has one entry more than `counts`. */
export function drawableHistogram(
  edges: readonly number[],
  counts: readonly number[],
): { edges: readonly number[]; counts: readonly number[] } {
  const merged = Math.ceil(counts.length / MAX_BINS);
  if (merged <= 1) return { edges, counts };
  const starts = Array.from({ length: Math.ceil(counts.length / merged) }, (_, i) => i * merged);
  return {
    edges: [...starts.map((start) => edges[start] as number), edges.at(-1) as number],
    counts: starts.map((start) => counts.slice(start, start + merged).reduce((sum, n) => sum + n, 0)),
  };
}

/**
 * Equal bins from the least to the largest value (0 to 1 of no values, half a unit to each side of a single one), each closed below and
 * open above, the last one closed: what numpy's `histogram` gives. `edges` has one entry more than `counts`.
 */
export function histogram(values: ArrayLike<number>, bins = 100): { counts: number[]; edges: number[] } {
  let [low, high] = values.length === 0 ? [0, 1] : [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const step = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * step));
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let bin = Math.min(bins - 1, Math.floor(((value - low) * bins) / (high - low)));
    // The division may end beside the edge that it belongs to.
    if (value < (edges[bin] as number)) bin--;
    else if (bin < bins - 1 && value >= (edges[bin + 1] as number)) bin++;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { counts, edges };
}
