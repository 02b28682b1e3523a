import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, expect, test } from 'vitest';
import { START } from '../monitored.ts';
import { clientConfig } from './client-config.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from './server.ts';
import { worldOf } from './world.ts';
import { BAD_MINUTES, PIPELINE, pipelineWorld } from './worlds.ts';

const running: CloudWatchServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function clientOf(world = pipelineWorld(), settings: ServerSettings = {}) {
  const server = await startCloudWatchServer(world, settings);
  running.push(server);
  return new CloudWatchLogsClient(clientConfig(server.endpoint));
}

const logGroupName = `/aws/sagemaker/Endpoints/${PIPELINE}`;

test('lists streams by name or by their last event, in pages', async () => {
  const client = await clientOf();
  const first = await client.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: 'green/', limit: 2 }));
  expect(first.logStreams?.map(({ logStreamName }) => logStreamName?.split('/').at(-1))).toEqual(['clean', 'embed']);
  const { nextToken } = first;
  const { logStreams, ...rest } = await client.send(
    new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: 'green/', limit: 2, ...(nextToken ? { nextToken } : {}) }),
  );
  expect(logStreams?.map(({ logStreamName }) => logStreamName?.split('/').at(-1))).toEqual(['rank']);
  expect(rest.nextToken).toBeUndefined();
  const byTime = new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', logStreamNamePrefix: 'green/' });
  await expect(client.send(byTime)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('finds lines of any of several terms within a span, page by page', async () => {
  const client = await clientOf(pipelineWorld(), { eventsPerPage: 400 });
  const input = {
    logGroupName,
    filterPattern: '?ERROR ?Traceback',
    startTime: START * 1000,
    endTime: (START + 65 * 60) * 1000,
  };
  const pages: number[] = [];
  const streams = new Set<string>();
  let nextToken: string | undefined;
  do {
    const answer = await client.send(new FilterLogEventsCommand({ ...input, ...(nextToken ? { nextToken } : {}) }));
    pages.push(answer.events?.length ?? 0);
    for (const { logStreamName = '' } of answer.events ?? []) streams.add(logStreamName.split('/').at(-1) ?? '');
    nextToken = answer.nextToken;
  } while (nextToken);
  // 5 bad minutes of three late requests, one lost connection and one traceback; before them a whole page of nothing.
  expect(pages[0]).toBe(0);
  expect(pages.reduce((sum, events) => sum + events, 0)).toBe(5 * 3 + 1 + 1);
  expect([...streams].sort()).toEqual(['embed', 'rank']);
});

test.each([
  ['ERROR', ['ERROR one', 'ERROR two']],
  ['ERROR two', ['ERROR two']],
  ['ERROR -two', ['ERROR one']],
  ['?two ?INFO', ['ERROR two', 'INFO up']],
  ['"R one"', ['ERROR one']],
  ['error', []],
  ['%ERR|\\sup%', ['ERROR one', 'ERROR two', 'INFO up']],
  ['%tw[o]$%', ['ERROR two']],
])('understands the pattern %s', async (filterPattern, found) => {
  const lines = ['ERROR one', 'ERROR two', 'INFO up'].map((message, i) => ({ timestamp: START * 1000 + i, message }));
  const client = await clientOf(worldOf({ nowSeconds: START, logs: { [logGroupName]: { one: lines } } }));
  const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
  expect(events.map(({ message }) => message)).toEqual(found);
});

test.each(['a-b', '%a b%', '%(a)%', '%a'])('refuses %s, which needs quotes or is no such expression', async (filterPattern) => {
  const client = await clientOf();
  const asked = client.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
  await expect(asked).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(`'${filterPattern}'`),
  });
});

test('gives the lines of one stream from its end or its head', async () => {
  const client = await clientOf();
  const stream = { logGroupName, logStreamName: 'green/i-0d4e5f6a7b8c9d0e1/clean', limit: 3 };
  const minute = ({ timestamp = 0 }: { timestamp?: number | undefined }) => Math.floor((timestamp / 1000 - START) / 60);
  const last = await client.send(new GetLogEventsCommand(stream));
  expect(last.events?.map(minute)).toEqual([177, 178, 179]);
  const before = await client.send(new GetLogEventsCommand({ ...stream, nextToken: last.nextBackwardToken }));
  expect(before.events?.map(minute)).toEqual([174, 175, 176]);
  const bad = { startTime: (START + BAD_MINUTES.from * 60) * 1000, endTime: (START + (BAD_MINUTES.from + 2) * 60) * 1000 };
  const spanned = await client.send(new GetLogEventsCommand({ ...stream, ...bad, startFromHead: true }));
  expect(spanned.events?.map(minute)).toEqual([60, 61]);
  const end = await client.send(
    new GetLogEventsCommand({ ...stream, ...bad, startFromHead: true, nextToken: spanned.nextForwardToken }),
  );
  expect(end).toMatchObject({ events: [], nextForwardToken: spanned.nextForwardToken });
});

test('says what is not there', async () => {
  const client = await clientOf();
  const none = { name: 'ResourceNotFoundException' };
  await expect(client.send(new FilterLogEventsCommand({ logGroupName: 'other' }))).rejects.toMatchObject(none);
  await expect(client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'other' }))).rejects.toMatchObject(none);
});
