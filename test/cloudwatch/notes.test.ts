import { expect, test } from 'vitest';
import { noteLimits, noteMissing } from '../../src/cloudwatch/notes.ts';
import { tolerance } from '../../src/cloudwatch/tolerance.ts';
import { BLUE, monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const told = (note: (tolerated: ReturnType<typeof tolerance>) => void) => {
  const tolerated = tolerance();
  note(tolerated);
  return tolerated.damage.map(({ detail }) => detail);
};
const span = { startSeconds: START, endSeconds: START + 3600, periodSeconds: 900 };

test('tells values that are farther apart than need be, a start that is cut, and hosts beyond the most', () => {
  expect(told((tolerated) => noteLimits(span, 200, tolerated))).toEqual([]);
  expect(told((tolerated) => noteLimits({ ...span, finerSeconds: 60, cutFromSeconds: START - 60 }, 201, tolerated))).toEqual([
    'CloudWatch keeps metrics for 455 days: those of before 2026-11-02 08:59:00 UTC are gone.',
    'Of so many metrics over so long a time the values are 15 minutes apart: ask for a shorter time to see them 1 minute apart.',
    'There are 201 hosts: the report has the first 200.',
  ]);
});

test('tells a variant without data where others have some', () => {
  const { subject } = monitoredEndpoint({ variants: [BLUE, { ...BLUE, name: 'green' }] });
  const series = [seriesOf({ metric: 'Invocations', statistic: 'Sum', value: () => 1 })];
  const missing = (some: typeof series) => told((tolerated) => noteMissing(subject, { state: 'described' }, some, tolerated));
  expect(missing(series)).toEqual(['CloudWatch has no data of variant green in this time.']);
  expect(missing([])).toEqual([]);
});
