import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterEach, expect, test } from 'vitest';
import { readMetrics } from '../../src/cloudwatch/metrics.ts';
import { queriesFor } from '../../src/cloudwatch/queries.ts';
import { tolerance } from '../../src/cloudwatch/tolerance.ts';
import { START } from '../monitored.ts';
import { clientConfig } from './client-config.ts';

let server: Server;
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** What is made of these answers, one after the other; the last one comes again and again. */
async function readFrom(...answers: readonly object[]) {
  let asked = 0;
  server = createServer((request, response) => {
    request.resume();
    const answer = answers[Math.min(asked++, answers.length - 1)];
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new CloudWatchClient(clientConfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const queries = queriesFor('training job', [{ Host: 'churn/algo-1' }]).slice(0, 3);
  const sampling = { startSeconds: START, endSeconds: START + 180, periodSeconds: 60 };
  const tolerated = tolerance();
  const series = await readMetrics(client, queries, sampling, { tolerance: tolerated, onProgress: () => {} });
  return { series, damage: tolerated.damage.map(({ kind, detail }) => `${kind}: ${detail}`), asked };
}

const result = (Id: string, StatusCode: string, minutes: readonly number[], more: object = {}) => ({
  Id,
  StatusCode,
  Timestamps: minutes.map((minute) => START + minute * 60),
  Values: minutes,
  ...more,
});

test('data that come in parts are whole where the last part says so', async () => {
  const { series, damage, asked } = await readFrom(
    { MetricDataResults: [result('m0', 'PartialData', [0])], NextToken: 'more' },
    { MetricDataResults: [result('m0', 'Complete', [1, 2])] },
  );
  expect(asked).toBe(2);
  expect(series.map(({ values }) => values)).toEqual([Float64Array.of(0, 1, 2)]);
  expect(damage).toEqual([]);
});

test('data that stay partial, and what CloudWatch says of them, are told', async () => {
  const { series, damage } = await readFrom({
    MetricDataResults: [
      result('m0', 'PartialData', [0]),
      result('m1', 'InternalError', [0, 1], { Messages: [{ Code: 'Slow', Value: 'try \u202eagain' }] }),
    ],
    Messages: [{ Code: 'MaxMetricsExceeded', Value: 'Maximum number of allowed metrics exceeded' }],
  });
  expect(series).toHaveLength(2);
  expect(damage).toEqual([
    'left out: CloudWatch said of its data: MaxMetricsExceeded: Maximum number of allowed metrics exceeded',
    'left out: CloudWatch said of its data: Slow: try \\u202eagain',
    'left out: CloudWatch did not give all data of CPUUtilization Average and 1 other series (PartialData): they may have gaps.',
  ]);
});

test('pages without an end are left', async () => {
  await expect(readFrom({ MetricDataResults: [], NextToken: 'same' })).rejects.toThrow('page after page and no end');
});
