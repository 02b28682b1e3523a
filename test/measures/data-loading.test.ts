import { expect, test } from 'vitest';
import { dataLoading, eventsOfLoader } from '../../src/measures/data-loading.ts';
import { loadersAtWork } from '../../src/measures/loaders-at-work.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

function fetchAt(startSeconds: number, seconds: number, more: Partial<SmallEvent> = {}): SmallEvent {
  return {
    worker: 'algo-1-27',
    phase: 'DataLoaderIter',
    name: 'X::DataLoaderIter::GetNext',
    pid: 27,
    startSeconds,
    seconds,
    ...more,
  };
}

function life(startSeconds: number, seconds: number, more: Partial<SmallEvent> = {}): SmallEvent {
  return { worker: 'algo-1-27', phase: 'DataLoaderWorker', name: 'worker', pid: 100, startSeconds, seconds, ...more };
}

function start(seconds: number, workers: number, type = '_MultiProcessingDataLoaderIter'): SmallEvent {
  const details = { workers, pinMemory: workers > 0 };
  return {
    worker: 'algo-1-27',
    phase: 'DataLoaderIterInitialize',
    name: `${type}.__init__`,
    startSeconds: 990,
    seconds,
    details,
  };
}

test('nothing was profiled: no counts, no lists', () => {
  expect(dataLoading(smallRun({}).events)).toEqual({
    starts: [],
    workers: { count: 0, medianSeconds: Number.NaN, maxSeconds: Number.NaN, outliers: [] },
    fetches: { count: 0, medianSeconds: Number.NaN, maxSeconds: Number.NaN, outliers: [] },
    batches: [],
  });
});

test('starts by kind and setting, with those of twice the median and more', () => {
  const given = [start(1, 4), start(1.1, 4), start(2.2, 4), start(0.1, 0, '_SingleProcessDataLoaderIter')];
  const { starts } = dataLoading(smallRun({ events: given }).events);
  expect(starts).toMatchObject([
    { type: '_MultiProcessingDataLoaderIter', workers: 4, pinMemory: true, count: 3, medianSeconds: 1.1, maxSeconds: 2.2 },
    { type: '_SingleProcessDataLoaderIter', workers: 0, pinMemory: false, count: 1, outliers: [] },
  ]);
  expect(starts[0]?.outliers).toEqual([{ worker: 'algo-1-27', startSeconds: 990, seconds: 2.2 }]);
});

test('fetches, lives of workers and the time per batch of each process', () => {
  const given = [
    fetchAt(1000, 0.1),
    fetchAt(1001, 0.1),
    fetchAt(1004, 0.5, { details: { workerId: 3 } }),
    fetchAt(1005, 0.1),
    fetchAt(1005, 0.1),
    fetchAt(1000.5, 0.1, { pid: 28 }),
    life(995, 60),
  ];
  const { fetches, workers, batches } = dataLoading(smallRun({ events: given }).events);
  expect(fetches).toEqual({
    count: 5,
    medianSeconds: 0.1,
    maxSeconds: 0.5,
    outliers: [{ worker: 'algo-1-27', workerId: 3, startSeconds: 1004, seconds: 0.5 }],
  });
  expect(workers).toMatchObject({ count: 1, medianSeconds: 60 });
  // From 1001 to 1004 is three times the median; the only fetch of process 28 has no next one.
  expect(batches).toEqual([
    {
      worker: 'algo-1-27',
      pid: 27,
      count: 3,
      medianSeconds: 1,
      maxSeconds: 3,
      outliers: [{ worker: 'algo-1-27', startSeconds: 1001, seconds: 3 }],
    },
  ]);
});

test('loaders at work: workers alive, or processes that fetched, by node and second', () => {
  const { events } = smallRun({
    events: [
      fetchAt(1000.2, 0.1),
      fetchAt(1000.4, 0.1),
      fetchAt(1000.6, 0.1, { pid: 28 }),
      life(1002.5, 3, { pid: 100 }),
      life(1002.6, 8, { pid: 101 }),
      life(1002.7, 8, { pid: 102 }),
      fetchAt(1004, 0.1),
      fetchAt(1008, 0.1),
      fetchAt(1020, 0.1),
      fetchAt(1000.2, 0.1, { worker: 'algo-2-27' }),
    ],
  });
  const seconds = loadersAtWork(events, eventsOfLoader(events));
  expect(seconds.filter(({ node }) => node === 'algo-1').map(({ second, loaders }) => [second, loaders])).toEqual([
    [1000, 2],
    [1002, 3],
    [1004, 3],
    [1008, 2],
    [1020, 1],
  ]);
  expect(seconds.filter(({ node }) => node === 'algo-2')).toEqual([{ node: 'algo-2', second: 1000, loaders: 1 }]);
});
