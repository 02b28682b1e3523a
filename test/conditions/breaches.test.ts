import { expect, test } from 'vitest';
import { conditionLines } from '../../src/conditions/lines.ts';
import { parseCondition } from '../../src/conditions/parse.ts';
import { isFailed, judgeConditions } from '../../src/conditions/results.ts';
import type { MetricSeries, Monitored } from '../../src/model/monitored.ts';
import { BLUE, ENDPOINT, monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const at = (minute: number) => START + minute * 60;
const green = { EndpointName: ENDPOINT, VariantName: 'green' };

/** p99 of the model latency of `blue`, milliseconds by minute; nothing where there is no data. */
function latency(milliseconds: readonly (number | undefined)[]): MetricSeries {
  const value = (minute: number) => (milliseconds[minute] === undefined ? undefined : milliseconds[minute] * 1000);
  return seriesOf({ metric: 'ModelLatency', statistic: 'p99', periods: milliseconds.length, value });
}

function judge(text: string, world: Monitored) {
  const [result] = judgeConditions([parseCondition(text)], world);
  if (result === undefined) throw new Error('one condition has one result');
  return result;
}

const slow = (...milliseconds: (number | undefined)[]) => monitoredEndpoint({ series: [latency(milliseconds)] });

test('held for its time, and not a minute shorter', () => {
  const world = slow(100, 300, 300, 431.25, 100, 300, 300, 100);
  expect(judge('ModelLatency p99 > 200ms for 3m', world)).toEqual({
    text: 'ModelLatency p99 > 200ms for 3m',
    verdict: 'met',
    breaches: [
      {
        place: 'variant blue',
        node: 'blue',
        verdict: 'met',
        spans: [{ startSeconds: at(1), endSeconds: at(4) }],
        worst: '431.3 ms',
        worstSeconds: at(3),
        periodSeconds: 60,
      },
    ],
  });
  expect(judge('ModelLatency p99 > 200ms for 4m', world)).toMatchObject({ verdict: 'not met', breaches: [{ spans: [] }] });
  expect(judge('ModelLatency p99 > 200ms for 90s', world).breaches[0]).toMatchObject({
    spans: [{ startSeconds: at(1) }, { startSeconds: at(5), endSeconds: at(7) }],
  });
});

test('the limit itself is only in >= and <=', () => {
  const world = slow(200, 200);
  expect(['>', '>=', '<', '<='].map((sign) => judge(`ModelLatency p99 ${sign} 200ms`, world).verdict)).toEqual([
    'not met',
    'met',
    'not met',
    'met',
  ]);
});

test('without a time one period is enough; of below, the lowest is the worst', () => {
  expect(judge('ModelLatency p99 > 200ms', slow(100, 201)).verdict).toBe('met');
  expect(judge('ModelLatency p99 < 50ms', slow(100, 20, 60)).breaches[0]).toMatchObject({ worst: '20 ms', worstSeconds: at(1) });
});

test('a period without data ends a run', () => {
  expect(judge('ModelLatency p99 > 200ms for 4m', slow(300, 300, undefined, 300, 300)).verdict).toBe('not met');
});

test('a period that is longer than the time counts as a whole', () => {
  const hours = seriesOf({
    metric: 'ModelLatency',
    statistic: 'p99',
    periodSeconds: 3600,
    periods: 3,
    value: (i) => i * 200_000,
  });
  const result = judge('ModelLatency p99 > 200ms for 5m', monitoredEndpoint({ series: [hours], minutes: 180 }));
  expect(result.breaches[0]).toMatchObject({
    verdict: 'met',
    spans: [{ startSeconds: START + 7200, endSeconds: START + 10_800 }],
  });
});

test('sums are compared by the minute, whatever the period', () => {
  const errors = (periodSeconds: number, value: number) =>
    monitoredEndpoint({
      series: [seriesOf({ metric: 'Invocation5XXErrors', statistic: 'Sum', periodSeconds, periods: 4, value: () => value })],
    });
  expect(judge('Invocation5XXErrors > 10', errors(60, 11))).toMatchObject({ verdict: 'met', breaches: [{ worst: '11' }] });
  expect(judge('Invocation5XXErrors > 10', errors(300, 45))).toMatchObject({ verdict: 'not met', breaches: [{ worst: '9' }] });
});

test('no data is no request, from the first request on, but for minutes that may still come', () => {
  const series = (last: number) => [
    seriesOf({ metric: 'Invocations', statistic: 'Sum', periods: 60, value: (i) => (i >= 10 && i <= last ? 50 : undefined) }),
  ];
  const idle = judge('Invocations < 1 for 10m', monitoredEndpoint({ series: series(30) }));
  expect(idle.breaches[0]).toMatchObject({ verdict: 'met', spans: [{ startSeconds: at(31), endSeconds: at(55) }] });
  for (const last of [54, 56, 59]) {
    expect(judge('Invocations < 1', monitoredEndpoint({ series: series(last) })).verdict).toBe('not met');
  }
  const cut = { ...monitoredEndpoint({ series: series(59) }), endSeconds: at(59) + 5 };
  expect(judge('Invocations < 60', cut).breaches[0]).toMatchObject({ spans: [{ startSeconds: at(10), endSeconds: at(59) }] });
});

test('a count below 1 is none, not few in a long period', () => {
  const series = (value: number) => [
    seriesOf({ metric: 'Invocations', statistic: 'Sum', periodSeconds: 3600, periods: 2, value: (i) => (i === 1 ? value : 100) }),
  ];
  const world = (value: number) => ({ ...monitoredEndpoint({ series: series(value) }), endSeconds: START + 7200 });
  expect(judge('Invocations < 1', world(59)).verdict).toBe('not met');
  expect(judge('Invocations < 1', world(0)).verdict).toBe('met');
  expect(judge('Invocations < 2', world(59)).verdict).toBe('met');
});

test('no data is no sample of anything', () => {
  const value = (i: number) => (i === 0 ? 50 : undefined);
  const series = [seriesOf({ metric: 'ModelLatency', statistic: 'SampleCount', value })];
  expect(judge('ModelLatency SampleCount < 10 for 10m', monitoredEndpoint({ series })).verdict).toBe('met');
});

test('files with impossible spans come to an end', () => {
  const one = seriesOf({ metric: 'Invocations', statistic: 'Sum', periods: 2, value: () => 5 });
  const series = [{ ...one, seconds: Float64Array.of(0, 2.5e11) }];
  expect(judge('Invocations < 1', monitoredEndpoint({ series })).verdict).toBe('not met');
});

test('what has to hold for longer than was looked at is not judged', () => {
  const { verdict, breaches } = judge('ModelLatency p99 > 1ms for 2h', slow(300, 300));
  expect(verdict).toBe('not judged');
  expect(breaches).toMatchObject([{ reason: 'only 1 h were looked at' }]);
});

test('each variant is looked at, and one without data is told', () => {
  const variants = [BLUE, { ...BLUE, name: 'green' }, { ...BLUE, name: 'grey' }];
  const fast = seriesOf({ metric: 'ModelLatency', statistic: 'p99', dimensions: green, periods: 2, value: () => 10 });
  const result = judge('ModelLatency p99 > 200ms', monitoredEndpoint({ variants, series: [latency([300]), fast] }));
  expect(result.breaches.map(({ place, verdict }) => [place, verdict])).toEqual([
    ['variant blue', 'met'],
    ['variant green', 'not met'],
    ['variant grey', 'not judged'],
  ]);
  expect(judge('ModelLatency p99 > 200ms on variant green', monitoredEndpoint({ variants, series: [fast] })).verdict).toBe(
    'not met',
  );
});

test('containers of a pipeline are looked at one by one', () => {
  const ofContainer = (name: string, value: number) =>
    seriesOf({
      metric: 'ContainerLatency',
      statistic: 'Average',
      dimensions: { EndpointName: ENDPOINT, VariantName: 'blue', ContainerName: name },
      value: () => value,
    });
  const world = monitoredEndpoint({ series: [ofContainer('tokenizer', 5000), ofContainer('model', 90_000)] });
  expect(judge('ContainerLatency > 50ms', world).breaches.map(({ place, verdict }) => [place, verdict])).toEqual([
    ['variant blue, container tokenizer', 'not met'],
    ['variant blue, container model', 'met'],
  ]);
  expect(judge('ContainerLatency > 50ms on container tokenizer', world).verdict).toBe('not met');
  expect(judge('ContainerLatency > 50ms on container rank', world).breaches).toMatchObject([
    { place: 'variant blue, container rank', reason: 'no data points of ContainerLatency' },
  ]);
});

const cpu = (value: number, dimensions: MetricSeries['dimensions']) =>
  seriesOf({
    metric: 'CPUUtilization',
    statistic: 'Average',
    namespace: '/aws/sagemaker/Endpoints',
    dimensions,
    value: () => value,
  });
const blue = { EndpointName: ENDPOINT, VariantName: 'blue' };
const host = (id: string) => ({ Host: `${ENDPOINT}/blue/${id}` });

test('% of CPU is of all cores, a number alone the sum over them', () => {
  const world = monitoredEndpoint({ series: [cpu(340, blue)] });
  expect(judge('CPUUtilization > 80%', world)).toMatchObject({ verdict: 'met', breaches: [{ worst: '85 %' }] });
  expect(judge('CPUUtilization > 90%', world).verdict).toBe('not met');
  expect(judge('CPUUtilization > 90', world)).toMatchObject({ verdict: 'met', breaches: [{ worst: '340' }] });
});

test('% of CPU is not judged where the cores are not counted', () => {
  const world = monitoredEndpoint({ variants: [{ name: 'blue', containers: [] }], series: [cpu(340, blue)] });
  expect(judge('CPUUtilization > 80%', world).breaches[0]).toMatchObject({
    verdict: 'not judged',
    reason: expect.stringContaining('how many cores'),
  });
  expect(judge('CPUUtilization > 80', world).verdict).toBe('met');
});

test('by host where asked, and where nothing else is there', () => {
  const world = monitoredEndpoint({ series: [cpu(100, blue), cpu(380, host('i-1')), cpu(20, host('i-2'))] });
  expect(judge('CPUUtilization > 50%', world).verdict).toBe('not met');
  expect(judge('CPUUtilization > 50% on host i-1', world).breaches).toMatchObject([
    { place: 'host blue/i-1', node: 'blue', verdict: 'met', worst: '95 %' },
  ]);
  const hosts = monitoredEndpoint({ series: [cpu(380, host('i-1')), cpu(20, host('i-2'))] });
  expect(judge('CPUUtilization > 50%', hosts).breaches.map(({ verdict }) => verdict)).toEqual(['met', 'not met']);
});

test('hosts of a job', () => {
  const memory = (node: string, value: number) =>
    seriesOf({
      metric: 'MemoryUtilization',
      statistic: 'Average',
      namespace: '/aws/sagemaker/TrainingJobs',
      dimensions: { Host: `sum-42/${node}` },
      value: () => value,
    });
  const world = monitoredEndpoint({
    subject: { kind: 'training job', name: 'sum-42' },
    variants: [],
    series: [memory('algo-1', 95), memory('algo-2', 40)],
  });
  expect(judge('MemoryUtilization > 90% for 10m', world).breaches.map(({ place, verdict }) => [place, verdict])).toEqual([
    ['host algo-1', 'met'],
    ['host algo-2', 'not met'],
  ]);
  expect(judge('MemoryUtilization > 90% on host algo-2', world).verdict).toBe('not met');
  expect(judge('MemoryUtilization > 90% on host algo-3', world)).toMatchObject({
    verdict: 'not judged',
    breaches: [{ place: 'host algo-3' }],
  });
});

test('silence is no pass, and says why', () => {
  const world = slow(100);
  const reason = (text: string, of = world) => judge(text, of).breaches[0];
  expect(reason('ModelLatency p95 > 1ms')).toMatchObject({ reason: 'the data has no p95 of ModelLatency, only p99' });
  expect(reason('OverheadLatency > 1ms')).toMatchObject({ reason: 'no data points of OverheadLatency' });
  expect(reason('ModelLatency p99 > 1ms on variant green')).toMatchObject({ reason: 'there is no variant green, only blue' });
  const results = (...texts: string[]) =>
    judgeConditions(
      texts.map((text) => parseCondition(text)),
      world,
    );
  expect(isFailed(results('ModelLatency p99 > 200ms'))).toBe(false);
  expect(isFailed(results('ModelLatency p99 > 200ms', 'OverheadLatency > 1ms'))).toBe(true);
  expect(isFailed(results('ModelLatency p99 > 50ms'))).toBe(true);
});

test('a value that is no number is no data', () => {
  expect(judge('ModelLatency p99 > 1ms', slow(Number.NaN, Number.POSITIVE_INFINITY)).verdict).toBe('not judged');
});

test('lines for the terminal', () => {
  const world = slow(100, 300, 300, 431.25, 100, 300, 300, 300);
  const texts = ['ModelLatency p99 > 200ms for 3m', 'ModelLatency p99 > 2s', 'OverheadLatency > 1ms'];
  expect(
    conditionLines(
      judgeConditions(
        texts.map((text) => parseCondition(text)),
        world,
      ),
    ),
  ).toEqual([
    '  met         ModelLatency p99 > 200ms for 3m',
    '    variant blue: for 6 min, 2 times from 2026-11-02 09:01:00 UTC on, worst 431.3 ms at 2026-11-02 09:03:00 UTC',
    '  not met     ModelLatency p99 > 2s',
    '    variant blue: not met, nearest 431.3 ms at 2026-11-02 09:03:00 UTC',
    '  not judged  OverheadLatency Average > 1ms',
    '    variant blue: no data points of OverheadLatency',
  ]);
});

test('of a condition that is met only the places where it is, and no more than fit on a screen', () => {
  const variants = Array.from({ length: 10 }, (_, i) => ({ ...BLUE, name: `v${i}` }));
  const series = variants.map(({ name }, i) =>
    seriesOf({
      metric: 'ModelLatency',
      statistic: 'p99',
      dimensions: { EndpointName: ENDPOINT, VariantName: name },
      value: () => (i < 2 ? 9 : 5e6),
    }),
  );
  const lines = conditionLines(
    judgeConditions([parseCondition('ModelLatency p99 > 1s')], monitoredEndpoint({ variants, series })),
  );
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    '  met         ModelLatency p99 > 1s',
    ...['v2', 'v3', 'v4', 'v5', 'v6', 'v7'].map((name) => `    variant ${name}`),
    '    2 more places in the report',
  ]);
});
