import { describe, expect, test } from 'vitest';
import { type BreakdownOptions, frameworkBreakdown } from '../../src/measures/framework-breakdown.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

const TRAIN = 'Step:ModeKeys.TRAIN';
const EVAL = 'Step:ModeKeys.EVAL';

/** Ten seconds of a worker, unless told. */
function event(phase: string, name: string, more: Partial<SmallEvent> = {}): SmallEvent {
  return { worker: 'algo-1-27', phase, name, startSeconds: 1000, seconds: 10, ...more };
}

/** Details after all events, each added once. */
function detailsOf(given: readonly SmallEvent[], options?: BreakdownOptions): Record<string, unknown> {
  const { events } = smallRun({ events: given });
  const breakdown = frameworkBreakdown(events, options);
  for (let i = 0; i < events.count; i++) breakdown.add(i);
  breakdown.write();
  return breakdown.details();
}

/** Keys and values in their order. */
function entries(value: unknown): [string, number][] {
  return [...(value as Map<string, number>)];
}

describe('where an event goes', () => {
  test.each([
    ['cpu_functions', 'CPU_total', 'op'],
    ['/host:CPU', 'CPU_total', 'op'],
    ['gpu_functions-dev:1', 'GPU_total', 'op'],
    ['/device:GPU:0', 'GPU_total', 'op'],
    ['Forward', 'general', 'Forward'],
    ['DataLoaderIter', 'general', 'DataLoaderIter'],
    [TRAIN, 'phase', TRAIN],
  ])('%s goes to %s', (phase, key, name) => {
    expect(entries(detailsOf([event(phase, 'op')])[key]).map(([called]) => called)).toEqual([name]);
  });

  test('Horovod’s file has no label: its events go by name, others by phase', () => {
    const details = detailsOf([
      event('Adam_Allreduce', 'NEGOTIATE_ALLREDUCE', { label: '', seconds: 30 }),
      event('Adam_Allreduce', 'MEMCPY', { label: '' }),
      event('NcclManager', 'kAllReduce', { label: 'DetailedframeworkMetrics' }),
    ]);
    expect(entries(details.horovod)).toEqual([
      ['NEGOTIATE_ALLREDUCE', 75],
      ['MEMCPY', 25],
    ]);
    expect(entries(details.general)).toEqual([['NcclManager', 100]]);
  });

  test('passes stand only where both are there', () => {
    const forward = event('Forward-SubModuleInternal', 'layer1');
    const backward = event('Backward-SubModuleInternal', 'layer1', { seconds: 30 });
    expect(Object.keys(detailsOf([forward]))).toEqual(['ratio', 'phase', 'phase_time']);
    expect(entries(detailsOf([forward, backward]).forward_backward)).toEqual([
      ['Forward pass', 25],
      ['Backward pass', 75],
    ]);
  });
});

test('an operator of 2 % is left out, and what is left gives 100', () => {
  const details = detailsOf([
    event('cpu_functions', 'small', { seconds: 2 }),
    event('cpu_functions', 'large', { seconds: 74 }),
    event('cpu_functions', 'some', { seconds: 24 }),
  ]);
  expect(entries(details.CPU).map(([name, share]) => [name, Math.round(share * 100) / 100])).toEqual([
    ['large', 75.51],
    ['some', 24.49],
  ]);
  expect(entries(details.CPU_total)).toEqual([
    ['large', 74e6],
    ['some', 24e6],
  ]);
});

test('operators of several GPU phases are one list, phase by phase', () => {
  const details = detailsOf([
    event('gpu_functions-dev:0', 'a'),
    event('gpu_functions-dev:1', 'c'),
    event('gpu_functions-dev:1', 'b'),
    event('gpu_functions-dev:0', 'b', { seconds: 20 }),
  ]);
  expect(entries(details.GPU_total)).toEqual([
    ['a', 10e6],
    ['b', 30e6],
    ['c', 10e6],
  ]);
});

