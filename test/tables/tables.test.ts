import { describe, expect, test } from 'vitest';
import { phaseIntervals } from '../../src/measures/phase-intervals.ts';
import { stepFinder } from '../../src/measures/step-finder.ts';
import type { PythonProfile } from '../../src/model/python-profile.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { TABLES } from '../../src/tables/index.ts';
import type { TableInput, TableName } from '../../src/tables/table.ts';
import { minutesOf, windowOfSteps } from '../../src/tables/windows.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

const START = 1_700_000_040;
const ALWAYS = { startSeconds: Number.NEGATIVE_INFINITY, endSeconds: Number.POSITIVE_INFINITY };

/** Rows as objects by column. */
function rowsOf(name: TableName, run: TrainingRun, options: Partial<TableInput> = {}) {
  const input = { run, originSeconds: START, window: ALWAYS, intervals: [], bands: [10, 90], ...options };
  const { columns, rows } = TABLES[name](input);
  return Array.from(rows(), (row) => Object.fromEntries(columns.map((column, i) => [column.name, row[i]])));
}

const event = (phase: string, name: string, start: number, seconds: number, step?: number, worker = 'algo-1-27'): SmallEvent => ({
  ...{ worker, phase, name, startSeconds: START + start, seconds },
  ...(step === undefined ? {} : { step: String(step) }),
});
const step = (mode: string, number: number, start: number, seconds: number, worker?: string) =>
  event(`Step:ModeKeys.${mode}`, `Step:ModeKeys.${mode}`, start, seconds, number, worker);
const sample = (type: string, dimension: string, name: string, seconds: number, value: number, node = 'algo-1') => ({
  ...{ node, type, dimension, name, value },
  seconds: START + seconds,
});

describe('missing step numbers', () => {
  test('are those of the step that encloses the event, of the same worker', () => {
    const run = smallRun({
      events: [
        ...[step('TRAIN', 1, 0, 2), step('TRAIN', 2, 3, 2), step('TRAIN', 7, 0, 9, 'algo-2-30')],
        ...[event('DataLoaderIter', 'fetch', 3.5, 0.5), event('DataLoaderIter', 'long', 1, 3), event('cpu', 'conv', 0, 2, 9)],
      ],
    });
    const rows = rowsOf('framework', run).map((row) => [row.framework_metric, row.step, row.enclosing_step]);
    expect(rows).toEqual([
      ['Step:ModeKeys.TRAIN', 1, 1],
      ['Step:ModeKeys.TRAIN', 2, 2],
      ['fetch', -1, 2],
      ['long', -1, -1],
      ['conv', 9, 9],
      ['Step:ModeKeys.TRAIN', 7, 7],
    ]);
  });

  test('of steps within each other the later one counts', () => {
    const run = smallRun({ events: [step('GLOBAL', 1, 0, 9), step('TRAIN', 5, 2, 3), event('cpu', 'conv', 3, 1)] });
    expect(stepFinder(run.events)(2)).toBe(1);
  });
});

test('a step of one number in two modes is two steps in the statistics of what is done in them', () => {
  const run = smallRun({
    events: [
      ...[step('TRAIN', 3, 0, 2), event('Forward', 'net', 0.5, 1, 3)],
      ...[step('EVAL', 3, 100, 1), event('Forward', 'net', 100, 0.5, 3)],
    ],
  });
  const forward = rowsOf('steps', run).find(({ by, name }) => by === 'process' && name === 'Forward');
  expect(forward).toMatchObject({ steps: 2, duration_max_us: 1_000_000, duration_min_us: 500_000 });
});

