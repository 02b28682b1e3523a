/**
 * Indices of at most about `most` of the values, in order: of each run of neighbours the lowest and the highest, and all those to keep (the
 * highest of them where they are too many), so that no peak is lost. All where they are few.
 */
export function thinned(values: ArrayLike<number>, keep: readonly number[], most: number): number[] {
  if (values.length <= most) return Array.from(values, (_, i) => i);
  const at = (i: number) => values[i] as number;
  const kept = keep.length <= most / 2 ? keep : keep.toSorted((a, b) => at(b) - at(a)).slice(0, Math.floor(most / 2));
  const runs = Math.max(1, Math.floor((most - kept.length) / 2));
  const chosen = new Set(kept);
  for (let run = 0; run < runs; run++) {
    const [first, end] = [Math.floor((run * values.length) / runs), Math.floor(((run + 1) * values.length) / runs)];
    let [lowest, highest] = [first, first];
    for (let i = first; i < end; i++) {
      if (at(i) < at(lowest)) lowest = i;
      if (at(i) > at(highest)) highest = i;
    }
    chosen.add(lowest).add(highest);
  }
  return [...chosen].sort((a, b) => a - b);
}
