import { CloudWatchClient, PutMetricDataCommand, type StandardUnit } from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { fetchMonitored } from '../../src/cloudwatch/index.ts';
import { testKeys, useAwsEnvironment } from '../aws-environment.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { clientConfig } from './client-config.ts';
import { reported, rowsOf } from './fetched.ts';

let moto: Moto;
beforeAll(async () => {
  if (hasMoto) moto = await startMoto();
}, 90_000);
afterAll(() => moto?.stop());
afterEach(() => vi.unstubAllEnvs());

const MINUTES = 5;
const startSeconds = Math.floor(Date.now() / 3_600_000) * 3600 - 3600;

/** One value a minute: 10, 11, ... */
async function put(Namespace: string, MetricName: string, dimensions: Record<string, string>, Unit: StandardUnit) {
  const client = new CloudWatchClient({ ...clientConfig(moto.endpoint), disableRequestCompression: true });
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const MetricData = Array.from({ length: MINUTES }, (_, minute) => ({
    MetricName,
    Dimensions,
    Unit,
    Value: 10 + minute,
    Timestamp: new Date((startSeconds + minute * 60) * 1000),
  }));
  await client.send(new PutMetricDataCommand({ Namespace, MetricData }));
  client.destroy();
}

/** A smoke test of the real protocols: this server fails where a percentile has data, and does not tell namespaces apart where there are dimensions. */
test.runIf(hasMoto)('reads what the SDK put into another server', { timeout: 60_000 }, async () => {
  const blue = { EndpointName: 'shop-search', VariantName: 'blue' };
  await put('AWS/SageMaker', 'Invocations', blue, 'Count');
  await put('/aws/sagemaker/Endpoints', 'MemoryUtilizaton', blue, 'Percent');
  useAwsEnvironment({ ...testKeys, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: moto.endpoint });
  const span = { startSeconds, endSeconds: startSeconds + MINUTES * 60 };
  const monitored = await fetchMonitored({ kind: 'endpoint', name: 'shop-search', ...span, logs: true }, {});
  expect(monitored.subject.variants.map(({ name }) => name)).toEqual(['blue']);
  const seriesOf = (name: string, of: string) =>
    monitored.series.find(({ metric, statistic }) => metric === name && statistic === of);
  expect(seriesOf('Invocations', 'Sum')?.values).toEqual(Float64Array.of(10, 11, 12, 13, 14));
  expect(seriesOf('MemoryUtilization', 'Maximum')).toMatchObject({ unit: 'Percent', periodSeconds: 60 });
  const rows = rowsOf(await reported(monitored), 'metrics-read');
  expect(rows.map(({ Metric }) => Metric)).toContain('MemoryUtilization');
});
