import { expect, test } from 'vitest';
import { eventsDuring } from '../../src/measures/during.ts';
import { mean, standardDeviation } from '../../src/measures/moments.ts';
import { Running } from '../../src/measures/running.ts';
import { stepSeries } from '../../src/measures/steps.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

/** A step every ten seconds from 1000 s on, each lasting one second unless told. */
function steps(count: number, more: Partial<SmallEvent> = {}, secondsOf: (i: number) => number = () => 1): SmallEvent[] {
  const name = more.name ?? 'Step:ModeKeys.TRAIN';
  return Array.from({ length: count }, (_, i) => ({
    worker: 'algo-1-27',
    phase: name,
    name,
    startSeconds: 1000 + 10 * i,
    seconds: secondsOf(i),
    step: String(i),
    ...more,
  }));
}

test('steps by worker and mode, in order of time, whatever the order of the files', () => {
  const { events } = smallRun({
    events: [
      ...steps(3).toReversed(),
      ...steps(2, { name: 'Step:ModeKeys.EVAL' }),
      ...steps(1, { worker: 'algo-2-28' }),
      { worker: 'algo-1-27', phase: 'Forward', name: 'net', startSeconds: 1000, seconds: 1 },
    ],
  });
  const series = stepSeries(events);
  expect(series.map(({ worker, mode, numbers }) => [worker, mode, numbers])).toEqual([
    ['algo-1-27', 'TRAIN', ['0', '1', '2']],
    ['algo-1-27', 'EVAL', ['0', '1']],
    ['algo-2-28', 'TRAIN', ['0']],
  ]);
  expect([...(series[0]?.startSeconds ?? [])]).toEqual([1000, 1010, 1020]);
});

test('outliers are looked for among more than 100 steps', () => {
  const slow = (i: number) => (i === 50 ? 9 : 1);
  const [few] = stepSeries(smallRun({ events: steps(100, {}, slow) }).events);
  const [enough] = stepSeries(smallRun({ events: steps(101, {}, slow) }).events);
  expect(few).toMatchObject({ outliers: [], limitSeconds: Infinity });
  expect(enough).toMatchObject({ outliers: [50], medianSeconds: 1 });
  expect(enough?.limitSeconds).toBeCloseTo(1 + 8 / 101 + 3 * Math.sqrt((64 / 101) * (100 / 101)), 9);
  expect(stepSeries(smallRun({ events: steps(101, {}, slow) }).events, 11)[0]?.outliers).toEqual([]);
});

test('a step that is there twice counts once', () => {
  const [once] = steps(1);
  const [series] = stepSeries(smallRun({ events: [once as SmallEvent, { ...(once as SmallEvent) }] }).events);
  expect(series?.events).toHaveLength(1);
});

test('mean and standard deviation of values one by one are those of all', () => {
  const values = [1e9, 1e9 + 1, 1e9 + 5, 1e9 - 3];
  const running = new Running();
  expect(running.mean).toBeNaN();
  for (const value of values) running.add(value);
  expect(running.mean).toBeCloseTo(mean(values), 6);
  expect(running.deviation).toBeCloseTo(standardDeviation(values), 9);
});

test('events during others: those that touch one of the same worker, in whatever order, once each', () => {
  const at = (startSeconds: number, seconds: number, worker = 'algo-1-27'): SmallEvent => {
    return { worker, phase: 'Forward', name: 'net', startSeconds, seconds };
  };
  const given = [at(1100, 10), at(1000, 10), at(1005, 10)];
  const others = [at(1200, 1), at(990, 9), at(990, 10), at(1015, 5), at(1016, 5), at(980, 300), at(1002, 1, 'algo-2-28')];
  const { events } = smallRun({ events: [...given, ...others, at(1110, 2), at(1110, 2)] });
  const found: (number | undefined)[][] = [];
  eventsDuring(events, [0, 1, 2], (event) => found.push([events.startMicros[event], events.durationMicros[event]]));
  const seconds = found.map((pair) => pair.map((micros = 0) => micros / 1e6));
  expect(seconds).toEqual([
    [1100, 10],
    [1000, 10],
    [1005, 10],
    [990, 10],
    [1015, 5],
    [980, 300],
    [1110, 2],
  ]);
});