describe('phases of a worker', () => {
  const events = [step('TRAIN', 0, 10, 1), step('TRAIN', 1, 12, 1), step('EVAL', 0, 14, 2), step('TRAIN', 2, 16, 1)];

  test('runs of steps, what lies between them, before and after', () => {
    const samples = [sample('memory', '', 'MemoryUsedPercent', 0, 1), sample('memory', '', 'MemoryUsedPercent', 20, 1)];
    const rows = rowsOf('phases', smallRun({ events, samples }));
    const [train, evaluate] = ['Step:ModeKeys.TRAIN', 'Step:ModeKeys.EVAL'];
    expect(rows.map((row) => [row.phase, Number(row.start_time_us) / 1e6, Number(row.duration_us) / 1e6])).toEqual([
      [`Before ${train}`, 0, 10],
      [train, 10, 3],
      [`Between ${evaluate} and ${train}`, 13, 1],
      [evaluate, 14, 2],
      [train, 16, 1],
      [`After ${train}`, 17, 3],
    ]);
  });

  test('without samples nobody knows when the job began and ended', () => {
    const intervals = phaseIntervals(smallRun({ events }).events).get('algo-1-27');
    expect(intervals?.map(({ phase }) => phase).filter((phase) => !phase.startsWith('Step'))).toHaveLength(1);
  });
});

test('utilization keeps use and waiting, received and sent, nodes and phases apart', () => {
  const samples = [
    ...[sample('cpu', 'CPUUtilization', 'cpu0', 1, 80), sample('cpu', 'CPUUtilization', 'cpu1', 1, 100)],
    ...[sample('cpu', 'I/OWaitPercentage', 'cpu0', 1, 5), sample('cpu', 'CPUUtilization', 'cpu0', 11, 30)],
    ...[
      sample('network', 'Algorithm', 'ReceiveBytesPerSecond', 1, 7),
      sample('network', 'Algorithm', 'TransmitBytesPerSecond', 1, 9),
    ],
    sample('cpu', 'CPUUtilization', 'cpu0', 1, 50, 'algo-2'),
  ];
  const rows = rowsOf('utilization', smallRun({ samples, events: [step('TRAIN', 0, 10, 5)] }));
  const told = rows.map((row) => `${row.nodeID} ${row.metric} ${row.Training_phase}: ${row.samples} ${row.utilization_mean}`);
  expect(told).toEqual([
    'algo-1 CPUUtilization null: 3 70',
    'algo-1 CPUUtilization Before Step:ModeKeys.TRAIN: 2 90',
    'algo-1 CPUUtilization Step:ModeKeys.TRAIN: 1 30',
    'algo-1 I/OWaitPercentage null: 1 5',
    'algo-1 I/OWaitPercentage Before Step:ModeKeys.TRAIN: 1 5',
    'algo-1 Algorithm ReceiveBytesPerSecond null: 1 7',
    'algo-1 Algorithm ReceiveBytesPerSecond Before Step:ModeKeys.TRAIN: 1 7',
    'algo-1 Algorithm TransmitBytesPerSecond null: 1 9',
    'algo-1 Algorithm TransmitBytesPerSecond Before Step:ModeKeys.TRAIN: 1 9',
    'algo-2 CPUUtilization null: 1 50',
  ]);
});

test.each([
  [[10, 90], { over_90: 1, '10_to_90': 3, under_10: 1 }],
  [[50], { over_50: 2, under_50: 3 }],
])('bands %j count limits between them', (bands, expected) => {
  const samples = [0, 10, 50, 90, 100].map((value, i) => sample('gpu', 'GPUUtilization', 'gpu0', i, value));
  expect(rowsOf('devices', smallRun({ samples }), { bands })).toMatchObject([
    { name: null, ...expected },
    { name: 'gpu0', ...expected },
  ]);
});

test('samples and events that are there twice are exported once', () => {
  const twice = sample('memory', '', 'MemoryUsedPercent', 1, 1);
  const run = smallRun({ samples: [twice, twice], events: [step('TRAIN', 0, 0, 1), step('TRAIN', 0, 0, 1)] });
  const repeated = { ...run, events: { ...run.events, isRepeat: (i: number) => i === 1 } };
  expect(rowsOf('system', repeated)).toHaveLength(1);
  expect(rowsOf('framework', repeated)).toHaveLength(1);
});