test('Q10: the service gave the share of the GPU to the CPU; put right, each has its own', () => {
  const given = [
    event('cpu_functions', 'op'),
    event('gpu_functions-dev:0', 'op', { seconds: 20 }),
    event('gpu_functions-dev:1', 'op', { seconds: 70 }),
  ];
  expect(entries(detailsOf(given, { crossed: true }).ratio)).toEqual([
    ['cpu_functions', 20],
    ['gpu_functions-dev:0', 70],
    ['gpu_functions-dev:1', 10],
  ]);
  expect(entries(detailsOf(given).ratio)).toEqual([
    ['gpu_functions-dev:0', 20],
    ['gpu_functions-dev:1', 70],
    ['cpu_functions', 10],
  ]);
});

test('keys stand in the order of their first writing', () => {
  const { events } = smallRun({ events: [event(TRAIN, TRAIN), event('Forward', 'net'), event('cpu_functions', 'op')] });
  const breakdown = frameworkBreakdown(events);
  expect(breakdown.details()).toEqual({});
  for (const i of [0, 1, 2]) {
    breakdown.add(i);
    breakdown.write();
  }
  expect(Object.keys(breakdown.details())).toEqual(['ratio', 'phase', 'phase_time', 'general', 'CPU', 'CPU_total']);
});

test('nothing written, nothing added: empty parts, no division by nothing', () => {
  expect(detailsOf([])).toEqual({ ratio: new Map(), phase: new Map(), phase_time: {} });
  expect(entries(detailsOf([event(TRAIN, TRAIN, { seconds: 0 })]).phase)).toEqual([[TRAIN, 0]]);
});

describe('Q9: the time between steps', () => {
  /** 40 s from the first to the last step, 15 s of them in no step. */
  const steps = [
    event(TRAIN, TRAIN, { startSeconds: 1000, seconds: 10, step: '0' }),
    event(TRAIN, TRAIN, { startSeconds: 1015, seconds: 10, step: '1' }),
    event(EVAL, EVAL, { startSeconds: 1035, seconds: 5, step: '0' }),
  ];
  const shares = (of: readonly [string, number][]) => {
    const sum = of.reduce((total, [, seconds]) => total + seconds, 0);
    return of.map(([name, seconds]) => [name, expect.closeTo((100 * seconds) / sum, 9)]);
  };

  test('the service takes it from itself: after each step, the span less all phases and the old value', () => {
    // 10 − 10; 25 − (20 + 0); 40 − (25 + 5).
    const expected = shares([
      [TRAIN, 20],
      ['others', 10],
      [EVAL, 5],
    ]);
    expect(entries(detailsOf(steps, { others: 'service' }).phase)).toEqual(expected);
  });

  test('the gap is the span less what steps cover', () => {
    const expected = shares([
      [TRAIN, 20],
      ['others', 15],
      [EVAL, 5],
    ]);
    expect(entries(detailsOf(steps, { others: 'gap' }).phase)).toEqual(expected);
  });

  test('steps of two workers at a time: the service’s share is negative, the gap is each worker’s own', () => {
    const both = steps.flatMap((step) => [step, { ...step, worker: 'algo-2-28' }]);
    const interleaved = (options: BreakdownOptions) => new Map(entries(detailsOf(both, options).phase)).get('others');
    expect(interleaved({ others: 'service' })).toBeLessThan(0);
    expect(interleaved({ others: 'gap' })).toBeCloseTo((100 * 30) / 80, 9);
  });

  test('steps that overlap, and one within another, leave no gap', () => {
    const nested = [event(TRAIN, TRAIN, { seconds: 30 }), event(EVAL, EVAL, { startSeconds: 1010, seconds: 5 })];
    expect(new Map(entries(detailsOf(nested, { others: 'gap' }).phase)).get('others')).toBe(0);
  });

  test('the service divides the time of the phases by the number of GPU phases so far', () => {
    const gpus = [event('gpu_functions-dev:0', 'k'), event('gpu_functions-dev:1', 'k')];
    const phase = new Map(entries(detailsOf([...gpus, ...steps.slice(0, 1)], { others: 'service' }).phase));
    // 10 − 10 / 2.
    expect(phase.get('others')).toBeCloseTo((100 * 5) / 15, 9);
  });

  test('a step without a number counts for the gap only', () => {
    const unnumbered = steps.map(({ step: _, ...rest }) => rest);
    expect(new Map(entries(detailsOf(unnumbered, { others: 'service' }).phase)).has('others')).toBe(false);
    expect(new Map(entries(detailsOf(unnumbered, { others: 'gap' }).phase)).get('others')).toBeGreaterThan(0);
  });
});
