import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import { exampleJob, writeProfilerOutput } from '../fixtures/example-job/index.ts';
import { command, newFolder } from './command.ts';
import { contentsOf, REPORTS, rules, writeRules } from './jobs.ts';

const RULE_FILES = RULE_NAMES.map((name) => `profiler-reports/${name}.json`);
const MADE = ['findings.json', ...RULE_FILES].sort();

const source = mkdtempSync(join(tmpdir(), 'profiler-report-raw-'));
let job: string;
let raw: string;

beforeAll(() => writeProfilerOutput(source, { ...exampleJob, minutes: 12, nodes: 1, gpusPerNode: 2, coresPerNode: 4 }));
afterAll(() => rmSync(source, { recursive: true }));

beforeEach(() => {
  job = newFolder();
  raw = join(job, 'profiler-output');
  cpSync(source, job, { recursive: true });
});

const findingsOf = (place: string) => JSON.parse(contentsOf(place).get('findings.json') ?? '');
const rawFiles = () => new Map([...contentsOf(raw)]);
const fine = { code: 0, stderr: '' };

describe('analyze', () => {
  test('writes eleven rule files, findings beside, and nothing else; again over its own', async () => {
    const before = rawFiles();
    for (const _ of [1, 2]) expect(await command(['analyze', raw])).toMatchObject(fine);
    expect([...contentsOf(join(job, 'profiler-report')).keys()]).toEqual(MADE);
    expect(rawFiles()).toEqual(before);
    const { format, mode, rules: judged, ended, droppedByService, damage } = findingsOf(join(job, 'profiler-report'));
    expect({ format, mode, ended, damage }).toEqual({
      format: 'profiler-report findings',
      mode: 'fixed',
      ended: true,
      damage: [],
    });
    expect(judged).toHaveLength(11);
    expect(judged.every(({ verdict, reason }: Record<string, string>) => verdict !== 'error' && reason !== '')).toBe(true);
    expect(droppedByService.samples).toBeGreaterThan(0);
  });

  test.each(['.', 'profiler-output', 'profiler-output/system', 'profiler-output/system/incremental'])(
    'finds the data from %s',
    async (folder) => {
      const place = newFolder();
      expect(await command(['analyze', join(job, folder), '-o', place, '-q'])).toEqual({ ...fine, stdout: '' });
      expect([...contentsOf(place).keys()]).toEqual(MADE);
      expect(findingsOf(place).job.name).toBe(basename(job));
    },
  );

  test('a folder of another name gets its report inside, which is never read as input', async () => {
    cpSync(raw, join(job, 'data'), { recursive: true });
    rmSync(raw, { recursive: true });
    for (const _ of [1, 2]) expect(await command(['analyze', join(job, 'data')])).toMatchObject(fine);
    expect([...contentsOf(join(job, 'data/profiler-report')).keys()]).toEqual(MADE);
    const { stdout } = await command(['doctor', join(job, 'data')]);
    expect(stdout).not.toContain('Not used');
  });

  test('rule files that it made are read by generate where there is no raw data', async () => {
    expect(await command(['analyze', raw])).toMatchObject(fine);
    rmSync(raw, { recursive: true });
    expect(await command(['generate', job])).toMatchObject(fine);
    expect([...contentsOf(join(job, 'profiler-report')).keys()]).toEqual([...MADE, ...REPORTS].sort());
  });

  test('--json prints the findings', async () => {
    const { stdout } = await command(['analyze', raw, '--json', '-o', newFolder()]);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'profiler-report findings', mode: 'fixed' });
    expect(JSON.parse(stdout).written).toHaveLength(12);
  });

  test('--compat counts as the service did, and says so', async () => {
    const places = [newFolder(), newFolder()];
    expect(await command(['analyze', raw, '-o', places[0] as string, '--compat'])).toMatchObject(fine);
    expect(await command(['analyze', raw, '-o', places[1] as string])).toMatchObject(fine);
    const [compat, fixed] = places.map(findingsOf);
    expect([compat.mode, fixed.mode]).toEqual(['compat', 'fixed']);
    expect(compat.rules.every(({ issues }: { issues: unknown[] }) => issues.length === 0)).toBe(true);
    expect(fixed.rules.some(({ issues }: { issues: unknown[] }) => issues.length > 0)).toBe(true);
  });
});

