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
