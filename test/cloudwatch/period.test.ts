import { expect, test } from 'vitest';
import { samplingOf } from '../../src/cloudwatch/period.ts';
import { START } from '../monitored.ts';

const DAY = 86_400;
const NOW = START + 1234;
const ago = (days: number, seconds = 0) => NOW - days * DAY - seconds;
const last = (startSeconds: number, queries = 100) => samplingOf({ startSeconds, endSeconds: NOW }, NOW, queries);

test.each([
  ['14 days', ago(14), 60],
  ['15 days', ago(15), 60],
  ['a minute more than 15 days', ago(15, 60), 300],
  ['62 days', ago(62), 300],
  ['63 days', ago(63), 300],
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

test('rounds to whole periods, outwards, without the one that now is in', () => {
  const span = { startSeconds: START - 7201, endSeconds: START + 99_999 };
  expect(samplingOf(span, NOW, 1)).toEqual({ startSeconds: START - 7260, endSeconds: START + 1200, periodSeconds: 60 });
  const earlier = { startSeconds: START - 7201, endSeconds: START - 61 };
  expect(samplingOf(earlier, NOW, 1)).toMatchObject({ startSeconds: START - 7260, endSeconds: START - 60 });
});

test.each([
  ['five minutes', 30, 300],
  ['an hour', 100, 3600],
])('%s that are not over are left out: sums of them would be too small', (_, days, periodSeconds) => {
  expect(last(ago(days)).endSeconds).toBe(Math.floor(NOW / periodSeconds) * periodSeconds);
});

test('a span within one period has that one', () => {
  expect(last(NOW - 10)).toEqual({ startSeconds: START + 1200, endSeconds: START + 1260, periodSeconds: 60 });
});

test.each([15, 63, 455])('rounding puts no start before what is kept for %i days', (days) => {
  const { startSeconds, periodSeconds } = last(ago(days));
  expect(startSeconds).toBeGreaterThanOrEqual(ago(days));
  expect(startSeconds - ago(days)).toBeLessThan(periodSeconds);
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
  [800, Math.ceil(ago(455) / 3600) * 3600],
  [455, undefined],
])('a start %i days ago is cut to the first whole hour that is kept, and told where more is lost', (days, cutFrom) => {
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
