import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Asked } from '../../src/cloudwatch/asked.ts';
import { fetchMonitored } from '../../src/cloudwatch/index.ts';
import { testKeys, useAwsEnvironment } from '../aws-environment.ts';
import { START } from '../monitored.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from './server.ts';
import type { World } from './world.ts';
import * as worlds from './worlds.ts';

const DAY = 86_400;
const endpoint = { kind: 'endpoint', name: worlds.PIPELINE, logs: false } as const;

let server: CloudWatchServer;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

async function fetch(world: World, asked: Asked, settings: ServerSettings = {}, onProgress?: (text: string) => void) {
  server = await startCloudWatchServer(world, settings);
  useAwsEnvironment({ ...testKeys, AWS_REGION: world.region, AWS_ENDPOINT_URL: server.endpoint });
  return await fetchMonitored({ nowSeconds: world.nowSeconds, ...asked }, {}, onProgress);
}
const later = (world: World, days: number): World => ({ ...world, nowSeconds: world.nowSeconds + days * DAY });
const details = ({ damage }: { damage: readonly { kind: string; detail: string }[] }) =>
  damage.map(({ kind, detail }) => `${kind}: ${detail}`);

/** What SageMaker tells of the pipeline's endpoint, once `green` was taken off it. */
function blueAlone(): World['sagemaker'] {
  const { sagemaker } = worlds.pipelineWorld();
  const shop = sagemaker.Endpoint?.[worlds.PIPELINE] ?? {};
  const [blue] = shop.ProductionVariants as object[];
  return { ...sagemaker, Endpoint: { [worlds.PIPELINE]: { ...shop, ProductionVariants: [blue] } } };
}

describe('an endpoint', () => {
  test('comes with its variants, every metric of the last three hours, and where it is from', async () => {
    const { subject, series, source, startSeconds, endSeconds, damage } = await fetch(worlds.pipelineWorld(), endpoint);
    expect({ source, startSeconds, endSeconds, damage }).toEqual({
      source: 'CloudWatch, eu-west-1',
      startSeconds: START,
      endSeconds: START + 10_800,
      damage: [],
    });
    expect(subject.variants).toEqual([
      { name: 'blue', instanceType: 'ml.c5.xlarge', instanceCount: 2, weight: 0.9, containers: ['clean', 'embed', 'rank'] },
      { name: 'green', instanceType: 'ml.c5.xlarge', instanceCount: 1, weight: 0.1, containers: ['clean', 'embed', 'rank'] },
    ]);
    const there = new Set(series.map(({ metric, dimensions }) => `${metric} ${Object.values(dimensions).join('/')}`));
    for (const expected of ['Invocations shop-search/blue', 'ContainerLatency shop-search/green/rank'])
      expect(there).toContain(expected);
    expect([...there].filter((one) => one.startsWith('CPUUtilization'))).toHaveLength(2 + 3);
    const p99 = series.find(({ metric, statistic }) => metric === 'ModelLatency' && statistic === 'p99');
    expect(p99).toMatchObject({ unit: 'Microseconds', periodSeconds: 60 });
    expect(p99?.seconds).toEqual(Float64Array.from({ length: 180 }, (_, i) => START + i * 60));
  });

  test('may be one variant alone, with more percentiles', async () => {
    const more = [{ metric: 'ModelLatency', statistic: 'p99.9' }] as const;
    const { subject, series } = await fetch(worlds.pipelineWorld(), { ...endpoint, variant: 'green', statistics: more });
    expect(subject.variants.map(({ name }) => name)).toEqual(['green']);
    expect(series.filter(({ dimensions }) => JSON.stringify(dimensions).includes('blue'))).toEqual([]);
    expect(series.filter(({ statistic }) => statistic === 'p99.9').map(({ metric }) => metric)).toEqual(['ModelLatency']);
  });

  test('may be a variant that nothing but its metrics still tell of', async () => {
    const { subject, series, damage } = await fetch(later({ ...worlds.pipelineWorld(), logs: {}, sagemaker: blueAlone() }, 20), {
      ...endpoint,
      variant: 'green',
      startSeconds: START,
      endSeconds: START + 3600,
    });
    expect([subject.variants, damage]).toEqual([[{ name: 'green', containers: [] }], []]);
    expect(series.some(({ metric }) => metric === 'Invocations')).toBe(true);
  });

  test('is the same in many pages, or when CloudWatch asks to slow down at first', async () => {
    const whole = await fetch(worlds.pipelineWorld(), endpoint);
    await server.stop();
    const settings = { pointsPerPage: 700, throttled: { GetMetricData: 1, ListMetrics: 1 } };
    const paged = await fetch(worlds.pipelineWorld(), endpoint, settings);
    expect(server.inputs('GetMetricData').length).toBeGreaterThan(20);
    expect(paged).toEqual(whole);
  });

  test('has its logs with it where they are asked for', async () => {
    const told: string[] = [];
    const { logs } = await fetch(worlds.pipelineWorld(), { ...endpoint, logs: true }, {}, (text) => told.push(text));
    expect(logs.group).toBe('/aws/sagemaker/Endpoints/shop-search');
    expect(logs.lines.some(({ message }) => message.includes('timed out'))).toBe(true);
    expect(told).toEqual(['Looking up endpoint shop-search', 'Reading metrics: 1 of 1 requests', 'Reading logs']);
  });

  test('serves on without its configuration and model; what they would tell is found elsewhere', async () => {
    const { Endpoint = {} } = worlds.pipelineWorld().sagemaker;
    const monitored = await fetch({ ...worlds.pipelineWorld(), sagemaker: { Endpoint } }, endpoint);
    expect(monitored.subject.variants[1]).toMatchObject({ name: 'green', containers: ['clean', 'embed', 'rank'] });
    expect(details(monitored)).toEqual([
      expect.stringMatching(/^no data: There is no endpoint configuration \S+ any more\. Instance types and containers/),
    ]);
  });

  test('that was deleted is told of as far as CloudWatch and the logs still know it', async () => {
    const world = { ...worlds.pipelineWorld(), sagemaker: {} };
    // After two weeks the list of metrics has forgotten it.
    for (const days of [0, 20]) {
      const span = { startSeconds: START, endSeconds: START + 10_800 };
      const monitored = await fetch(later(world, days), { ...endpoint, ...span });
      expect(monitored.subject.variants).toEqual(
        ['blue', 'green'].map((name) => ({ name, containers: ['clean', 'embed', 'rank'] })),
      );
      expect(new Set(monitored.series.map(({ metric }) => metric))).toContain('ContainerLatency');
      expect(details(monitored)).toEqual([
        'no data: SageMaker has no endpoint shop-search any more: this is what CloudWatch still has of it.',
      ]);
      if (days === 0) await server.stop();
    }
  });
});

