import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { afterEach, expect, test } from 'vitest';
import { START } from '../monitored.ts';
import { clientConfig } from './client-config.ts';
import type { Metric } from './metric.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from './server.ts';
import { type World, worldOf } from './world.ts';
import { PIPELINE, pipelineWorld } from './worlds.ts';

const running: CloudWatchServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function clientOf(world: World, settings: ServerSettings = {}) {
  const server = await startCloudWatchServer(world, settings);
  running.push(server);
  return { server, client: new CloudWatchClient(clientConfig(server.endpoint)) };
}

const query = (
  Id: string,
  MetricName: string,
  Stat: string,
  more: { Period?: number; VariantName?: string; Namespace?: string } = {},
): MetricDataQuery => {
  const { Period = 60, VariantName = 'blue', Namespace = 'AWS/SageMaker' } = more;
  const Dimensions = [
    { Name: 'VariantName', Value: VariantName },
    { Name: 'EndpointName', Value: PIPELINE },
  ];
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat } };
};

const span = { StartTime: new Date(START * 1000), EndTime: new Date((START + 3 * 3600) * 1000) };

test('gives exactly the series that is asked for, newest point first', async () => {
  const { client } = await clientOf(pipelineWorld());
  const MetricDataQueries = [
    query('there', 'Invocations', 'Sum'),
    query('hour', 'Invocations', 'Sum', { Period: 3600 }),
    query('p50', 'ModelLatency', 'p50'),
    query('p99', 'ModelLatency', 'p99'),
    query('variant', 'Invocations', 'Sum', { VariantName: 'red' }),
    query('namespace', 'Invocations', 'Sum', { Namespace: '/aws/sagemaker/Endpoints' }),
  ];
  const { MetricDataResults = [] } = await client.send(new GetMetricDataCommand({ ...span, MetricDataQueries }));
  const values = Object.fromEntries(MetricDataResults.map(({ Id, Values }) => [Id, Values]));
  expect(MetricDataResults.map(({ Id, Values }) => [Id, Values?.length])).toEqual([
    ['there', 180],
    ['hour', 3],
    ['p50', 180],
    ['p99', 180],
    ['variant', 0],
    ['namespace', 0],
  ]);
  expect(MetricDataResults[0]?.Timestamps?.[0]).toEqual(new Date((START + 179 * 60) * 1000));
  const sum = (numbers: number[] = []) => numbers.reduce((a, b) => a + b, 0);
  expect(sum(values.hour)).toBe(sum(values.there));
  expect(values.p99?.every((p99: number, i: number) => p99 > 2 * (values.p50?.[i] ?? Number.POSITIVE_INFINITY))).toBe(true);
});

test('gives data in pages', async () => {
  const { client, server } = await clientOf(pipelineWorld(), { pointsPerPage: 100 });
  const input = { ...span, MetricDataQueries: [query('a', 'Invocations', 'Sum'), query('b', 'ModelLatency', 'Average')] };
  const pages: string[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await client.send(new GetMetricDataCommand({ ...input, ...(NextToken ? { NextToken } : {}) }));
    pages.push(
      (answer.MetricDataResults ?? []).map(({ Id, Values, StatusCode }) => `${Id} ${Values?.length} ${StatusCode}`).join(', '),
    );
    NextToken = answer.NextToken;
  } while (NextToken);
  expect(pages).toEqual(['a 100 PartialData', 'a 80 Complete, b 20 PartialData', 'b 100 PartialData', 'b 60 Complete']);
  expect(server.inputs('GetMetricData')).toHaveLength(4);
});

test.each([
  ['a 501st query', Array.from({ length: 501 }, (_, i) => query(`q${i}`, 'Invocations', 'Sum')), 'greater than 500'],
  ['an unknown statistic', [query('a', 'Invocations', 'Median')], 'Median'],
  ['an invalid id', [query('A', 'Invocations', 'Sum')], 'value A'],
  ['the same id twice', [query('a', 'Invocations', 'Sum'), query('a', 'Invocations', 'Sum')], 'not unique'],
])('refuses %s', async (_, MetricDataQueries, text) => {
  const { client } = await clientOf(pipelineWorld());
  const refused = client.send(new GetMetricDataCommand({ ...span, MetricDataQueries }));
  await expect(refused).rejects.toMatchObject({ Code: 'ValidationError', message: expect.stringContaining(text) });
});

test('keeps minutes for 15 days, five minutes for 63, hours for 455', async () => {
  const days = async (age: number) => {
    const world = pipelineWorld();
    const { client } = await clientOf({ ...world, nowSeconds: world.nowSeconds + age * 86_400 });
    const MetricDataQueries = [60, 300, 3600].map((Period, i) => query(`q${i}`, 'Invocations', 'Sum', { Period }));
    const { MetricDataResults = [] } = await client.send(new GetMetricDataCommand({ ...span, MetricDataQueries }));
    return MetricDataResults.map(({ Values }) => Values?.length);
  };
  expect(await Promise.all([14, 16, 64, 456].map(days))).toEqual([
    [180, 36, 3],
    [0, 36, 3],
    [0, 0, 3],
    [0, 0, 0],
  ]);
});

test('lists metrics that had data within two weeks', async () => {
  const listed = async (age: number) => {
    const world = pipelineWorld();
    const { client } = await clientOf({ ...world, nowSeconds: world.nowSeconds + age * 86_400 });
    const Dimensions = [{ Name: 'ContainerName' }];
    return (await client.send(new ListMetricsCommand({ Namespace: 'AWS/SageMaker', Dimensions }))).Metrics ?? [];
  };
  expect((await listed(13)).map(({ Dimensions }) => Dimensions?.map(({ Value }) => Value).join('/'))).toEqual(
    ['blue', 'green'].flatMap((variant) => ['clean', 'embed', 'rank'].map((container) => `${PIPELINE}/${variant}/${container}`)),
  );
  expect(await listed(15)).toEqual([]);
});

test('lists 500 metrics a page', async () => {
  const [one] = pipelineWorld().metrics;
  const metrics = Array.from({ length: 501 }, (_, i) => ({ ...(one as Metric), dimensions: { Host: `job/algo-${i}` } }));
  const { client } = await clientOf(worldOf({ nowSeconds: START + 3600, metrics }));
  const first = await client.send(new ListMetricsCommand({}));
  const second = await client.send(new ListMetricsCommand({ NextToken: first.NextToken }));
  expect([first.Metrics?.length, second.Metrics?.length, second.NextToken]).toEqual([500, 1, undefined]);
});

test('throttles and denies', async () => {
  const { client } = await clientOf(pipelineWorld(), { throttled: { GetMetricData: 1 }, denied: ['ListMetrics'] });
  const ask = () => client.send(new GetMetricDataCommand({ ...span, MetricDataQueries: [query('a', 'Invocations', 'Sum')] }));
  await expect(ask()).rejects.toMatchObject({ name: 'Throttling' });
  expect((await ask()).MetricDataResults).toHaveLength(1);
  await expect(client.send(new ListMetricsCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('not authorized to perform: cloudwatch:ListMetrics'),
  });
});
