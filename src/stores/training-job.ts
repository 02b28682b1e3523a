import { DescribeTrainingJobCommand, type DescribeTrainingJobResponse, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { UsageError } from '../model/errors.ts';
import { profilerReportRule } from '../model/rule-configuration.ts';
import { awsError } from './aws-errors.ts';
import { type AwsOptions, clientConfig } from './aws-options.ts';

/** Where the profiler report of a training job is, and what its rule was told. */
export interface TrainingJob {
  readonly trainingJobName: string;
  /** `s3://...`: the folder that holds `ProfilerReport.../profiler-output/`, or that folder itself. */
  readonly ruleOutput: string;
  readonly processingJobArn?: string;
  /** Parameters of the ProfilerReport rule, as given when the job was started. */
  readonly ruleParameters: Readonly<Record<string, string>>;
}

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Asks SageMaker for a job's ProfilerReport rule. Rejects with a UsageError where there is no such job, no such rule, or no access. */
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
  if (!rule?.RuleConfigurationName) {
    throw new UsageError(`training job ${name} ran without the ProfilerReport rule: there is no rule output to report on.`);
  }
  const ruleName = rule.RuleConfigurationName;
  const output = job.OutputDataConfig?.S3OutputPath;
  const ruleOutput = rule.S3OutputPath ?? (output && `${output.replace(/\/+$/, '')}/${name}/rule-output/${ruleName}`);
  if (!ruleOutput)
    throw new UsageError(`training job ${name} names no output path for its ProfilerReport rule: name the folder yourself.`);
  const status = job.ProfilerRuleEvaluationStatuses?.find(({ RuleConfigurationName }) => RuleConfigurationName === ruleName);
  return {
    trainingJobName: name,
    ruleOutput,
    ...(status?.RuleEvaluationJobArn ? { processingJobArn: status.RuleEvaluationJobArn } : {}),
    ruleParameters: rule.RuleParameters ?? {},
  };
}
