import { DescribeTrainingJobCommand, type DescribeTrainingJobResponse, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { UsageError } from '../model/errors.ts';
import { profilerReportRule } from '../model/rule-configuration.ts';
import { awsError } from './aws-errors.ts';
import { type AwsOptions, clientConfig } from './aws-options.ts';

/** Where the profiler report of a training job is, and what its rule was told. */
export interface TrainingJob {
  readonly trainingJobName: string;
  /** `s3://...`: the folder that holds `ProfilerReport.../profiler-output/`, or that folder itself; absent where that rule did not run. */
  readonly ruleOutput?: string;
  /** `s3://...`: the raw profiler output; absent where the job was not profiled. */
  readonly profilerOutput?: string;
  readonly processingJobArn?: string;
  /** Parameters of the ProfilerReport rule, as given when the job was started; none where it did not run. */
  readonly ruleParameters: Readonly<Record<string, string>>;
}

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Asks SageMaker for a job's ProfilerReport rule. Rejects with a UsageError where there is no such job, nothing to report on, or no access. */
export async function describeTrainingJob(name: string, options: AwsOptions = {}): Promise<TrainingJob> {
  if (!NAME.test(name))
    throw new UsageError(`${JSON.stringify(name)} is not the name of a training job: letters, digits and hyphens, at most 63.`);
  const client = new SageMakerClient(clientConfig(options));
  let job: DescribeTrainingJobResponse;
  try {
    job = await client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  } catch (error) {
    const notFound =
      error instanceof Error && /ValidationException|ResourceNotFound/.test(error.name) && /not (be )?found/i.test(error.message);
    if (notFound)
      throw new UsageError(
        `there is no training job ${name} in this account and region: check the name, --region and AWS_PROFILE.`,
      );
    throw awsError(error, { action: 'sagemaker:DescribeTrainingJob', verb: 'look up', resource: `training job ${name}` });
  }
  return profilerReportOf(job, name);
}

function profilerReportOf(job: DescribeTrainingJobResponse, name: string): TrainingJob {
  const rule = profilerReportRule(job.ProfilerRuleConfigurations ?? []);
  const ruleName = rule?.RuleConfigurationName;
  const { S3OutputPath: profiled, DisableProfiler: off } = job.ProfilerConfig ?? {};
  const below = (path: string | undefined, folder: string) => path && `${path.replace(/\/+$/, '')}/${name}/${folder}`;
  const profilerOutput = off ? undefined : below(profiled, 'profiler-output');
  const ruleOutput = ruleName && (rule.S3OutputPath ?? below(job.OutputDataConfig?.S3OutputPath, `rule-output/${ruleName}`));
  if (!ruleOutput && !profilerOutput) {
    const what = ruleName
      ? 'names no output path for its ProfilerReport rule'
      : 'ran without the profiler and without the ProfilerReport rule';
    throw new UsageError(`training job ${name} ${what}: name the folder yourself if there is one.`);
  }
  const status = job.ProfilerRuleEvaluationStatuses?.find(({ RuleConfigurationName }) => RuleConfigurationName === ruleName);
  return {
    trainingJobName: name,
    ...(ruleOutput ? { ruleOutput } : {}),
    ...(profilerOutput ? { profilerOutput } : {}),
    ...(status?.RuleEvaluationJobArn ? { processingJobArn: status.RuleEvaluationJobArn } : {}),
    ruleParameters: rule?.RuleParameters ?? {},
  };
}
