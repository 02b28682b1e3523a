import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, expect, test } from 'vitest';
import { fetchLogs, type LogsAsked } from '../../src/cloudwatch/logs.ts';
import type { Subject } from '../../src/model/monitored.ts';
import { START } from '../monitored.ts';
import { clientConfig } from './client-config.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from './server.ts';
import { type World, worldOf } from './world.ts';
import { BAD_MINUTES, PASSWORD, PIPELINE, pipelineWorld, TRAINING, trainingWorld } from './worlds.ts';

const running: CloudWatchServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** Logs, and what was noted, as `kind: sentence`. */
async function fetched(
  subject: Pick<Subject, 'kind' | 'name'>,
  asked: Partial<LogsAsked> = {},
  world: World = pipelineWorld(),
  settings: ServerSettings = {},
) {
  const server = await startCloudWatchServer(world, settings);
  running.push(server);
  const noted: string[] = [];
  const client = new CloudWatchLogsClient(clientConfig(server.endpoint));
  const logs = await fetchLogs(
    client,
    subject,
    { startSeconds: START, endSeconds: START + 3 * 3600, ...asked },
    {
      note: (kind, detail) => noted.push(`${kind}: ${detail}`),
      ask: async (_request, _lost, ask) => ask(),
    },
  );
  return { logs, noted, server };
}

const pipeline = { kind: 'endpoint', name: PIPELINE } as const;

test('finds the error lines of an endpoint, masked, in order of time', async () => {
  const { logs, noted } = await fetched(pipeline);
  expect(noted).toEqual([]);
  expect(logs).toMatchObject({ group: `/aws/sagemaker/Endpoints/${PIPELINE}`, leftOut: 0 });
  expect(logs.lines.map(({ message }) => message)).toContainEqual(expect.stringContaining('ERROR'));
  expect(logs.lines.map(({ message }) => message)).not.toContainEqual(expect.stringContaining('INFO'));
  expect(JSON.stringify(logs)).not.toContain(PASSWORD);
  expect(JSON.stringify(logs)).toContain('[masked: password]');
  const seconds = logs.lines.map((line) => line.seconds);
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
});

test('of one variant only its own streams', async () => {
  const { logs } = await fetched(pipeline, { variant: 'green' });
  expect(logs.lines.length).toBeGreaterThan(0);
  expect(logs.lines.every(({ stream }) => stream.startsWith('green/'))).toBe(true);
});

test('keeps all lines around a spike, each once', async () => {
  const spike = { startSeconds: START + BAD_MINUTES.from * 60, periodSeconds: 60 };
  const { logs } = await fetched(pipeline, { spikes: [spike, spike] });
  const around = logs.lines.filter(({ seconds }) => Math.abs(seconds - spike.startSeconds - 30) <= 90);
  expect(around.some(({ message }) => message.includes('INFO'))).toBe(true);
  expect(around.some(({ message }) => message.includes('ERROR'))).toBe(true);
  const keys = logs.lines.map(({ seconds, stream, message }) => `${seconds} ${stream} ${message}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(['INFO', '^INFO|nothing'])('keeps lines that match %s as well', async (grep) => {
  const without = await fetched(pipeline);
  const { logs } = await fetched(pipeline, { grep });
  expect(logs.grep).toBe(grep);
  expect(logs.lines.length).toBeGreaterThan(without.logs.lines.length);
});

test('says in one line that a pattern is none, before anything is asked', async () => {
  const asked = fetched(pipeline, { grep: '(' });
  await expect(asked).rejects.toThrow("--grep '(' is no regular expression");
  expect(running.at(-1)?.asked).toEqual([]);
});

test('of a job only its own streams, and no line of another job', async () => {
  const group = '/aws/sagemaker/TrainingJobs';
  const line = { timestamp: START * 1000, message: 'ERROR of another' };
  const world = trainingWorld();
  const { logs } = await fetched(
    { kind: 'training job', name: TRAINING },
    { grep: '.' },
    {
      ...world,
      logs: { ...world.logs, [group]: { ...world.logs[group], [`${TRAINING}-2/algo-1-1`]: [line] } },
    },
  );
  expect(logs.lines.length).toBeGreaterThan(0);
  expect(logs.lines.every(({ stream }) => stream.startsWith(`${TRAINING}/`))).toBe(true);
});

test('says which log group is not there', async () => {
  const { logs, noted } = await fetched(pipeline, {}, worldOf({ nowSeconds: START }));
  expect(logs).toEqual({ lines: [], leftOut: 0 });
  expect(noted).toEqual([
    `no data: There is no log group /aws/sagemaker/Endpoints/${PIPELINE}: nothing was logged, or it was deleted.`,
  ]);
});

test('goes through all pages, keeps 10,000 lines and counts the rest', async () => {
  const events = Array.from({ length: 12_345 }, (_, i) => ({ timestamp: (START + i / 10) * 1000, message: `ERROR number ${i}` }));
  const world = worldOf({ nowSeconds: START, logs: { [`/aws/sagemaker/Endpoints/${PIPELINE}`]: { 'blue/i-1': events } } });
  const { logs, noted, server } = await fetched(pipeline, {}, world, { eventsPerPage: 500 });
  expect(logs.lines).toHaveLength(10_000);
  expect(logs.leftOut).toBe(2345);
  expect(noted).toEqual([]);
  expect(server.inputs('FilterLogEvents')).toHaveLength(25);
});

test('stops after a hundred pages and says from when on lines are missing', async () => {
  const events = Array.from({ length: 150 }, (_, i) => ({ timestamp: (START + i) * 1000, message: 'ERROR' }));
  const world = worldOf({ nowSeconds: START, logs: { [`/aws/sagemaker/Endpoints/${PIPELINE}`]: { 'blue/i-1': events } } });
  const { logs, noted } = await fetched(pipeline, {}, world, { eventsPerPage: 1 });
  expect(logs.lines).toHaveLength(100);
  expect(noted.join()).toMatch(/^left out: The log is too long .*2026-11-02T09:01:39.000Z is missing/);
});
