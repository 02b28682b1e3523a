import { isProcessingJobArn } from '../model/arn.ts';
import { UsageError } from '../model/errors.ts';
import type { Store } from '../model/store.ts';
import { openStore } from '../stores/index.ts';
import type { TrainingJob } from '../stores/training-job.ts';

/** Options of every command that reads a job. */
export interface SourceOptions {
  readonly trainingJob?: string;
  readonly region?: string;
  readonly processingJobArn?: string;
}

export interface Source {
  readonly store: Store;
  /** What SageMaker tells of the job; only with `--training-job`. */
  readonly trainingJob?: TrainingJob;
  /** Given, or found through the training job. */
  readonly processingJobArn?: string;
  readonly trainingJobName?: string;
}

/**
 * Opens the named source, or that of the named training job: its rule output where there is some, else, or where `from` asks for it, its
 * raw profiler output. Throws a UsageError where neither is given.
 */
export async function openSource(location: string | undefined, options: SourceOptions, from?: 'raw' | 'rules'): Promise<Source> {
  const { processingJobArn, trainingJob: name } = options;
  const aws = options.region === undefined ? {} : { region: options.region };
  if (processingJobArn !== undefined && !isProcessingJobArn(processingJobArn)) {
    const form = 'arn:aws:sagemaker:<region>:<account>:processing-job/<name>';
    throw new UsageError(
      `--processing-job-arn ${JSON.stringify(processingJobArn)} is not the ARN of a processing job: it looks like ${form}.`,
    );
  }
  if (name === undefined) {
    if (location === undefined)
      throw new UsageError('no source: name a folder or s3://bucket/prefix, or a training job with --training-job.');
    return { store: await openStore(location, aws), ...(processingJobArn ? { processingJobArn } : {}) };
  }
  const { describeTrainingJob } = await import('../stores/training-job.ts');
  const trainingJob = await describeTrainingJob(name, aws);
  const arn = processingJobArn ?? trainingJob.processingJobArn;
  const { ruleOutput, profilerOutput } = trainingJob;
  const place = location ?? (from === 'raw' ? profilerOutput : (ruleOutput ?? profilerOutput));
  if (place === undefined) throw new UsageError(`training job ${name} was not profiled: there is no raw profiler output.`);
  return {
    store: await openStore(place, aws),
    trainingJob,
    trainingJobName: trainingJob.trainingJobName,
    ...(arn ? { processingJobArn: arn } : {}),
  };
}
