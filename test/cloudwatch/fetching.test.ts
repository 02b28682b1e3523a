import { expect, test } from 'vitest';
import { START } from '../monitored.ts';
import { fetched, reported, rowsOf, serving } from './fetched.ts';
import type { GetMetricDataInput } from './metrics-api.ts';
import { type World, worldOf } from './world.ts';
import { ofEach } from './worlds/amounts.ts';
import { endpointShape } from './worlds/endpoint-shape.ts';
import { hostMetrics } from './worlds/host.ts';
import { LONG, longWorld, PASSWORD, PIPELINE, pipelineWorld, TRAINING, trainingWorld } from './worlds.ts';

const pipeline = { kind: 'endpoint', name: PIPELINE } as const;
const pointsOf = (monitored: { series: readonly { values: Float64Array }[] }) =>
  monitored.series.reduce((sum, { values }) => sum + values.length, 0);

test('asks again when the services say that it is too much', async () => {
  const world = pipelineWorld();
  const { server } = await serving(world, { throttled: { GetMetricData: 2, DescribeEndpoint: 1 } });
  const monitored = await fetched(world, pipeline);
  expect(monitored.subject.variants).toHaveLength(2);
  expect(monitored.damage).toEqual([]);
  expect(server.inputs('DescribeEndpoint')).toHaveLength(2);
});

test('gives up after a few tries, in one line', async () => {
  const world = pipelineWorld();
  const { server } = await serving(world, { throttled: { GetMetricData: Number.POSITIVE_INFINITY } }, { AWS_MAX_ATTEMPTS: '2' });
  await expect(fetched(world, pipeline)).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(/slow down/),
  });
  const inputs = server.inputs('GetMetricData');
  const requests = new Set(inputs.map((input) => JSON.stringify(input)));
  expect(inputs.length).toBeLessThanOrEqual(2 * requests.size);
});

test('names every permission that is missing, and reports what is left', async () => {
  const world = pipelineWorld();
  await serving(world, { denied: ['DescribeEndpoint', 'FilterLogEvents', 'DescribeLogStreams'] });
  const monitored = await fetched(world, { ...pipeline, logs: true });
  const text = monitored.damage.map(({ detail }) => detail).join('\n');
  for (const action of ['sagemaker:DescribeEndpoint', 'logs:FilterLogEvents']) expect(text).toContain(action);
  const rows = rowsOf(await reported(monitored), 'metrics-read');
  expect(new Set(rows.map((row) => row.Metric))).toContain('ContainerLatency');
});

test('cannot report without the metrics, and says all that it needs', async () => {
  const world = pipelineWorld();
  await serving(world, { denied: ['GetMetricData', 'FilterLogEvents', 'DescribeEndpointConfig'] });
  await expect(fetched(world, { ...pipeline, logs: true })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(
      /cloudwatch:GetMetricData.*logs:FilterLogEvents|logs:FilterLogEvents.*cloudwatch:GetMetricData/,
    ),
  });
});

test('says which endpoints there are in place of one that is not', async () => {
  const world = pipelineWorld();
  await serving(world);
  await expect(fetched(world, { kind: 'endpoint', name: 'shop-serch' })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining(PIPELINE),
  });
});

test('says which variants there are, and when there were data', async () => {
  const world = { ...pipelineWorld(), nowSeconds: START + 10 * 86_400 };
  await serving(world);
  await expect(fetched(world, { ...pipeline, variant: 'red' })).rejects.toMatchObject({
    message: expect.stringMatching(/blue.*green/),
  });
  await expect(fetched(world, pipeline)).rejects.toMatchObject({ message: expect.stringContaining('2026-11-02') });
});

