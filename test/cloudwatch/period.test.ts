import { expect, test } from 'vitest';
import { samplingOf } from '../../src/cloudwatch/period.ts';
import { START } from '../monitored.ts';

const DAY = 86_400;
const NOW = START + 1234;
const ago = (days: number, seconds = 0) => NOW - days * DAY - seconds;
const last = (startSeconds: number, queries = 100) => samplingOf({ startSeconds, endSeconds: NOW }, NOW, queries);

test.each([
  ['14 days', ago(14), 60],
  ['a minute more than 15 days', ago(15, 60), 300],
  ['62 days', ago(62), 300],
  ['an hour more than 63 days', ago(63, 3600), 3600],
  ['454 days', ago(454), 3600],
])('the period fits what CloudWatch keeps %s', (_, startSeconds, periodSeconds) => {
  expect(last(startSeconds).periodSeconds).toBe(periodSeconds);
});

test('goes by the start of the span, whatever its length', () => {
  const startSeconds = ago(30);
  const { periodSeconds } = samplingOf({ startSeconds, endSeconds: startSeconds + 600 }, NOW, 1);
  expect(periodSeconds).toBe(300);
});

test('rounds to whole periods, outwards, never beyond the period that now is in', () => {
  const span = { startSeconds: START - 7201, endSeconds: START + 99_999 };
  expect(samplingOf(span, NOW, 1)).toEqual({ startSeconds: START - 7260, endSeconds: START + 1260, periodSeconds: 60 });
});

test('a start that rounding would put before what is kept gets the next period', () => {
  const { startSeconds, periodSeconds } = last(ago(15));
  expect(periodSeconds).toBe(300);
  expect(startSeconds).toBeGreaterThan(ago(16));
});

test('takes a coarser period where so many series would have too many points', () => {
  const periods = [100, 1000, 100_000].map((queries) => last(ago(14), queries));
  expect(periods.map(({ periodSeconds, finerSeconds }) => [periodSeconds, finerSeconds])).toEqual([
    [60, undefined],
    [900, 60],
    [86_400, 60],
  ]);
});

test.each([
  [800, ago(800)],
  [455, undefined],
])('a start %i days ago is cut to the first whole hour that is kept, and told where it is before', (days, cutFrom) => {
  const { startSeconds, periodSeconds, cutFromSeconds } = last(ago(days));
  expect(cutFromSeconds).toBe(cutFrom);
  expect(periodSeconds).toBe(3600);
  expect(startSeconds).toBe(Math.ceil(ago(455) / 3600) * 3600);
});

test('refuses a span of which nothing is kept, and one in the future', () => {
  const before = { startSeconds: ago(460), endSeconds: ago(456) };
  expect(() => samplingOf(before, NOW, 1)).toThrow(/keeps metrics for 455 days.*--from/);
  expect(() => samplingOf({ startSeconds: NOW + 1, endSeconds: NOW + 2 }, NOW, 1)).toThrow(/in the future: check --start/);
});
