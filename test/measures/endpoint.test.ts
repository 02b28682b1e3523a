import { describe, expect, test } from 'vitest';
import { cacheHitsOf, waitsOf } from '../../src/measures/endpoint-cold-starts.ts';
import { containerShares, containersOf, latencyOf, partsOf, responseMillis } from '../../src/measures/endpoint-latency.ts';
import { errorsOf, invocationsOf } from '../../src/measures/endpoint-traffic.ts';
import { headroomOf, headroomsOf, invocationsPerInstance, utilizationOf } from '../../src/measures/endpoint-utilization.ts';
import { errorRates, requestParts } from '../../src/measures/variant-numbers.ts';
import { container, endpoint, host, type Told } from '../endpoint.ts';

const valuesOf = (points: { readonly values: Float64Array } | undefined) => points && [...points.values];

describe('traffic', () => {
  test('takes the sum of invocations, or the number of samples', () => {
    expect(valuesOf(invocationsOf(endpoint([['Invocations', 'SampleCount', [4]]]), 'blue'))).toEqual([4]);
    const both = endpoint([
      ['Invocations', 'SampleCount', [4]],
      ['Invocations', 'Sum', [5]],
    ]);
    expect(valuesOf(invocationsOf(both, 'blue'))).toEqual([5]);
    expect(invocationsOf(both, 'green')).toBeUndefined();
  });

  test('counts errors by their sum, or by the rate that Average is', () => {
    const monitored = endpoint([
      ['Invocations', 'Sum', [100, 200]],
      ['Invocation5XXErrors', 'Average', [0.05, 0.01]],
      ['Invocation4XXErrors', 'Sum', [7, 0]],
    ]);
    expect(valuesOf(errorsOf(monitored, 'blue', 'Invocation5XXErrors'))).toEqual([5, 2]);
    expect(valuesOf(errorsOf(monitored, 'blue', 'Invocation4XXErrors'))).toEqual([7, 0]);
    expect(errorsOf(monitored, 'blue', 'InvocationModelErrors')).toBeUndefined();
  });

  test('are parts of the invocations of the same minutes, and never more than all of them', () => {
    const rates = (errors: Told[2], calls: Told[2]) =>
      errorRates(
        endpoint([
          ['Invocations', 'Sum', calls],
          ['Invocation5XXErrors', 'Sum', errors],
        ]),
        'blue',
        'Invocation5XXErrors',
      );
    expect(rates([1, 500], [10, undefined])).toMatchObject({ count: 501, percent: 10 });
    const late = rates([100, 5], [10, 10]);
    expect(late?.percent).toBe(100);
    expect(valuesOf(late?.rates)).toEqual([100, 50]);
  });
});

describe('latency', () => {
  test('weighs minutes by their requests', () => {
    const monitored = endpoint([
      ['Invocations', 'Sum', [1, 3]],
      ['ModelLatency', 'Average', [1000, 2000]],
    ]);
    expect(latencyOf(monitored, 'blue', 'ModelLatency')?.meanMicros).toBe(1750);
    const bySum = endpoint([
      ['ModelLatency', 'Sum', [1000, 8000]],
      ['ModelLatency', 'SampleCount', [1, 4]],
    ]);
    expect(latencyOf(bySum, 'blue', 'ModelLatency')?.meanMicros).toBe(1800);
    expect(latencyOf(endpoint([['ModelLatency', 'Average', [1000, 2000]]]), 'blue', 'ModelLatency')?.meanMicros).toBe(1500);
  });

  test('tells the share of overhead over the periods that have both', () => {
    const parts = partsOf(
      endpoint([
        ['Invocations', 'Sum', [10, 30, 5]],
        ['ModelLatency', 'Average', [1000, 3000, 9999]],
        ['OverheadLatency', 'Average', [3000, 1000, undefined]],
      ]),
      'blue',
    );
    expect(parts).toMatchObject({ modelMicros: 2500, overheadMicros: 1500, share: 0.375, requests: 40 });
    expect(valuesOf(parts?.shares)).toEqual([0.75, 0.25]);
    expect(partsOf(endpoint([['ModelLatency', 'Average', [1]]]), 'blue')).toBeUndefined();
    const nothing = endpoint([
      ['ModelLatency', 'Average', [0]],
      ['OverheadLatency', 'Average', [0]],
    ]);
    expect(partsOf(nothing, 'blue')).toBeUndefined();
  });

  test('adds overhead to the model, in milliseconds', () => {
    const model: Told = ['ModelLatency', 'p99', [100_000, 200_000]];
    expect(valuesOf(responseMillis(endpoint([model]), 'blue', 'p99'))).toEqual([100, 200]);
    expect(valuesOf(responseMillis(endpoint([model, ['OverheadLatency', 'p99', [5000]]]), 'blue', 'p99'))).toEqual([105]);
    expect(responseMillis(endpoint([model]), 'blue', 'p90')).toBeUndefined();
  });

  test('shares a pipeline among its containers, in their order', () => {
    const monitored = endpoint(
      [
        ['Invocations', 'Sum', [1, 1]],
        ['ContainerLatency', 'Average', [10, 10], container('after')],
        ['ContainerLatency', 'Average', [20, 40], container('model')],
        ['ContainerLatency', 'Average', [10], container('extra')],
      ],
      [{ containers: ['before', 'model', 'after'] }],
    );
    expect(containersOf(monitored, 'blue')).toEqual(['before', 'model', 'after', 'extra']);
    const shares = containerShares(monitored, 'blue').map(({ container, share }) => [container, share]);
    expect(shares).toEqual([
      ['model', 0.6],
      ['after', 0.2],
      ['extra', 0.2],
    ]);
  });
});