test('asks in batches of at most 500 queries', async () => {
  const hosts = Array.from({ length: 70 }, (_, i) => `${TRAINING}/algo-${i + 1}`);
  const shape = trainingWorld();
  const job = shape.sagemaker.TrainingJob?.[TRAINING];
  const world = worldOf({
    nowSeconds: shape.nowSeconds,
    metrics: hosts.flatMap((host, seed) =>
      hostMetrics({
        namespace: '/aws/sagemaker/TrainingJobs',
        host,
        seed,
        startSeconds: START,
        minutes: 20,
        levels: { CPUUtilization: () => 200, GPUMemoryUtilization: () => 80 },
      }),
    ),
    sagemaker: { TrainingJob: { [TRAINING]: { ...job, ResourceConfig: { InstanceType: 'ml.p3.8xlarge', InstanceCount: 70 } } } },
  });
  const { server } = await serving(world);
  const { series } = await fetched(world, { kind: 'training job', name: TRAINING });
  const sizes = server.inputs<GetMetricDataInput>('GetMetricData').map(({ MetricDataQueries }) => MetricDataQueries.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(1000);
  expect(Math.max(...sizes)).toBe(500);
  expect(new Set(series.map(({ dimensions }) => dimensions.Host))).toEqual(new Set(hosts));
});

test('reads more data points than one answer has', { timeout: 60_000 }, async () => {
  const two = pipelineWorld({ minutes: 14 * 1440 });
  const world = { ...two, metrics: two.metrics.filter(({ name }) => name === 'Invocations' || name === 'ModelLatency') };
  await serving(world);
  const span = { startSeconds: START, endSeconds: world.nowSeconds };
  const monitored = await fetched(world, { ...pipeline, ...span, variant: 'green' });
  expect(monitored.series[0]).toMatchObject({ periodSeconds: 60 });
  expect(pointsOf(monitored)).toBeGreaterThan(100_800);
  for (const { metric, seconds } of monitored.series)
    expect([metric, seconds.length, seconds[0]]).toEqual([metric, 14 * 1440, START]);
});

test('follows the pages of an answer', async () => {
  const world = pipelineWorld();
  await serving(world);
  const whole = await fetched(world, pipeline);
  const { server } = await serving(world, { pointsPerPage: 1000 });
  const paged = await fetched(world, pipeline);
  expect(server.inputs<GetMetricDataInput>('GetMetricData').some(({ NextToken }) => NextToken !== undefined)).toBe(true);
  expect(paged.series).toEqual(whole.series);
});

test.each([
  [1, 60],
  [20, 300],
  [100, 3600],
])('asks for what is %i days old by %i seconds', async (days, periodSeconds) => {
  const world: World = { ...pipelineWorld(), nowSeconds: START + 3 * 3600 + days * 86_400 };
  await serving(world);
  const monitored = await fetched(world, { ...pipeline, startSeconds: START, endSeconds: START + 3 * 3600 });
  const traffic = monitored.series.find(
    ({ metric, dimensions }) => metric === 'Invocations' && dimensions.VariantName === 'blue',
  );
  expect(traffic).toMatchObject({ periodSeconds });
  expect(traffic?.values).toHaveLength((3 * 3600) / periodSeconds);
});

test('reads fifteen months by the hour, in bounded time', { timeout: 60_000 }, async () => {
  const world = longWorld();
  await serving(world);
  const begun = performance.now();
  const span = { startSeconds: world.nowSeconds - 455 * 86_400, endSeconds: world.nowSeconds };
  const monitored = await fetched(world, { kind: 'endpoint', name: LONG, ...span });
  await reported(monitored);
  expect(performance.now() - begun).toBeLessThan(30_000);
  const traffic = monitored.series.find(({ metric }) => metric === 'Invocations');
  expect(traffic).toMatchObject({ periodSeconds: 3600 });
  expect(traffic?.values.length).toBeGreaterThanOrEqual(454 * 24);
});

test('metrics without data take no room from those with some: two weeks of many variants are there by the minute', async () => {
  const names = Array.from({ length: 5 }, (_, i) => `v${i}`);
  const [firstSeconds, days] = [START - 20 * 86_400, 14];
  const metrics = names.map((VariantName) => ({
    namespace: 'AWS/SageMaker' as const,
    name: 'Invocations' as const,
    dimensions: { EndpointName: 'wide', VariantName },
    unit: 'Count' as const,
    firstSeconds,
    lastSeconds: START,
    measured: () => ofEach(1, 7),
  }));
  const variants = names.map((name) => ({ name, instanceType: 'ml.c5.xlarge', instances: 1, weight: 1, containers: ['serve'] }));
  const world = worldOf({ nowSeconds: START, metrics, sagemaker: endpointShape('wide', firstSeconds, variants) });
  const { server } = await serving(world);
  const monitored = await fetched(world, { kind: 'endpoint', name: 'wide', startSeconds: START - days * 86_400 });
  expect(new Set(monitored.series.map(({ periodSeconds }) => periodSeconds))).toEqual(new Set([60]));
  expect(pointsOf(monitored)).toBe(names.length * 2 * days * 1440);
  expect(monitored.damage).toEqual([]);
  const asked = server.inputs<GetMetricDataInput>('GetMetricData').flatMap(({ MetricDataQueries }) => MetricDataQueries);
  expect(new Set(asked.map(({ MetricStat }) => MetricStat?.Period))).toEqual(new Set([86_400, 60]));
  expect(asked.filter(({ MetricStat }) => MetricStat?.Period === 60)).toHaveLength(names.length * 2);
});

test('finds the error lines of a variant in several streams, without the password in them', async () => {
  const world = pipelineWorld();
  await serving(world);
  const { logs } = await fetched(world, { ...pipeline, logs: true });
  expect(logs.group).toBe(`/aws/sagemaker/Endpoints/${PIPELINE}`);
  const errors = logs.lines.filter(({ message }) => /ERROR|Traceback/.test(message));
  expect(new Set(errors.map(({ stream }) => stream.split('/').at(-1)))).toEqual(new Set(['embed', 'rank']));
  expect(logs.lines.some(({ message }) => message.includes('postgresql://'))).toBe(true);
  expect(JSON.stringify(logs)).not.toContain(PASSWORD);
});
