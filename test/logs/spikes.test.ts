import { expect, test } from 'vitest';
import { spikesOf } from '../../src/logs/spikes.ts';
import { START, seriesOf } from '../monitored.ts';

const minute = (n: number) => ({ startSeconds: START + n * 60, periodSeconds: 60 });
const errors = (at: Readonly<Record<number, number>>) =>
  seriesOf({ metric: 'Invocation5XXErrors', statistic: 'Sum', value: (period) => at[period] ?? 0 });
const latency = (at: Readonly<Record<number, number>>) =>
  seriesOf({ metric: 'ModelLatency', statistic: 'Maximum', value: (period) => at[period] ?? 50_000 });

test('finds the periods that stand out the most, in order of time', () => {
  expect(spikesOf([errors({ 40: 90, 10: 5 }), latency({ 20: 900_000 })], 2)).toEqual([minute(20), minute(40)]);
});

test('takes no two beside each other: the highest stands for them', () => {
  expect(spikesOf([errors({ 10: 50, 11: 60, 12: 55, 30: 3 })], 5)).toEqual([minute(11), minute(30)]);
});

test('finds none where nothing stands out, or nothing is known', () => {
  expect(spikesOf([errors({ 10: 1 }), latency({ 20: 90_000 })], 5)).toEqual([]);
  expect(spikesOf([seriesOf({ metric: 'ModelLatency', statistic: 'Maximum', value: () => undefined })], 5)).toEqual([]);
});

test('looks at one statistic of each metric', () => {
  const mean = seriesOf({ metric: 'ModelLatency', statistic: 'Average', value: (period) => (period === 7 ? 9e6 : 5e4) });
  expect(spikesOf([mean], 5)).toEqual([]);
});
