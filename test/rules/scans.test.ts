import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/model/errors.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { type Scan, scansOf } from '../../src/rules/scans.ts';
import { START } from '../made-up-samples.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

const sample = (second: number, node = 'algo-1') => ({
  ...{ node, type: 'cpu', dimension: 'CPUUtilization', name: 'cpu0' },
  ...{ value: 1, seconds: START + second },
});
const event = (startSecond: number, seconds: number): SmallEvent => ({
  ...{ worker: 'algo-1-27', phase: 'cpu_functions', name: `${startSecond}` },
  ...{ startSeconds: START + startSecond, seconds },
});
const secondsOf = ({ metrics }: TrainingRun, { batches }: Scan) =>
  [...batches].map((batch) => (metrics.seconds[batch] as number) - START);
const namesOf = ({ events }: TrainingRun, scan: Scan) => [...scan.events].map((i) => events.names[events.name[i] as number]);

describe('a row', () => {
  const run = smallRun({ samples: [sample(1), sample(60), sample(61), sample(119), sample(121)] });

  test('on a whole minute is in two scans of the service, and its last minute in none (Q1)', () => {
    expect(scansOf(run, 'compat').map((scan) => secondsOf(run, scan))).toEqual([
      [1, 60],
      [60, 61, 119],
    ]);
  });

  test('is in one scan in fixed mode, to the end of the job', () => {
    expect(scansOf(run, 'fixed').map((scan) => secondsOf(run, scan))).toEqual([[1], [60, 61, 119], [121]]);
  });

  test('that stands in a file of another minute is found within three minutes, as the service’s reader does', () => {
    const files = [
      { path: 'a', node: 'algo-1', minuteSeconds: START, firstBatch: 0, endBatch: 1 },
      { path: 'b', node: 'algo-1', minuteSeconds: START + 600, firstBatch: 1, endBatch: 2 },
      { path: 'c', node: 'algo-1', minuteSeconds: START + 840, firstBatch: 2, endBatch: 3 },
      { path: 'd', node: 'algo-1', minuteSeconds: START + 900, firstBatch: 3, endBatch: 5 },
    ];
    const late = smallRun({ samples: [sample(1), sample(601), sample(841), sample(901), sample(902)] });
    const seconds = Float64Array.from([1, 601, 602, 603, 901], (second) => START + second);
    const run = { ...late, metrics: { ...late.metrics, files, seconds } };
    const scans = scansOf(run, 'compat');
    expect(scans).toHaveLength(15);
    expect(secondsOf(run, scans[10] as Scan)).toEqual([601, 602]);
    expect(scansOf(run, 'fixed').map((scan) => secondsOf(run, scan))).toEqual([[1], [601, 602, 603], [901]]);
  });

  test('of an earlier time comes first in fixed mode only', () => {
    const mixed = smallRun({ samples: [sample(5), sample(3), sample(65)] });
    expect(secondsOf(mixed, scansOf(mixed, 'compat')[0] as Scan)).toEqual([5, 3]);
    expect(secondsOf(mixed, scansOf(mixed, 'fixed')[0] as Scan)).toEqual([3, 5]);
  });
});

describe('an event', () => {
  const samples = [sample(1), sample(61), sample(121), sample(181)];

  test('that touches two minutes counts in both for the service, once in fixed mode (Q2)', () => {
    const run = smallRun({ samples, events: [event(10, 1), event(59, 2), event(60, 0), event(150, 40)] });
    expect(scansOf(run, 'compat').map((scan) => namesOf(run, scan))).toEqual([['10', '59', '60'], ['59', '60'], ['150']]);
    expect(scansOf(run, 'fixed').map((scan) => namesOf(run, scan))).toEqual([['10', '59'], ['60'], ['150'], []]);
  });

  test('ends the service’s analysis where the last one ended (Q1)', () => {
    const run = smallRun({ samples, events: [event(10, 20)] });
    expect(scansOf(run, 'compat')).toHaveLength(1);
    expect(scansOf(run, 'fixed')).toHaveLength(4);
  });
});

test('a job of a single minute has no scan of the service', () => {
  const run = smallRun({ samples: [sample(1), sample(2)] });
  expect(scansOf(run, 'compat')).toEqual([]);
  expect(scansOf(run, 'fixed')).toHaveLength(1);
});

test('an empty job has none at all', () => {
  expect([scansOf(smallRun({}), 'compat'), scansOf(smallRun({}), 'fixed')]).toEqual([[], []]);
});

test('minutes without data cost nothing in fixed mode; the service’s way says which file’s name is absurd', () => {
  const run = smallRun({ samples: [sample(1), sample(9e9)] });
  expect(scansOf(run, 'fixed')).toHaveLength(2);
  expect(() => scansOf(run, 'compat')).toThrow(UsageError);
  expect(() => scansOf(run, 'compat')).toThrow(/minutes\. Remove the file with the wrong time/);
});

test('a clock that puts every row in a minute of its own makes longer scans', () => {
  const run = smallRun({ samples: [sample(1)] });
  const seconds = Float64Array.from({ length: 150_000 }, (_, i) => START + i * 60);
  const zeros = new Uint16Array(seconds.length);
  const metrics = { ...run.metrics, batchCount: seconds.length, seconds, node: zeros, metric: zeros };
  const scans = scansOf({ ...run, metrics }, 'fixed');
  expect(scans.length).toBeLessThanOrEqual(100_000);
  expect(scans.reduce((sum, { batches }) => sum + batches.length, 0)).toBe(150_000);
});
