import { expect, test } from 'vitest';
import { linesOverTime } from '../../src/measures/lines-over-time.ts';

const HOUR = 3600;
const points = (periodSeconds: number, periods: number, value: (i: number) => number) => ({
  periodSeconds,
  seconds: Float64Array.from({ length: periods }, (_, i) => i * periodSeconds),
  values: Float64Array.from({ length: periods }, (_, i) => value(i)),
});

test('each period is a point of its own while there is room', () => {
  const { seconds, lines, stepSeconds, merged } = linesOverTime([points(60, 180, (i) => i)], [0, 180 * 60]);
  expect([stepSeconds, merged]).toEqual([60, false]);
  expect(seconds.slice(0, 3)).toEqual([0, 60, 120]);
  expect(lines[0]?.mean.slice(0, 3)).toEqual([0, 1, 2]);
});

test('fifteen months of hours become few points, and no peak is lost', () => {
  const all = points(HOUR, 455 * 24, (i) => (i === 5000 ? 900 : i % 24));
  const { seconds, lines, merged } = linesOverTime([all], [0, 455 * 24 * HOUR]);
  expect(merged).toBe(true);
  expect(seconds.length).toBeLessThanOrEqual(601);
  expect(Math.max(...(lines[0]?.high ?? []).map((value) => value ?? 0))).toBe(900);
  expect([lines[0]?.mean[0], lines[0]?.low[0], lines[0]?.high[0]]).toEqual([11.5, 0, 23]);
});

test('lines of periods of other lengths share their moments, and a span that begins within a period is not left', () => {
  const { seconds, lines } = linesOverTime([points(60, 10, () => 1), points(300, 2, () => 7)], [90, 600]);
  expect(seconds).toEqual([90, 300, 600]);
  expect(lines.map(({ mean }) => mean)).toEqual([
    [1, 1, null],
    [7, 7, null],
  ]);
});
