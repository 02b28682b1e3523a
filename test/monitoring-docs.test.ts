import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { parseCondition } from '../src/conditions/parse.ts';
import { readCloudWatch } from '../src/formats/cloudwatch.ts';
import { command, newFolder } from './cli/command.ts';
import { clientConfig } from './cloudwatch/client-config.ts';
import { startCloudWatchServer } from './cloudwatch/server.ts';
import { pipelineWorld } from './cloudwatch/worlds.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/monitoring.md');
const sources = globSync('src/cloudwatch/**/*.ts', { cwd: root }).map(read).join('\n');

test('the policy allows what the code calls, and no more', () => {
  const policy: { Statement: { Action: string[] }[] } = JSON.parse(read('docs/monitoring-policy.json'));
  const allowed = policy.Statement.flatMap(({ Action }) => Action).sort();
  const named = new Set(sources.match(/\b(?:cloudwatch|logs|sagemaker):[A-Z]\w+/g));
  expect([...named].sort()).toEqual(allowed);
  const called = [...sources.matchAll(/\bnew (\w+)Command\(|\bpaginate(\w+)\(/g)].map(([, command, pages]) => command ?? pages);
  expect([...new Set(called)].sort()).toEqual(allowed.map((action) => action.split(':')[1]).sort());
});

test('conditions in the documentation can be read', () => {
  const given = [page, read('README.md')].flatMap((text) => [...text.matchAll(/--fail-on '([^']+)'/g)]);
  const listed = [...page.matchAll(/^\| `([^`]+ [<>] [^`]+)` \|/gm)];
  expect(given.length).toBeGreaterThan(2);
  expect(listed.length).toBeGreaterThan(4);
  const conditions = [...given, ...listed];
  for (const [, condition = ''] of conditions) expect(() => parseCondition(condition, 'endpoint')).not.toThrow();
});

test('the queries shown, and what CloudWatch answers to them, are a report', async () => {
  const queries = /```json\n(\[.*?\])\n```/s.exec(page)?.[1] ?? '';
  const [, start = '', end = ''] = /--start-time (\S+) --end-time (\S+)/.exec(page) ?? [];
  const server = await startCloudWatchServer(pipelineWorld());
  const client = new CloudWatchClient({ ...clientConfig(server.endpoint), disableRequestCompression: true });
  const asked = { MetricDataQueries: JSON.parse(queries), StartTime: new Date(start), EndTime: new Date(end) };
  const { MetricDataResults } = await client.send(new GetMetricDataCommand(asked));
  await server.stop();
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
  const files = [file('queries.json', queries), file('metrics.json', JSON.stringify({ MetricDataResults, Messages: [] }))];
  const { series, damage, subject } = readCloudWatch(files, {
    kind: 'endpoint',
    name: 'shop-search',
    instanceType: 'ml.c5.xlarge',
  });
  expect(series.map(({ metric, statistic, values }) => `${metric} ${statistic} ${values.length}`).sort()).toEqual([
    'Invocations Sum 180',
    'MemoryUtilization Maximum 180',
    'ModelLatency p99 180',
  ]);
  expect(damage).toEqual([]);
  expect(subject.variants).toMatchObject([{ name: 'blue', instanceType: 'ml.c5.xlarge' }]);
});

test('the example of the README runs on the file that the project makes', async () => {
  const [, line = ''] = /^profiler-report (monitor .* --from \S+)$/m.exec(read('README.md')) ?? [];
  const args = line.split(' ');
  const [folder = '', file] = args.at(-1)?.split('/') ?? [];
  expect(file).toBe('example-endpoint.json');
  const cwd = newFolder();
  execFileSync(process.execPath, [join(root, 'scripts/example-endpoint.ts'), join(cwd, folder)]);
  const { code, stdout } = await command(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^shop-search: \d+ issues/) });
});
