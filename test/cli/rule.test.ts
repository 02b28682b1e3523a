import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { rule } from '../../src/cli/commands/rule.ts';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import { exampleJob, writeProfilerOutput } from '../fixtures/example-job/index.ts';
import { command, newFolder } from './command.ts';
import { contentsOf } from './jobs.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/mnist-profilerreport-1648879000';
const ENDPOINT = 'https://stats.example.org/count';

interface Given {
  readonly config?: unknown;
  readonly hosts?: unknown;
  readonly environment?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly data?: boolean;
}

/** What SageMaker puts below /opt/ml for a rule, and a run of the rule in it. */
async function ruleIn({ config, hosts, environment = {}, env = {}, data = true }: Given = {}) {
  const root = newFolder();
  const input = '/opt/ml/processing/input/profiler';
  if (data) writeProfilerOutput(join(root, input), { ...exampleJob, minutes: 14, nodes: 1 });
  mkdirSync(join(root, 'opt/ml/config'), { recursive: true });
  const told = {
    ProcessingJobArn: ARN,
    ProcessingInputs: [{ InputName: 'profiler', S3Input: { LocalPath: input, S3DataType: 'S3Prefix' } }],
    ProcessingOutputConfig: { Outputs: [{ OutputName: 'rule', S3Output: { LocalPath: '/opt/ml/processing/output/rule' } }] },
    Environment: environment,
  };
  const write = (name: string, value: unknown) =>
    writeFileSync(join(root, 'opt/ml/config', name), typeof value === 'string' ? value : JSON.stringify(value));
  write('processingjobconfig.json', config ?? told);
  write('resourceconfig.json', hosts ?? { current_host: 'algo-1', hosts: ['algo-1'] });
  const ended = await command(['rule', '--root', root, '--patience', '0'], { env: { HOME: newFolder(), ...env } });
  const output = join(root, 'opt/ml/processing/output/rule/profiler-output');
  const read = (name: string) => readFileSync(join(output, name), 'utf8');
  return { ...ended, root, output, read };
}

test('reports, findings and the eleven rule files lie where SageMaker picks them up, with the ARN of the job', async () => {
  const { code, stderr, root, output, read } = await ruleIn();
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(readdirSync(join(output, 'profiler-reports')).sort()).toEqual(RULE_NAMES.map((name) => `${name}.json`).sort());
  expect(readdirSync(output).sort()).toEqual([
    'findings.json',
    'profiler-report.html',
    'profiler-report.ipynb',
    'profiler-report.json',
    'profiler-reports',
  ]);
  expect(JSON.parse(read('profiler-report.json')).job.processingJobArn).toBe(ARN);
  expect(readFileSync(join(root, 'opt/ml/output/message'), 'utf8')).toMatch(
    /^5 issues, 4 ok, 0 not judged, 0 errors: LoadBalancing \(3 unequal pairs\)/,
  );
});

test.each([
  [{ beacon_endpoint: ENDPOINT }, true],
  [{ beacon_endpoint: ENDPOINT, opt_out_telemetry: 'True' }, false],
  [{}, false],
])('with %j, html and notebook may ask: %s', async (environment: Record<string, string>, asks) => {
  const { read } = await ruleIn({ environment });
  for (const name of ['profiler-report.html', 'profiler-report.ipynb']) {
    expect(read(name).includes('x-artifact-id')).toBe(asks);
    expect(read(name).includes(ENDPOINT)).toBe(asks);
  }
});

test('parameters come from the environment of the job and of the process', async () => {
  const { read } = await ruleIn({
    environment: { LowGPUUtilization_threshold_p95: '81' },
    env: { steOutlier_n: '1', stepoutlier_N_OUTLIERS: '7' },
  });
  expect(read('profiler-reports/LowGPUUtilization.json')).toContain('threshold_p95:81');
  expect(read('profiler-reports/StepOutlier.json')).toContain('n_outliers:7');
});

test('a parameter that no rule has ends the rule with one line', async () => {
  const { code, stderr } = await ruleIn({ environment: { LowGPUUtilization_threshhold_p95: '81' } });
  expect(code).toBe(2);
  expect(stderr).toMatch(/threshhold_p95 .*threshold_p95/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('of several hosts the first one makes the report', async () => {
  const { code, stdout, output } = await ruleIn({ hosts: { current_host: 'algo-2', hosts: ['algo-2', 'algo-1'] } });
  expect(code).toBe(0);
  expect(stdout).toBe('Another host of this job makes the report.\n');
  expect(existsSync(output)).toBe(false);
});

test.each([
  ['no data', { data: false }, /no profiler output in profiler \(.*\/opt\/ml\/processing\/input\/profiler\)/],
  ['another rule', { environment: { rule_to_invoke: 'VanishingGradient' } }, /rule_to_invoke is "VanishingGradient"/],
  ['a broken configuration', { config: '{' }, /processingjobconfig\.json is not JSON/],
  ['another configuration', { config: { ProcessingInputs: 3 } }, /ProcessingInputs/],
])('%s: one line that says so', async (_, given, message) => {
  const { code, stderr } = await ruleIn(given as Given);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('while the job runs the report is made again as data comes, and a last time at its end', async () => {
  const [root, source] = [newFolder(), newFolder()];
  writeProfilerOutput(source, { ...exampleJob, minutes: 6, nodes: 1, framework: false });
  const files = [...contentsOf(join(source, 'profiler-output'))].sort(([a], [b]) => (a < b ? -1 : 1));
  const [marker = [], samples] = [
    files.filter(([path]) => path.endsWith('.ts')).at(0),
    files.filter(([path]) => path.endsWith('.json')),
  ];
  const put = ([path = '', text = '']: readonly string[]) => {
    const target = join(root, 'opt/ml/processing/input/profiler', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  mkdirSync(join(root, 'opt/ml/config'), { recursive: true });
  writeFileSync(join(root, 'opt/ml/config/processingjobconfig.json'), JSON.stringify({ ProcessingJobArn: ARN }));
  // The first file is cut off: there is nothing to read in it yet.
  put([samples[0]?.[0] ?? '', '{']);
  const rounds = [() => put(samples[0] ?? []), () => undefined, () => samples.map(put), () => put(marker)];
  const terminal = { stdout: new PassThrough(), stderr: new PassThrough(), env: { HOME: newFolder() } };
  const waits: number[] = [];
  await rule({ root, patience: 15 }, terminal, async (milliseconds) => {
    waits.push(milliseconds);
    rounds[waits.length - 1]?.();
  });
  const printed = String(terminal.stdout.read());
  expect(waits).toEqual([60_000, 60_000, 60_000, 60_000]);
  expect(printed).toMatch(/^Not yet: none of the 1 file/);
  expect(printed.match(/Wrote/g)).toHaveLength(2);
  expect(readFileSync(join(root, 'opt/ml/output/message'), 'utf8')).toMatch(/not judged/);
});

test('outside of a container it says where it runs', async () => {
  const { code, stderr } = await command(['rule', '--root', newFolder()]);
  expect(code).toBe(2);
  expect(stderr).toContain('runs in a container of SageMaker Processing');
});
