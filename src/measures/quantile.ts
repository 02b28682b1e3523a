/** The values in order, smallest first; a copy. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return new Float64Array(values).sort();
}

/** Quantile of values in order, `p` from 0 to 1, linear between the two nearest: numpy's default. NaN of no values. */
export function quantile(ordered: Float64Array, p: number): number {
  const position = p * (ordered.length - 1);
  const below = Math.floor(position);
  const low = ordered[below] ?? Number.NaN;
  const high = ordered[below + 1] ?? low;
  const part = position - below;
  // From the nearer end, as numpy does: equal to the last digit.
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

/** The same of values in any order, which change places: far faster than to order them all, where few quantiles are asked of them. */
export function quantileOfAny(values: Float64Array, p: number): number {
  const below = Math.floor(p * (values.length - 1));
  valueAtRank(values, below);
  valueAtRank(values, below + 1, below + 1);
  return quantile(values, p);
}

/**
 * The value that would stand at a rank if those from `from` on were in order; it is put there, smaller ones before it, larger ones behind
 * (Hoare's FIND). Undefined where there is no such rank.
 */
export function valueAtRank(values: Float64Array, rank: number, from = 0): number | undefined {
  let [first, last] = [from, values.length - 1];
  while (first < last) {
    const pivot = values[(first + last) >>> 1] as number;
    let [i, j] = [first, last];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i <= j) {
        const value = values[i] as number;
        values[i++] = values[j] as number;
        values[j--] = value;
      }
    }
    if (rank <= j) last = j;
    else if (rank >= i) first = i;
    else break;
  }
  return values[rank];
}

/** Quartile box as rule files have it: whiskers reach at most 1.5 `spread` beyond it, and never beyond the values. */
export function box(ordered: Float64Array, spread = quantile(ordered, 0.75) - quantile(ordered, 0.25)) {
  const [p25, p75] = [quantile(ordered, 0.25), quantile(ordered, 0.75)];
  return {
    p25,
    p50: quantile(ordered, 0.5),
    p75,
    p95: quantile(ordered, 0.95),
    upper: Math.min(p75 + 1.5 * spread, quantile(ordered, 1)),
    lower: Math.max(p25 - 1.5 * spread, quantile(ordered, 0)),
  };
}

/** Two decimals, halves to the even neighbour, as numpy rounds. */
export function twoDecimals(value: number): number {
  const scaled = value * 100;
  const floor = Math.floor(scaled);
  const up = scaled - floor > 0.5 || (scaled - floor === 0.5 && floor % 2 !== 0);
  return (floor + Number(up)) / 100;
}