describe('limits', () => {
  const parametersOf = (place: string, rule: string) =>
    JSON.parse(contentsOf(place).get(`profiler-reports/${rule}.json`) ?? '').RuleParameters;

  test('from --param win over those of the file', async () => {
    const [place, file] = [newFolder(), join(job, 'rule.json')];
    const parameters = {
      rule_to_invoke: 'ProfilerReport',
      opt_out_telemetry: 'True',
      CPUBottleneck_threshold: '60',
      iobottleneck_threshold: '65',
    };
    writeFileSync(
      file,
      JSON.stringify({ ProfilerRuleConfigurations: [{ RuleConfigurationName: 'ProfilerReport', RuleParameters: parameters }] }),
    );
    const args = [
      '--param',
      'LowGPUUtilization_threshold_p95=80',
      '--param',
      'cpubottleneck_THRESHOLD=70',
      '--rule-parameters',
      file,
    ];
    expect(await command(['analyze', raw, '-o', place, ...args])).toMatchObject(fine);
    expect(parametersOf(place, 'LowGPUUtilization')).toMatch(/^threshold_p95:80\n/);
    expect(parametersOf(place, 'CPUBottleneck')).toMatch(/^threshold:70\n/);
    expect(parametersOf(place, 'IOBottleneck')).toMatch(/^threshold:65\n/);
  });

  test('that changed replace the files of an earlier run, edited ones stay', async () => {
    const place = join(job, 'profiler-report');
    expect(await command(['analyze', raw])).toMatchObject(fine);
    expect(await command(['analyze', raw, '--param', 'BatchSize_patience=10'])).toMatchObject(fine);
    expect(parametersOf(place, 'BatchSize')).toContain('patience:10\n');
    writeFileSync(join(place, 'profiler-reports/BatchSize.json'), '{"RuleTriggered": 99}');
    const refused = await command(['analyze', raw]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toBe(
      `profiler-report: profiler-reports/BatchSize.json in ${place} differs from the rule files made from the raw data: choose another place with -o, or overwrite with --force.\n`,
    );
    expect(await command(['analyze', raw, '--force'])).toMatchObject(fine);
    expect(parametersOf(place, 'BatchSize')).toContain('patience:1000\n');
  });

  test('rule files of the service at the place stay', async () => {
    const place = newFolder();
    writeRules(join(place, 'profiler-reports'));
    const { code, stderr } = await command(['analyze', raw, '-o', place]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/differ from the rule files made from the raw data: /),
    });
    for (const [name, text] of rules) expect(contentsOf(place).get(`profiler-reports/${name}`)).toBe(text);
  });

  test('findings.json of somebody else stays', async () => {
    const place = newFolder();
    writeFileSync(join(place, 'findings.json'), '{"format": "mine"}');
    const { stderr } = await command(['analyze', raw, '-o', place]);
    expect(stderr).toMatch(/^profiler-report: findings\.json in .* was not made by profiler-report: /);
    expect([...contentsOf(place).keys()]).toEqual(['findings.json']);
  });
});

describe('generate', () => {
  test('judges raw data on the way, and again', async () => {
    for (const _ of [1, 2]) {
      const { code, stdout, stderr } = await command(['generate', job]);
      expect({ code, stderr }).toEqual(fine);
      expect(stdout).toMatch(new RegExp(`^${basename(job)}: \\d issues?, `));
    }
    const place = contentsOf(join(job, 'profiler-report'));
    expect([...place.keys()]).toEqual([...MADE, ...REPORTS].sort());
    const report = JSON.parse(place.get('profiler-report.json') ?? '');
    expect(report.job).toMatchObject({ source: raw, nodes: ['algo-1'], gpuCount: 2 });
    expect(report.rules.some(({ issueCount }: { issueCount?: number }) => (issueCount ?? 0) > 0)).toBe(true);
  });

  test('tells of rule files beside raw data that it does not use them, and reads them when asked to', async () => {
    writeRules(join(job, 'rule-output/ProfilerReport-1/profiler-output/profiler-reports'));
    const { stdout } = await command(['generate', job]);
    const unused =
      'rule-output/ProfilerReport-1/profiler-output/profiler-reports: rule files of the service, not used: the raw data was judged';
    expect(stdout).toContain(unused);
    const place = newFolder();
    expect(await command(['generate', job, '--from-rules', '-o', place])).toMatchObject(fine);
    for (const [name, text] of rules) expect(contentsOf(place).get(`profiler-reports/${name}`)).toBe(text);
    expect(contentsOf(place).has('findings.json')).toBe(false);
  });

  test('takes the processing job from the notebook of the service', async () => {
    const folder = join(job, 'rule-output/ProfilerReport-1/profiler-output');
    writeRules(join(folder, 'profiler-reports'));
    const arn = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/train-1-profilerreport-0a1b2c3d';
    writeFileSync(
      join(folder, 'profiler-report.ipynb'),
      JSON.stringify({ metadata: { papermill: { parameters: { processing_job_arn: arn } } } }),
    );
    expect(JSON.parse((await command(['generate', job, '--json'])).stdout).job.processingJobArn).toBe(arn);
  });
});

