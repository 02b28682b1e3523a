import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogram } from '../../src/measures/histogram.ts';
import { mean, standardDeviation } from '../../src/measures/moments.ts';
import { box, quantile, quantileOfAny, sorted, twoDecimals } from '../../src/measures/quantile.ts';

// The figures are what numpy gives.
describe('quantile', () => {
  test('is linear between the two nearest values, to the last digit', () => {
    const values = sorted([...Array(475).fill(0), 16, ...Array(24).fill(17)]);
    expect(quantile(values, 0.95)).toBe(0.7999999999992724);
    expect(quantile(sorted([3, 1, 2, 4]), 0.25)).toBe(1.75);
    expect(quantile(sorted([7]), 0.5)).toBe(7);
    expect(quantile(sorted([]), 0.5)).toBeNaN();
  });

  test('between equal values is that value', () => {
    expect(quantile(sorted(Array(500).fill(70)), 0.95)).toBe(70);
  });
});

test('whiskers end at the values, or 1.5 spreads beyond the box', () => {
  expect(box(sorted([0, 10, 20, 30, 100]))).toEqual({ p25: 10, p50: 20, p75: 30, p95: 85.99999999999999, upper: 60, lower: 0 });
});

test('halves are rounded to the even neighbour', () => {
  expect([0.125, 0.375, 0.126, -0.125, 12.5].map(twoDecimals)).toEqual([0.12, 0.38, 0.13, -0.12, 12.5]);
});

test('the standard deviation is that of the population', () => {
  expect(mean([1, 2, 3, 6])).toBe(3);
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
});

describe('histogram', () => {
  test('bins are closed below, the last one on both sides', () => {
    expect(histogram([0, 1, 2, 3, 4], 4)).toEqual({ counts: [1, 1, 1, 2], edges: [0, 1, 2, 3, 4] });
  });

  test('one value, and none', () => {
    const { counts, edges } = histogram([0.25]);
    expect([edges[0], edges.at(-1), counts[50], counts.length]).toEqual([-0.25, 0.75, 1, 100]);
    expect(histogram([]).edges.slice(-1)).toEqual([1]);
  });

  test('values beside edges that rounding moved fall where numpy counts them', () => {
    const tenths = Array.from({ length: 11 }, (_, i) => i / 10);
    expect(histogram(tenths, 10).counts).toEqual([1, 1, 2, 0, 1, 2, 1, 0, 1, 2]);
  });
});

test('quantiles of values in any order are those of the same in order', () => {
  const values = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 3 })));
  const ranks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(values, ranks, (some, several) => {
      const any = new Float64Array(some);
      for (const p of several) expect(quantileOfAny(any, p) + 0).toBe(quantile(sorted(some), p) + 0);
    }),
  );
});
