import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growingHistogram, percentHistogram } from '../../src/measures/counting.ts';
import { jobSpan, samplingSeconds } from '../../src/measures/job-span.ts';
import { mergedSpans } from '../../src/measures/spans.ts';
import { thinned } from '../../src/measures/thinned.ts';
import { binOf, endOf, timeAxis } from '../../src/measures/time-axis.ts';
import { smallRun } from '../small-run.ts';

const START = 1_700_000_000;
const sample = (seconds: number) => ({
  node: 'algo-1',
  type: 'cpu',
  dimension: 'CPUUtilization',
  name: 'cpu0',
  value: 1,
  seconds,
});
const event = (startSeconds: number, seconds: number) => ({ worker: 'algo-1-1', phase: 'p', name: 'n', startSeconds, seconds });
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('an axis', () => {
  const spans = fc.tuple(fc.double({ min: 0, max: 2e9, noNaN: true }), fc.double({ min: 0, max: 4e7, noNaN: true }));

  test('has no more bins than asked for, of a round length, and holds the whole span', () => {
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: 2, max: 600 }),
        fc.double({ min: 0, max: 120, noNaN: true }),
        ([start, length], most, least) => {
          const axis = timeAxis(start, start + length, most, least);
          expect(axis.bins).toBeLessThanOrEqual(most);
          expect(axis.stepSeconds).toBeGreaterThanOrEqual(least);
          expect(axis.startSeconds).toBeLessThanOrEqual(start);
          expect(binOf(axis, start + length)).toBe(axis.bins - 1);
          expect([binOf(axis, start), binOf(axis, axis.startSeconds - 1), binOf(axis, endOf(axis) + axis.stepSeconds)]).toEqual([
            0, -1, -1,
          ]);
        },
      ),
    );
  });

  test('has one bin for a single moment', () => {
    expect(timeAxis(START, START, 600, 0)).toEqual({ startSeconds: START, stepSeconds: 0.1, bins: 1 });
  });
});

describe('the span of a job', () => {
  test('reaches over samples and events, from first start to last end', () => {
    const run = smallRun({
      samples: range(60).map((i) => sample(START + i)),
      events: [event(START - 30, 5), event(START + 50, 40)],
    });
    expect(jobSpan(run)).toEqual({ startSeconds: START - 30, endSeconds: START + 90 });
  });

  test('leaves out times of a clock that was wrong, and durations longer than any job', () => {
    const samples = [...range(60).map((i) => sample(START + i)), sample(1), sample(START + 1e8)];
    const run = smallRun({ samples, events: [event(3, 1), event(START, 8e5), event(START + 1, 2)] });
    expect(jobSpan(run)).toEqual({ startSeconds: START, endSeconds: START + 59 });
  });

  test('is not known without any moment', () => {
    expect(jobSpan(smallRun({}))).toBeUndefined();
  });

  test('samples are as far apart as most of them are', () => {
    const seconds = [0, 0.5, 1, 1.5, 2, 300, 300.5, 301];
    expect(samplingSeconds(smallRun({ samples: seconds.map((at) => sample(START + at)) }).metrics)).toBe(0.5);
    expect(samplingSeconds(smallRun({ samples: [sample(START)] }).metrics)).toBeUndefined();
  });
});

describe('histograms', () => {
  test('count each value once, in the bin that holds it', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const histogram = growingHistogram();
        for (const value of all) histogram.add(value);
        const { edges, counts } = histogram.done();
        const between = (low = 0, high = 0) => all.filter((value) => value >= low && value < high).length;
        expect(counts).toEqual(counts.map((_, i) => between(edges[i], edges[i + 1])));
        expect(counts.reduce((a, b) => a + b, 0)).toBe(all.length);
      }),
    );
  });

  test('of percentages have 100 in the last bin', () => {
    const histogram = percentHistogram();
    for (const value of [0, 1.99, 2, 98, 100]) histogram.add(value);
    const { counts, edges } = histogram.done();
    expect([counts[0], counts[1], counts[49], edges.length, edges.at(-1)]).toEqual([2, 1, 2, 51, 100]);
  });
});

test('spans are merged until they are few; their time stays covered', () => {
  const spans = fc.array(fc.tuple(fc.integer({ min: -50, max: 1050 }), fc.integer({ min: 0, max: 30 })));
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 8 }), (given, most) => {
      const all = given.map(([startSeconds, length]) => ({ startSeconds, endSeconds: startSeconds + length }));
      const merged = mergedSpans(all, { startSeconds: 0, endSeconds: 1000 }, 0, most);
      expect(merged.length).toBeLessThanOrEqual(most);
      merged.forEach(({ startSeconds, endSeconds }, i) => {
        expect(0 <= startSeconds && startSeconds <= endSeconds && endSeconds <= 1000).toBe(true);
        expect(startSeconds).toBeGreaterThan(merged[i - 1]?.endSeconds ?? -1);
      });
      for (const { startSeconds, endSeconds } of all) {
        const [low, high] = [Math.max(0, startSeconds), Math.min(1000, endSeconds)];
        expect(low > high || merged.some((one) => one.startSeconds <= low && one.endSeconds >= high)).toBe(true);
      }
    }),
  );
});

test('values are thinned to few; the lowest, the highest and those to keep stay', () => {
  const values = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 200, maxLength: 2000 });
  fc.assert(
    fc.property(values, (all) => {
      const drawn = thinned(all, [3, 77], 100);
      expect(drawn.length).toBeLessThanOrEqual(100);
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      expect(drawn).toEqual(expect.arrayContaining([3, 77]));
      const kept = drawn.map((i) => all[i] as number);
      expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
    }),
  );
});