describe('the way of a request', () => {
  const told: Told[] = [
    ['Invocations', 'Sum', [1]],
    ['ModelLatency', 'Average', [100_000]],
    ['OverheadLatency', 'Average', [2000]],
  ];
  const labels = (some: Told[], containers: string[]) =>
    requestParts(endpoint([...told, ...some], [{ containers }]), 'blue').map(({ label }) => label);
  const of = (name: string, micros: number): Told => ['ContainerLatency', 'Average', [micros], container(name)];

  test('leads through containers where all of them are known, else through the model', () => {
    const three = ['before', 'model', 'after'];
    expect(labels([of('before', 7000), of('model', 60_000), of('after', 20_000)], three)).toEqual([...three, 'Overhead']);
    expect(labels([of('before', 60_000), of('model', 39_000)], three)).toEqual(['Model', 'Overhead']);
    // SageMaker was not asked which containers there are.
    expect(labels([of('before', 7000)], [])).toEqual(['Model', 'Overhead']);
    expect(labels([of('before', 70_000), of('after', 10_000)], [])).toEqual(['before', 'after', 'Overhead']);
  });
});

describe('utilization', () => {
  test('is per instance where there is one, and of one core where their count is known', () => {
    const ofVariant: Told = ['CPUUtilization', 'Average', [100]];
    const monitored = endpoint([
      ofVariant,
      ['CPUUtilization', 'Average', [200], host('i-1')],
      ['CPUUtilization', 'Average', [300], host('i-2')],
    ]);
    expect(utilizationOf(monitored, 'blue', 'CPUUtilization')).toMatchObject([
      { instance: 'i-1', isNormalised: true, points: { values: Float64Array.of(50) } },
      { instance: 'i-2', isNormalised: true, points: { values: Float64Array.of(75) } },
    ]);
    expect(utilizationOf(endpoint([ofVariant], [{ instanceType: 'ml.unknown' }]), 'blue', 'CPUUtilization')).toMatchObject([
      { isNormalised: false, points: { values: Float64Array.of(100) } },
    ]);
    expect(
      utilizationOf(endpoint([['MemoryUtilization', 'Maximum', [70]]]), 'blue', 'MemoryUtilization', ['Average', 'Maximum']),
    ).toHaveLength(1);
    expect(utilizationOf(endpoint([]), 'blue', 'CPUUtilization')).toEqual([]);
  });

  test('leaves room for more traffic', () => {
    const traffic: Told = ['Invocations', 'Sum', [120, 240, 0]];
    const cpu: Told = ['CPUUtilization', 'Average', [100, 160, 400], host('i-1')];
    expect(headroomOf(endpoint([traffic, cpu]), 'blue')).toEqual({
      resource: 'CPUUtilization',
      instance: 'i-1',
      utilization: 40,
      traffic: { perInstanceSecond: 2, factor: 2.5 },
    });
    expect(headroomOf(endpoint([traffic, cpu, ['GPUUtilization', 'Average', [0, 0, 0]]]), 'blue')?.utilization).toBe(40);
    expect(headroomOf(endpoint([traffic, cpu, ['GPUUtilization', 'Average', [9, 9, 9]]]), 'blue')).toBeUndefined();
    expect(headroomOf(endpoint([cpu]), 'blue')).toBeUndefined();
    const memory: Told = ['MemoryUtilization', 'Average', [38, 50, 44], host('i-2')];
    expect(headroomsOf(endpoint([traffic, cpu, memory]), 'blue')).toMatchObject([
      { resource: 'MemoryUtilization', instance: 'i-2', utilization: 50 },
      { resource: 'CPUUtilization', instance: 'i-1', utilization: 40 },
    ]);
    expect(headroomOf(endpoint([traffic, cpu, memory]), 'blue')).not.toHaveProperty('traffic');
    expect(valuesOf(invocationsPerInstance(endpoint([['InvocationsPerInstance', 'Sum', [7]]]), 'blue'))).toEqual([7]);
  });
});

describe('cold starts', () => {
  test('are the periods in which something was set up', () => {
    const monitored = endpoint([
      ['ModelSetupTime', 'Average', [0, 2e6, undefined, 4e6]],
      ['ModelSetupTime', 'SampleCount', [9, 3, undefined, 1]],
    ]);
    expect(waitsOf(monitored, 'blue', 'ModelSetupTime')).toMatchObject({ requests: 4, meanMicros: 2.5e6 });
    expect(waitsOf(endpoint([['ModelSetupTime', 'Average', [2e6]]]), 'blue', 'ModelSetupTime')?.requests).toBeUndefined();
    expect(waitsOf(endpoint([['ModelSetupTime', 'Average', [0]]]), 'blue', 'ModelSetupTime')).toBeUndefined();
  });

  test('of models are misses of the cache', () => {
    const average: Told = ['ModelCacheHit', 'Average', [0.9, 1]];
    const byRate = cacheHitsOf(endpoint([average, ['ModelCacheHit', 'SampleCount', [100, 50]]]), 'blue');
    expect(byRate).toMatchObject({ hits: 140, requests: 150 });
    expect(valuesOf(byRate?.missed)).toEqual([10, 0]);
    expect(cacheHitsOf(endpoint([average]), 'blue')).toBeUndefined();
  });
});
