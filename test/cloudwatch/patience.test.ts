import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListEndpointsCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, expect, test } from 'vitest';
import { clientsFor } from '../../src/cloudwatch/clients.ts';
import { awsError } from '../../src/stores/aws-errors.ts';
import { cleanAwsEnvironment } from '../aws-environment.ts';

const REQUEST = { action: 'cloudwatch:ListMetrics', verb: 'list', resource: 'metrics' };
const before = { ...process.env };
let server: Server;
afterEach(async () => {
  process.env = { ...before };
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function clientsOf(answer: (response: ServerResponse) => void) {
  server = createServer((request, response) => {
    request.resume();
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-west-1' };
  process.env = { ...before, ...cleanAwsEnvironment({ AWS_ENDPOINT_URL, ...keys }) };
  return clientsFor({}, 0.4);
}

test.each([
  ['does not answer', () => {}],
  [
    'never ends its answer',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    },
  ],
])('a server that %s is given up, with one line', async (_, answer) => {
  const { cloudwatch, logs, sagemaker } = await clientsOf(answer);
  const asked = [
    cloudwatch.send(new ListMetricsCommand({})),
    logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/sagemaker/TrainingJobs' })),
    sagemaker.send(new ListEndpointsCommand({})),
  ];
  for (const one of await Promise.allSettled(asked)) {
    expect(one.status).toBe('rejected');
    const { message } = awsError((one as PromiseRejectedResult).reason, REQUEST) as Error;
    expect(message).toBe('cannot list metrics: no whole answer in time: check the network, --region and AWS_ENDPOINT_URL.');
  }
});

test.each([
  ['a page of a network that wants a login', 200, '<html>'],
  ['a redirection', 302, ''],
  ['another redirection', 301, ''],
])('%s is not taken for AWS', async (_, status, body) => {
  const { cloudwatch } = await clientsOf((response) => response.writeHead(status, { location: '/login' }).end(body));
  const error = await cloudwatch.send(new ListMetricsCommand({})).catch((reason: unknown) => reason);
  expect((awsError(error, REQUEST) as Error).message).toBe(
    'cannot list metrics: what answered is not AWS: check AWS_ENDPOINT_URL and the network.',
  );
});