describe('doctor on raw data', () => {
  test('tells what is there, and writes nothing', async () => {
    writeFileSync(join(raw, 'system/incremental/1700000040.algo-1.json'), '{"Type": ');
    const before = contentsOf(job);
    const { code, stdout, stderr } = await command(['doctor', job]);
    expect({ code, stderr }).toEqual(fine);
    expect(stdout).toContain(`Source  ${raw}\n`);
    expect(stdout).toMatch(/\nRaw data\n {2}system metrics of algo-1 +read +[\d,]+ bytes +\d+ files\n/);
    expect(stdout).toContain('  There is an end marker: the job is over.\n');
    expect(stdout).toMatch(/ {2}The service would have left out [\d,]+ samples and \d+ events at the end\.\n/);
    expect(stdout).toMatch(/\nTolerated while reading\n( {2}.+\n)* {2}\S*1700000040\.algo-1\.json: /);
    for (const name of RULE_NAMES) expect(stdout).toMatch(new RegExp(`^${name}\\.json +made +(yes|no|describes)`, 'm'));
    expect(contentsOf(job)).toEqual(before);
  });

  test('says the same as JSON', async () => {
    const { rules: judged, damage, ended } = JSON.parse((await command(['doctor', job, '--json'])).stdout);
    expect({ damage, ended }).toEqual({ damage: [], ended: true });
    expect(judged).toHaveLength(11);
    expect(judged[0].status).toBe('made');
  });
});

describe('wrong use', () => {
  async function refused(args: readonly string[], message: string | RegExp): Promise<void> {
    const before = contentsOf(job);
    const { code, stdout, stderr } = await command(args);
    expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
    const line = stderr.slice('profiler-report: '.length, -1);
    expect(line).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(contentsOf(job)).toEqual(before);
  }

  test.each<[string[], string | RegExp]>([
    [
      ['--param', 'LowGPUUtilization_threshold_p95'],
      '--param "LowGPUUtilization_threshold_p95": write <Rule>_<parameter>=<value>, for example --param LowGPUUtilization_threshold_p95=80.',
    ],
    [['--param', 'LowGPU_threshold_p95=80'], /^--param LowGPU_threshold_p95 is no parameter of a rule: write /],
    [['--param', 'BatchSize_window=many'], '--param BatchSize_window is "many": write a number.'],
    [['--param', 'BatchSize_cpu_threshold_p95=101'], '--param BatchSize_cpu_threshold_p95 is 101: write a number from 0 to 100.'],
    [['--rule', 'nowhere.js'], 'cannot read nowhere.js: it does not exist. Check the path.'],
    [['-o', 'ftp://host/place'], /^ftp:\/\/host\/place is neither a folder nor s3:/],
  ])('%j', (args, message) => refused(['analyze', raw, ...args], message));

  test('a file of parameters with a misspelt limit', async () => {
    const file = join(newFolder(), 'rule.json');
    writeFileSync(file, '{"LowGPUUtilization_treshold_p95": 80}');
    const wrong = `--rule-parameters ${file}: LowGPUUtilization_treshold_p95 is no parameter of a rule: write LowGPUUtilization_threshold_p95.`;
    for (const name of ['analyze', 'generate', 'doctor']) await refused([name, job, '--rule-parameters', file], wrong);
  });

  test('rule files where raw data is needed', async () => {
    rmSync(raw, { recursive: true });
    writeRules(join(job, 'profiler-reports'));
    await refused(
      ['analyze', job],
      `no raw profiler output (system/, framework/) in ${job} or below: name a job's profiler-output/ folder, or any folder above it.`,
    );
    const needed = `${job}/profiler-reports holds rule files: the mode, parameters and rules given here need the raw profiler output. Name a folder that holds profiler-output/.`;
    await refused(['generate', job, '--compat'], needed);
    await refused(['generate', job, '--param', 'BatchSize_patience=10'], needed);
  });

  test('several jobs', async () => {
    cpSync(raw, join(job, 'train-2/profiler-output'), { recursive: true });
    await refused(
      ['analyze', job],
      /holds the raw profiler output of 2 jobs \(profiler-output and train-2\/profiler-output\): choose the folder of one of them\.$/,
    );
  });

  test('raw data without a row that can be read', async () => {
    rmSync(raw, { recursive: true });
    mkdirSync(join(raw, 'system'), { recursive: true });
    writeFileSync(join(raw, 'system/1700000040.algo-1.json'), 'nothing\n');
    await refused(['generate', job], /^none of the 1 file of raw profiler output in \S+ can be read \(.+\)\.$/);
  });
});