describe('a job', () => {
  const hostsOf = ({ series }: Awaited<ReturnType<typeof fetch>>) => [
    ...new Set(series.map(({ dimensions }) => dimensions.Host)),
  ];

  test('for training has its phases, its own time, and hosts without looking for them', async () => {
    const monitored = await fetch(worlds.trainingWorld(), { kind: 'training job', name: worlds.TRAINING, logs: false });
    const { subject, startSeconds, endSeconds } = monitored;
    expect(subject).toMatchObject({ status: 'Completed', instanceType: 'ml.p3.8xlarge', instanceCount: 2 });
    expect(subject.phases.map(({ status }) => status)).toEqual(['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
    expect([startSeconds, endSeconds]).toEqual([START, START + 88 * 60]);
    expect(hostsOf(monitored)).toEqual([1, 2].map((n) => `${worlds.TRAINING}/algo-${n}`));
    expect(server.asked.map(({ action }) => action)).toEqual(['DescribeTrainingJob', 'GetMetricData']);
  });

  test.each([0, 20])('for transform has its instances, %i days after it', async (days) => {
    const asked = { kind: 'transform job', name: worlds.TRANSFORM, logs: false } as const;
    const monitored = await fetch(later(worlds.transformWorld(), days), asked);
    expect(hostsOf(monitored)).toEqual([`${worlds.TRANSFORM}/i-0a9b8c7d6e5f4a3b2`]);
    expect(new Set(monitored.series.map(({ metric }) => metric))).toEqual(
      new Set(['CPUUtilization', 'MemoryUtilization', 'GPUUtilization', 'GPUMemoryUtilization']),
    );
  });

  test('that failed before there were metrics is told of all the same', async () => {
    const world = { ...worlds.processingWorld(), metrics: [] };
    const monitored = await fetch(world, { kind: 'processing job', name: worlds.PROCESSING, logs: true });
    expect(monitored.subject.failureReason).toContain('137');
    expect(monitored.logs.lines.map(({ message }) => message)).toEqual([expect.stringContaining('MemoryError')]);
    expect(details(monitored)).toEqual([
      expect.stringMatching(
        /^no data: CloudWatch has no data of processing job features.*status is Failed.*any of the last 455 days/,
      ),
    ]);
  });
});

describe('what is not allowed', () => {
  test('becomes damage that names the action, where a report makes sense without it', async () => {
    const denied = ['DescribeEndpointConfig', 'DescribeLogStreams', 'FilterLogEvents', 'ListMetrics'];
    const monitored = await fetch(worlds.pipelineWorld(), { ...endpoint, logs: true }, { denied });
    expect(monitored.series.length).toBeGreaterThan(50);
    const actions = monitored.damage.map(({ kind, detail }) => `${kind} ${/allow (\S+)/.exec(detail)?.[1]}`);
    expect(actions.sort()).toEqual([
      'not allowed cloudwatch:ListMetrics',
      'not allowed logs:DescribeLogStreams',
      'not allowed logs:FilterLogEvents',
      'not allowed sagemaker:DescribeEndpointConfig',
    ]);
  });

  test('is named all at once where there can be no report', async () => {
    const denied = ['GetMetricData', 'DescribeEndpoint', 'FilterLogEvents'];
    await expect(fetch(worlds.pipelineWorld(), { ...endpoint, logs: true }, { denied })).rejects.toThrow(
      'cannot read the metrics of endpoint shop-search: access denied: your credentials need cloudwatch:GetMetricData there. ' +
        'All that your credentials lack: cloudwatch:GetMetricData, logs:FilterLogEvents and sagemaker:DescribeEndpoint.',
    );
  });
});

describe('where there is nothing, it says what there is:', () => {
  test.each([
    [
      'a like name',
      { ...endpoint, name: 'shop-serch' },
      'there is no endpoint shop-serch in eu-west-1: did you mean shop-search?',
    ],
    [
      'something of another kind',
      { ...endpoint, kind: 'training job' as const },
      'there is no training job shop-search in eu-west-1: an endpoint is called so: `profiler-report monitor endpoint shop-search`.',
    ],
    ['the newest', { ...endpoint, name: 'zzz' }, 'there is no endpoint zzz in eu-west-1: the newest are shop-search.'],
    ['other variants', { ...endpoint, variant: 'red' }, 'endpoint shop-search has no variant red: it has blue and green.'],
  ])('%s', async (_, asked, text) => {
    await expect(fetch(worlds.pipelineWorld(), asked)).rejects.toThrow(text);
  });

  test('when there was traffic last', async () => {
    await expect(fetch(later(worlds.pipelineWorld(), 20), endpoint)).rejects.toThrow(
      /no data of endpoint shop-search in eu-west-1 from .* \(its status is InService\)\. The last invocations were on 2026-11-02: ask with --start 2026-11-02 --end 2026-11-03\.$/,
    );
  });

  test('when there was traffic last, without an end that is still to come', async () => {
    await expect(fetch(later(worlds.pipelineWorld(), 0.3), endpoint)).rejects.toThrow(
      /The last invocations were on 2026-11-02: ask with --start 2026-11-02\.$/,
    );
  });

  test.each([5, 20])('when there was traffic last, of an endpoint deleted since, after %i days', async (days) => {
    const world = later({ ...worlds.pipelineWorld(), sagemaker: {} }, days);
    await expect(fetch(world, endpoint)).rejects.toThrow(
      /no data of endpoint shop-search .* \(its status is deleted\)\. The last invocations were on 2026-11-02: ask with/,
    );
  });

  test('no more than it may ask for', async () => {
    const refused = fetch(worlds.pipelineWorld(), { ...endpoint, name: 'shop-serch' }, { denied: ['ListEndpoints'] });
    await expect(refused).rejects.toThrow(/sagemaker:ListEndpoints allowed/);
  });
});

test.each([
  [{ ...endpoint, name: 'no/name' }, '"no/name" is not the name of an endpoint'],
  [{ ...endpoint, startSeconds: 9, endSeconds: 9 }, 'the start is not before the end'],
])('refuses what cannot be asked for, before anything is asked', async (asked, text) => {
  await expect(fetch(worlds.pipelineWorld(), asked)).rejects.toThrow(text);
  expect(server.asked).toEqual([]);
});
