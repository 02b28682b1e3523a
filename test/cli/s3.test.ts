import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKeys } from '../aws-environment.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { type SageMakerStub, startSageMakerStub } from '../sagemaker-stub.ts';
import { command, newFolder } from './command.ts';
import { contentsOf, REPORTS, rules } from './jobs.ts';

const BASE = 'train-1/rule-output/ProfilerReport-1648879000';
const ARN = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/train-1-profilerreport-0a1b2c3d';
const ruleName = { RuleConfigurationName: 'ProfilerReport-1648879000' };
const trainingJob = {
  OutputDataConfig: { S3OutputPath: 's3://jobs/' },
  ProfilerRuleConfigurations: [{ ...ruleName, RuleParameters: { CPUBottleneck_threshold: '60' } }],
  ProfilerRuleEvaluationStatuses: [{ ...ruleName, RuleEvaluationJobArn: ARN }],
};

describe.skipIf(!hasMoto)('on S3', () => {
  let moto: Moto;
  let sagemaker: SageMakerStub;
  let env: Record<string, string>;

  beforeAll(async () => {
    moto = await startMoto();
    const optedOut = [{ ...ruleName, RuleParameters: { rule_to_invoke: 'ProfilerReport', opt_out_telemetry: 'True' } }];
    const quiet = { ...trainingJob, ProfilerRuleConfigurations: optedOut };
    sagemaker = await startSageMakerStub({ 'train-1': trainingJob, 'train-2': quiet });
    env = { ...testKeys, AWS_ENDPOINT_URL_S3: moto.endpoint, AWS_ENDPOINT_URL_SAGEMAKER: sagemaker.endpoint };
    const files = [...rules].map(([name, text]) => [`${BASE}/profiler-output/profiler-reports/${name}`, text] as const);
    await moto.fill('jobs', [...files, [`${BASE}/profiler-output/profiler-report.html`, '<html>the service wrote this']]);
    await moto.fill('reports', []);
  });
  afterAll(async () => {
    await moto?.stop();
    await sagemaker?.stop();
  });

  test('reads a prefix and writes a folder', async () => {
    const place = newFolder();
    expect(await command(['generate', 's3://jobs/train-1', '-o', place, '-q'], { env })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const report = JSON.parse(contentsOf(place).get('profiler-report.json') ?? '');
    expect(report.job).toMatchObject({ name: 'train-1', source: `s3://jobs/${BASE}/profiler-output/profiler-reports` });
    for (const [name, text] of rules) expect(contentsOf(place).get(`profiler-reports/${name}`)).toBe(text);
  });

  test('writes a prefix, with content types, and again', async () => {
    const args = ['generate', 's3://jobs/train-1/', '-o', 's3://reports/train-1/'];
    for (const _ of [1, 2]) expect(await command(args, { env })).toMatchObject({ code: 0, stderr: '' });
    const { Contents = [] } = await moto.client.send(new ListObjectsV2Command({ Bucket: 'reports', Prefix: 'train-1/' }));
    expect(Contents).toHaveLength(rules.size + REPORTS.length);
    const typeOf = async (name: string) =>
      (await moto.client.send(new HeadObjectCommand({ Bucket: 'reports', Key: `train-1/${name}` }))).ContentType;
    expect(await Promise.all([...REPORTS, 'profiler-reports/BatchSize.json'].map(typeOf))).toEqual([
      'text/html; charset=utf-8',
      'application/x-ipynb+json',
      'application/json',
      'application/json',
    ]);
  });

  test("leaves the service's own report at the default place alone", async () => {
    const { code, stderr } = await command(['generate', 's3://jobs/train-1'], { env });
    expect(stderr).toBe(
      `profiler-report: profiler-report.html in s3://jobs/${BASE}/profiler-output was not made by profiler-report: choose another place with -o, or overwrite with --force.\n`,
    );
    expect(code).toBe(2);
  });

  test('finds everything through the name of the training job', async () => {
    const place = newFolder();
    const made = await command(['generate', '--training-job', 'train-1', '-o', place, '--json'], { env });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const { job, trainingJob: found } = JSON.parse(made.stdout);
    expect(job).toMatchObject({ name: 'train-1', processingJobArn: ARN });
    expect(found.ruleParameters).toEqual({ CPUBottleneck_threshold: '60' });
    expect(contentsOf(place).get('profiler-report.ipynb')).toContain(ARN);
    const { stdout } = await command(['doctor', '--training-job', 'train-1'], { env });
    expect(stdout).toContain(`ARN     ${ARN}\n`);
    expect(stdout).toContain('\nRule parameters of the training job\n  CPUBottleneck_threshold: 60\n');
  });

  test('carries the opt-out of the training job into the report', async () => {
    const endpoint = 'https://stats.example.org/';
    const usageOf = async (name: string) => {
      const source = ['s3://jobs/train-1', '--training-job', name, '-o', newFolder(), '--json'];
      const { stdout } = await command(['generate', ...source, '--beacon-endpoint', endpoint], { env });
      return JSON.parse(stdout).usage;
    };
    expect(await usageOf('train-1')).toEqual({ kind: 'asking', endpoint, arn: ARN, hashed: false });
    expect(await usageOf('train-2')).toEqual({ kind: 'silent', reason: "the job's owner opted out (opt_out_telemetry)" });
  });

  test.each([
    ['s3://jobs/nothing', 'nothing lies under s3://jobs/nothing/: check bucket and prefix (`aws s3 ls s3://jobs/nothing/`).'],
    [
      's3://no-bucket',
      'cannot list s3://no-bucket: there is no such bucket: check its name and the account of your credentials.',
    ],
  ])('%s is told in one line', async (source, message) => {
    expect(await command(['doctor', source], { env })).toEqual({ code: 2, stdout: '', stderr: `profiler-report: ${message}\n` });
  });
});
