/** Counts over equal bins; `edges` has one entry more. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Takes one value after the other. */
export interface Counting {
  add(value: number): void;
  done(): Histogram;
}

const BINS = 50;

/** Percent in bins of 2, the last one up to and with 100; what lies outside counts in the first or last bin. */
export function percentHistogram(): Counting {
  const counts = new Array<number>(BINS).fill(0);
  return {
    add(value) {
      const bin = Math.min(BINS - 1, Math.max(0, Math.floor(value / 2)));
      counts[bin] = (counts[bin] as number) + 1;
    },
    done: () => ({ edges: Array.from({ length: BINS + 1 }, (_, i) => 2 * i), counts }),
  };
}

/** Values of 0 and more whose largest nobody knows before: where one does not fit, bins become twice as wide. */
export function growingHistogram(): Counting {
  let counts = new Array<number>(BINS).fill(0);
  let width = 1 / 16;
  return {
    add(value) {
      if (!(value < Number.MAX_VALUE / 4)) return;
      while (value >= width * BINS) {
        const half = counts;
        counts = half.map((_, i) => (half[2 * i] ?? 0) + (half[2 * i + 1] ?? 0));
        width *= 2;
      }
      const bin = Math.max(0, Math.floor(value / width));
      counts[bin] = (counts[bin] as number) + 1;
    },
    done() {
      const kept = counts.findLastIndex((n) => n > 0) + 1;
      return { edges: Array.from({ length: kept + 1 }, (_, i) => i * width), counts: counts.slice(0, kept) };
    },
  };
}
