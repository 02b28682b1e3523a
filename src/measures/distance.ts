/**
 * Jensen-Shannon distance of two histograms over the same bins, natural logarithm: 0 for equal shapes, at most sqrt(ln 2) = 0.83.
 * Each histogram is scaled to sum 1; an empty one has no shape, hence NaN. Formula: Lin (1991), as in scipy's `jensenshannon`.
 */
export function jensenShannonDistance(a: readonly number[], b: readonly number[]): number {
  const [sumA, sumB] = [total(a), total(b)];
  if (sumA === 0 || sumB === 0) return Number.NaN;
  const length = Math.max(a.length, b.length);
  let divergence = 0;
  for (let i = 0; i < length; i++) {
    const x = (a[i] ?? 0) / sumA;
    const y = (b[i] ?? 0) / sumB;
    const mean = (x + y) / 2;
    if (mean === 0) continue;
    divergence += relativeEntropy(x, mean) + relativeEntropy(y, mean);
  }
  return Math.sqrt(Math.max(0, divergence) / 2);
}

function relativeEntropy(x: number, mean: number): number {
  return x > 0 ? x * Math.log(x / mean) : 0;
}

function total(counts: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] as number;
  return sum;
}
