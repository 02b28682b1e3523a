import { expect, test } from 'vitest';
import { Joined } from '../../src/cloudwatch/joined.ts';
import { queriesFor } from '../../src/cloudwatch/queries.ts';

const queries = queriesFor('training job', [{ Host: 'churn/algo-1' }]);
const idOf = (name: string) => queries.find((query) => query.name === name && query.statistic === 'Average')?.id ?? '';
const at = (...seconds: number[]) => seconds.map((second) => new Date(second * 1000));

test('pages of one query become one series, in order of time', () => {
  const joined = new Joined(queries, 60);
  joined.add(idOf('CPUUtilization'), at(120, 180), [3, 4]);
  joined.add(idOf('CPUUtilization'), at(0, 60), [1, 2]);
  joined.add('unknown', at(0), [9]);
  expect(joined.series()).toEqual([
    {
      namespace: '/aws/sagemaker/TrainingJobs',
      metric: 'CPUUtilization',
      dimensions: { Host: 'churn/algo-1' },
      statistic: 'Average',
      unit: 'Percent',
      periodSeconds: 60,
      seconds: Float64Array.of(0, 60, 120, 180),
      values: Float64Array.of(1, 2, 3, 4),
    },
  ]);
});

test('both spellings of a metric become one series; where both have a value the right one wins', () => {
  const joined = new Joined(queries, 60);
  joined.add(idOf('MemoryUtilizaton'), at(0, 60), [10, 11]);
  joined.add(idOf('MemoryUtilization'), at(60, 120), [12, 13]);
  const [memory, ...others] = joined.series();
  expect(others).toEqual([]);
  expect(memory).toMatchObject({ metric: 'MemoryUtilization', seconds: Float64Array.of(0, 60, 120) });
  expect(memory?.values).toEqual(Float64Array.of(10, 12, 13));
});

test('what is no number, and a series without data, is left out', () => {
  const joined = new Joined(queries, 60);
  joined.add(idOf('CPUUtilization'), at(0, 60), [Number.NaN, 5]);
  joined.add(idOf('GPUUtilization'), [], []);
  expect(joined.series().map(({ metric, seconds }) => [metric, ...seconds])).toEqual([['CPUUtilization', 60]]);
});
