import { describe, expect, test } from 'vitest';
import {
  added,
  containerSeries,
  findSeries,
  instanceSeries,
  largest,
  paired,
  ratio,
  scaled,
  seriesOfVariant,
  total,
  variantNames,
  variantSeries,
  weightedMean,
} from '../../src/measures/metric-series.ts';
import { lengthOf, stretches, within } from '../../src/measures/metric-spans.ts';
import { ENDPOINT, monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const points = (values: readonly (number | undefined)[], periodSeconds = 60) =>
  seriesOf({ metric: 'Invocations', statistic: 'Sum', periods: values.length, periodSeconds, value: (i) => values[i] });

describe('finding series', () => {
  const at = (dimensions: object) => ({ EndpointName: ENDPOINT, ...dimensions });
  const cpu = { metric: 'CPUUtilization', statistic: 'Average', namespace: '/aws/sagemaker/Endpoints' } as const;
  const series = [
    seriesOf({ metric: 'ModelLatency', statistic: 'p99', value: () => 1 }),
    seriesOf({ metric: 'ModelLatency', statistic: 'Average', value: () => 2 }),
    seriesOf({ metric: 'ModelLatency', statistic: 'Average', dimensions: at({ VariantName: 'green' }), value: () => 3 }),
    seriesOf({
      metric: 'ContainerLatency',
      statistic: 'Average',
      dimensions: at({ VariantName: 'blue', ContainerName: 'prepare' }),
      value: () => 4,
    }),
    seriesOf({ ...cpu, dimensions: { Host: `${ENDPOINT}/blue/i-1` }, value: () => 5 }),
    seriesOf({ ...cpu, dimensions: { Host: `${ENDPOINT}/blue-2/i-2` }, value: () => 6 }),
    seriesOf({ ...cpu, dimensions: at({ VariantName: 'blue' }), value: () => 7 }),
  ];
  const monitored = monitoredEndpoint({ series });

  test('takes the time of one look at each, however often it is asked', () => {
    const names = Array.from({ length: 6000 }, (_, i) => `v${i}`);
    const many = names.flatMap((name) => [
      seriesOf({ metric: 'Invocations', statistic: 'Sum', dimensions: at({ VariantName: name }), periods: 0, value: () => 1 }),
      seriesOf({ ...cpu, dimensions: { Host: `${ENDPOINT}/${name}/i-1` }, periods: 0, value: () => 1 }),
    ]);
    const monitored = monitoredEndpoint({ variants: [], series: many });
    const before = performance.now();
    expect(variantNames(monitored)).toEqual(names);
    for (const name of names) {
      expect(variantSeries(monitored, name, 'Invocations', 'Sum')).toBeDefined();
      expect(instanceSeries(monitored, name, 'CPUUtilization', 'Average').size).toBe(1);
      expect(seriesOfVariant(monitored, name)).toHaveLength(2);
    }
    expect(performance.now() - before).toBeLessThan(3000);
  });

  test('by metric, statistic, namespace and dimensions', () => {
    expect(findSeries(monitored, { metric: 'ModelLatency' })).toHaveLength(3);
    expect(findSeries(monitored, { metric: 'ModelLatency', statistic: 'Average', dimensions: { VariantName: 'green' } })).toEqual(
      [series[2]],
    );
    expect(findSeries(monitored, { metric: 'CPUUtilization', namespace: '/aws/sagemaker/TrainingJobs' })).toEqual([]);
  });

  test('of a variant, of its containers and of its instances', () => {
    expect(variantSeries(monitored, 'blue', 'ModelLatency', 'Average')).toBe(series[1]);
    expect(variantSeries(monitored, 'blue', 'ModelLatency', 'p50')).toBeUndefined();
    expect(variantSeries(monitored, 'blue', 'ContainerLatency', 'Average')).toBeUndefined();
    expect(variantSeries(monitored, 'blue', 'CPUUtilization', 'Average')).toBe(series[6]);
    expect(containerSeries(monitored, 'blue', 'prepare', 'Average')).toBe(series[3]);
    expect([...instanceSeries(monitored, 'blue', 'CPUUtilization', 'Average')]).toEqual([['i-1', series[4]]]);
  });

  test('names variants that only series tell of', () => {
    expect(variantNames(monitored)).toEqual(['blue', 'green']);
    expect(variantNames(monitoredEndpoint({ series: [], variants: [] }))).toEqual([]);
  });
});

describe('arithmetic over periods', () => {
  test('pairs periods that both have', () => {
    const ratios = ratio(points([1, 2, undefined, 4]), points([10, undefined, 30, 0]));
    expect([[...ratios.seconds], [...ratios.values]]).toEqual([[START], [0.1]]);
    expect(paired(points([1]), points([1], 300), (a, b) => a + b).values).toHaveLength(0);
  });

  test('adds up what any of them has, in order', () => {
    const sum = added([points([undefined, 2, 3]), points([1, 1, undefined])]);
    expect([[...sum.seconds], [...sum.values]]).toEqual([
      [START, START + 60, START + 120],
      [1, 3, 3],
    ]);
    expect(added([]).values).toHaveLength(0);
    expect([...scaled(points([200]), 1 / 4).values]).toEqual([50]);
  });

  test('weighs', () => {
    expect(weightedMean(points([100, 200, 999]), points([1, 3, undefined]))).toBe(175);
    expect(weightedMean(points([100]), points([0]))).toBeUndefined();
    expect([total(points([1, undefined, 2])), largest(points([1, 3, 2])), largest(points([]))]).toEqual([3, 3, undefined]);
  });
});

describe('stretches of periods', () => {
  const high = (value: number) => value > 5;
  test('follow each other; a gap ends them', () => {
    const at = (from: number, to: number) => ({ startSeconds: START + from * 60, endSeconds: START + to * 60 });
    expect(stretches(points([9, 7, 1, 8, undefined, 6]), high)).toEqual([
      { ...at(0, 2), periods: 2, largest: 9 },
      { ...at(3, 4), periods: 1, largest: 8 },
      { ...at(5, 6), periods: 1, largest: 6 },
    ]);
    expect(stretches(points([9, 7, 1, 8]), high, { leastSeconds: 120 })).toHaveLength(1);
    expect(stretches(points([9, 7, 1, 8]), high, { leastSeconds: 121 })).toHaveLength(0);
    expect(stretches(points([]), high)).toEqual([]);
  });

  test('reach over gaps as far as they are told, never over a period that tells otherwise', () => {
    const bridged = { bridgeSeconds: 120 };
    const seldom = points([9, undefined, undefined, 8, 1, 7, undefined, undefined, undefined, 6]);
    const periods = stretches(seldom, high, bridged).map((one) => [
      one.startSeconds - START,
      one.endSeconds - START,
      one.periods,
    ]);
    expect(periods).toEqual([
      [0, 240, 2],
      [300, 360, 1],
      [540, 600, 1],
    ]);
    expect(stretches(seldom, high, { ...bridged, leastSeconds: 121 })).toEqual([]);
  });

  test('have a length, and points', () => {
    const span = { startSeconds: START + 61, endSeconds: START + 180 };
    expect([...within(points([1, 2, 3, 4]), span).values]).toEqual([2, 3]);
    expect(lengthOf([span, { startSeconds: 0, endSeconds: 1 }])).toBe(120);
  });
});