describe('activity', () => {
  const run = smallRun({ events: [event('cpu', 'conv', 0, 4), event('cpu', 'pool', 4, 2), event('gpu', 'conv', 5, 1)] });
  const at = (start: number, end = start) => ({ startSeconds: START + start, endSeconds: START + end });

  test('of an instant: events that run then, touching counts', () => {
    const rows = rowsOf('activity', run, { intervals: [at(4)] }).filter(({ by }) => by === 'framework_metric');
    expect(rows.map(({ name, events, duration_us: us }) => [name, events, us])).toEqual([
      ['conv', 1, 4e6],
      ['pool', 1, 2e6],
    ]);
  });

  test('of intervals that overlap, in order, scaled to the largest', () => {
    const rows = rowsOf('activity', run, { intervals: [at(5, 6), at(0, 5.5)] }).filter(({ by }) => by === 'process');
    expect(rows.map((row) => [Number(row.begin_us) / 1e6, row.name, Number(row.overlap_us) / 1e6, row.share])).toEqual([
      [0, 'cpu', 5.5, 1],
      [0, 'gpu', 0.5, 1 / 6],
      [5, 'cpu', 1, 1],
      [5, 'gpu', 1, 0.5],
    ]);
  });
});

describe('times of steps and of a job', () => {
  const run = smallRun({
    events: [step('TRAIN', 1, 0, 1), step('TRAIN', 2, 2, 1), step('EVAL', 1, 100, 1), step('EVAL', 2, 200, 1)],
  });

  test('whichever mode has the number first, or one mode', () => {
    expect(windowOfSteps(run.events, { from: 1, to: 2 })).toEqual({ startSeconds: START, endSeconds: START + 2 - 1e-6 });
    const evaluate = windowOfSteps(run.events, { mode: 'EVAL', from: 1, to: 2 });
    expect(evaluate.startSeconds).toBe(START + 100);
    expect(() => windowOfSteps(run.events, { mode: 'PREDICT', from: 1, to: 2 })).toThrow('no event of mode PREDICT');
  });

  test('minutes of the job, fewer and longer ones for a long job', () => {
    expect(minutesOf(run, ALWAYS)).toHaveLength(4);
    const [first] = minutesOf(run, { startSeconds: START + 70, endSeconds: START + 90 });
    expect(first).toEqual({ startSeconds: START + 60, endSeconds: START + 120 });
    const days = smallRun({ samples: Array.from({ length: 2881 }, (_, i) => sample('memory', '', 'x', i * 60, 1)) });
    const parts = minutesOf(days, ALWAYS);
    expect(parts).toHaveLength(240);
    expect(parts[1]?.startSeconds).toBe(START + 720);
    expect(minutesOf(smallRun({}), ALWAYS)).toEqual([]);
  });
});

test('Python profiles, their functions and callers', () => {
  const amounts = (calls: number, seconds: number) => ({
    ...{ primitiveCalls: calls, totalCalls: calls + 1, ownSeconds: seconds, cumulativeSeconds: seconds },
  });
  const profile: PythonProfile = {
    ...{ path: 'a/python_stats', framework: 'pytorch', profiler: 'cProfile', worker: 'algo-1-27' },
    start: { mode: 'prestepzero', phase: 'start', micros: START * 1e6 },
    end: { mode: 'train', step: 0, phase: 'stepstart', micros: START * 1e6 + 5 },
    functions: [
      { file: 'a.py', line: 3, name: 'main', ...amounts(1, 0.5), callers: [] },
      { file: '~', line: 0, name: '<len>', ...amounts(4, 0.25), callers: [{ caller: 0, ...amounts(4, 0.25) }] },
    ],
  };
  const run = { ...smallRun({}), profiles: [profile] };
  expect(rowsOf('profiles', run)).toMatchObject([
    { node_id: 'algo-1-27', start_mode: 'prestepzero', start_step: null, end_step: 0, stats_path: 'a/python_stats' },
  ]);
  expect(rowsOf('functions', run)).toMatchObject([
    { function: 'main', own_seconds: 0.5 },
    { function: '<len>', total_calls: 5 },
  ]);
  expect(rowsOf('callers', run)).toMatchObject([
    { function: '<len>', caller_function: 'main', caller_line: 3, primitive_calls: 4 },
  ]);
  expect(rowsOf('profiles', run, { window: { startSeconds: START + 1, endSeconds: START + 2 } })).toEqual([]);
});
