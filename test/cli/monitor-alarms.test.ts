import { afterEach, expect, test } from 'vitest';
import type { Alarm } from '../../src/conditions/alarms.ts';
import { testKeys } from '../aws-environment.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from '../cloudwatch/server.ts';
import { PIPELINE, pipelineWorld } from '../cloudwatch/worlds.ts';
import { command, newFolder } from './command.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const HOURS_AGO = Math.floor(Date.now() / 3_600_000) * 3600 - 3 * 3600;

let server: CloudWatchServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function monitor(args: readonly string[], settings: ServerSettings = {}) {
  server ??= await startCloudWatchServer(pipelineWorld({ startSeconds: HOURS_AGO }), settings);
  const env = { ...testKeys, AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: 'eu-west-1' };
  return command(['monitor', ...args], { cwd: newFolder(), env });
}
const alarms = (args: readonly string[], settings?: ServerSettings) => monitor(['alarms', 'endpoint', ...args], settings);
const named = (variant: string, rest: string) => `profiler-report/${PIPELINE}/${variant}/${rest}`;

test('prints a template of what the rules look for, for each variant that SageMaker has', async () => {
  const { code, stdout, stderr } = await alarms([PIPELINE]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { Resources } = JSON.parse(stdout);
  const metrics = ['Invocation5XXErrors', 'InvocationModelErrors', 'Invocation4XXErrors', 'ModelLatency'];
  const all = [...metrics, 'MemoryUtilization', 'DiskUtilization'];
  const watched = Object.values<{ Properties: Alarm }>(Resources).map(({ Properties: { MetricName, Dimensions } }) => [
    Dimensions[1]?.Value,
    MetricName,
  ]);
  expect(watched).toEqual(['blue', 'green'].flatMap((variant) => all.map((metric) => [variant, metric])));
  expect(server?.inputs('PutMetricAlarm')).toEqual([]);
});

test('creates them with --apply, each container by name, and tells what it did', async () => {
  const args = [PIPELINE, '--apply', '--variant', 'green', '--sns-topic', TOPIC, '--fail-on'];
  const first = await alarms([...args, 'ContainerLatency p90 > 100ms for 5m']);
  expect(first).toEqual({
    code: 0,
    stderr: '',
    stdout: `Alarms in eu-west-1\n${['clean', 'embed', 'rank'].map((name) => `  created  ${named('green', name)}/ContainerLatency p90 high\n`).join('')}`,
  });
  expect(server?.inputs<Alarm>('PutMetricAlarm').map(({ AlarmActions }) => AlarmActions)).toEqual([[TOPIC], [TOPIC], [TOPIC]]);
  const second = await alarms([...args, 'ContainerLatency p90 > 200ms for 5m on container rank']);
  expect(second.stdout).toBe(`Alarms in eu-west-1\n  updated  ${named('green', 'rank')}/ContainerLatency p90 high\n`);
});

test('asks nothing of AWS where variant and instance type are given', async () => {
  const { code, stdout } = await command([
    ...['monitor', 'alarms', 'endpoint', 'other', '--variant', 'blue', '--instance-type', 'ml.g5.12xlarge'],
    ...['--fail-on', 'GPUUtilization < 5% for 1h'],
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).Resources.BlueGPUUtilizationAverageLow.Properties).toMatchObject({
    Threshold: 20,
    EvaluationPeriods: 60,
  });
});

test('takes the variants from a file', async () => {
  const folder = newFolder();
  server = await startCloudWatchServer(pipelineWorld({ startSeconds: HOURS_AGO }));
  const env = { ...testKeys, AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: 'eu-west-1' };
  await command(['monitor', 'endpoint', PIPELINE, '--save', 'kept.json', '--no-logs', '-q'], { cwd: folder, env });
  const { code, stdout, stderr } = await command(
    ['monitor', 'alarms', 'endpoint', PIPELINE, '--from', 'kept.json', '--fail-on', 'CPUUtilization > 90%'],
    { cwd: folder },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(JSON.parse(stdout).Resources)).toEqual(['BlueCPUUtilizationAverageHigh', 'GreenCPUUtilizationAverageHigh']);
});

test.each<[string, readonly string[], RegExp, ServerSettings?]>([
  ['a wrong condition', [PIPELINE, '--fail-on', 'ModelLatncy > 1s'], /did you mean ModelLatency\?/],
  ['no topic', [PIPELINE, '--sns-topic', 'alarms'], /alarms is not the ARN of an SNS topic/],
  ['a topic elsewhere', [PIPELINE, '--sns-topic', TOPIC.replace('eu-west-1', 'us-east-1')], /the endpoint in eu-west-1/],
  ['no endpoint', ['shop-serch'], /there is no endpoint shop-serch in eu-west-1: .*shop-search/],
  ['no variant', [PIPELINE, '--variant', 'grey'], /endpoint shop-search has no variant grey: it has blue and green\./],
  ['a name', ['a_b'], /is not the name of an endpoint/],
  [
    'no look-up',
    [PIPELINE],
    /which variants shop-search has is not known: give --variant, or allow sagemaker:DescribeEndpoint\./,
    { denied: ['DescribeEndpoint'] },
  ],
  ['no permission', [PIPELINE, '--apply'], /cloudwatch:PutMetricAlarm/, { denied: ['PutMetricAlarm'] }],
])('%s is told in one line', async (_, args, line, settings) => {
  const { code, stdout, stderr } = await alarms(args, settings);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
  expect(stderr).toMatch(line);
});

test('--variant does where the variants may not be looked up', async () => {
  const { code, stdout } = await alarms([PIPELINE, '--variant', 'blue', '--fail-on', 'ModelLatency > 1s'], {
    denied: ['DescribeEndpoint'],
  });
  expect({ code, resources: Object.keys(JSON.parse(stdout).Resources) }).toEqual({
    code: 0,
    resources: ['BlueModelLatencyAverageHigh'],
  });
});

test.each([
  ['ContainerLatency p90 > 150ms for 30m', 1, /met +Cont.*\n +variant green, container rank: for 1 h/],
  ['ContainerLatency p90 > 150ms for 2h', 0, /not met +ContainerLatency/],
  ['Invocation5XXErrors rate > 10% for 30m on variant green', 1, /variant green: for 1 h/],
  ['Invocation5XXErrors rate > 10% for 30m on variant blue', 0, /not met +Invocation5XXErrors/],
  ['ModelSetupTime > 1s', 1, /not judged +ModelSetupTime[^\n]*\n +variant blue: no data points/],
])('monitor --fail-on %j ends with %i', async (condition, wanted, told) => {
  const { code, stdout, stderr } = await monitor(['endpoint', PIPELINE, '--no-logs', '--format', 'json', '--fail-on', condition]);
  expect({ code, stderr }).toEqual({ code: wanted, stderr: '' });
  expect(stdout).toMatch(told);
});

test('with -q the conditions that fail are still told, on standard error', async () => {
  const args = ['--no-logs', '--format', 'json', '-q', '--fail-on', 'ModelLatency > 1h', '--fail-on', 'ModelLatency > 1ms'];
  const wrong = await monitor(['endpoint', PIPELINE, ...args]);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('"1h" is not in a unit of Average of ModelLatency') });
  const { code, stdout, stderr } = await monitor(['endpoint', PIPELINE, ...args.with(5, 'ModelLatency > 60min')]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^ {2}met +ModelLatency Average > 1ms\n {4}variant blue: for [^\n]+\n {4}variant green: for [^\n]+\n$/);
});
