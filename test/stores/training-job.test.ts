import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { describeTrainingJob } from '../../src/stores/training-job.ts';
import { testKeys, useAwsEnvironment } from '../aws-environment.ts';
import { type SageMakerStub, startSageMakerStub } from '../sagemaker-stub.ts';
import { usageMessage } from './collect.ts';

const arn = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/train-1-profilerreport-0a1b2c3d';
const output = { OutputDataConfig: { S3OutputPath: 's3://bucket/jobs/' } };
const lowGpu = {
  RuleConfigurationName: 'LowGpu',
  RuleParameters: { rule_to_invoke: 'LowGPUUtilization' },
  S3OutputPath: 's3://b/low',
};
const statuses = [
  { RuleConfigurationName: 'LowGpu', RuleEvaluationJobArn: `${arn}-other` },
  { RuleConfigurationName: 'ProfilerReport-1648879000', RuleEvaluationJobArn: arn },
];
const named = { RuleConfigurationName: 'ProfilerReport-1648879000' };
const invoked = {
  RuleConfigurationName: 'my-report',
  RuleParameters: { rule_to_invoke: 'ProfilerReport', CPUBottleneck_threshold: '60' },
};

const jobs = {
  usual: { ...output, ProfilerRuleConfigurations: [lowGpu, named], ProfilerRuleEvaluationStatuses: statuses },
  invoked: { ...output, ProfilerRuleConfigurations: [lowGpu, named, { ...invoked, S3OutputPath: 's3://own/place' }] },
  twice: {
    ...output,
    ProfilerRuleConfigurations: [
      { ...named, RuleParameters: { opt_out_telemetry: 'true' } },
      { ...invoked, S3OutputPath: 's3://own/place' },
    ],
  },
  profiled: { ...output, ProfilerConfig: { S3OutputPath: 's3://bucket/raw/' }, ProfilerRuleConfigurations: [named] },
  onlyProfiled: { ProfilerConfig: { S3OutputPath: 's3://bucket/raw' } },
  switchedOff: { ProfilerConfig: { S3OutputPath: 's3://bucket/raw', DisableProfiler: true } },
  withoutRule: { ...output, ProfilerRuleConfigurations: [lowGpu] },
  withoutProfiler: output,
  withoutPath: { ProfilerRuleConfigurations: [named] },
  secret: 'AccessDeniedException',
};

let stub: SageMakerStub;

beforeAll(async () => {
  stub = await startSageMakerStub(jobs);
});
afterAll(() => stub?.stop());
beforeEach(() => useAwsEnvironment({ ...testKeys, AWS_ENDPOINT_URL: stub.endpoint }));
afterEach(() => void vi.unstubAllEnvs());

test('finds the path below the job, the ARN and no parameters', async () => {
  expect(await describeTrainingJob('usual')).toEqual({
    trainingJobName: 'usual',
    ruleOutput: 's3://bucket/jobs/usual/rule-output/ProfilerReport-1648879000',
    processingJobArn: arn,
    ruleParameters: {},
  });
  expect(stub.asked).toEqual(['SageMaker.DescribeTrainingJob usual']);
});

test('prefers the rule that invokes ProfilerReport, and its own path', async () => {
  expect(await describeTrainingJob('invoked')).toEqual({
    trainingJobName: 'invoked',
    ruleOutput: 's3://own/place',
    ruleParameters: { rule_to_invoke: 'ProfilerReport', CPUBottleneck_threshold: '60' },
  });
});

test('an opt-out of either of two ProfilerReport rules counts', async () => {
  const { ruleParameters } = await describeTrainingJob('twice');
  expect(ruleParameters).toEqual({ ...invoked.RuleParameters, opt_out_telemetry: 'True' });
});

test('finds the raw profiler output, also of a job whose rule did not run', async () => {
  expect(await describeTrainingJob('profiled')).toMatchObject({
    ruleOutput: 's3://bucket/jobs/profiled/rule-output/ProfilerReport-1648879000',
    profilerOutput: 's3://bucket/raw/profiled/profiler-output',
  });
  expect(await describeTrainingJob('onlyProfiled')).toEqual({
    trainingJobName: 'onlyProfiled',
    profilerOutput: 's3://bucket/raw/onlyProfiled/profiler-output',
    ruleParameters: {},
  });
});

test.each<string[]>([
  ['missing', 'there is no training job missing in this account and region: check the name, --region and AWS_PROFILE.'],
  ...['withoutRule', 'withoutProfiler', 'switchedOff'].map((name) => [
    name,
    `training job ${name} ran without the profiler and without the ProfilerReport rule: name the folder yourself if there is one.`,
  ]),
  [
    'withoutPath',
    'training job withoutPath names no output path for its ProfilerReport rule: name the folder yourself if there is one.',
  ],
  ['secret', 'cannot look up training job secret: access denied: your credentials need sagemaker:DescribeTrainingJob there.'],
  ['s3://bucket/job', '"s3://bucket/job" is not the name of a training job: letters, digits and hyphens, at most 63.'],
])('tells of %s in one line', async (name = '', message) => {
  expect(await usageMessage(() => describeTrainingJob(name))).toBe(message);
});
