import * as v from 'valibot';
import { isProcessingJobArn } from '../model/arn.ts';
import { UsageError } from '../model/errors.ts';

/** What a processing container is told of its job in `/opt/ml/config/processingjobconfig.json`; only what a rule needs. */
export interface ProcessingJob {
  readonly arn?: string;
  /** Where data comes from: on disk once SageMaker has copied it, and on S3. */
  readonly inputs: readonly ProcessingInput[];
  /** Where SageMaker picks the results up. */
  readonly outputs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface ProcessingInput {
  readonly name: string;
  readonly localPath?: string;
  readonly s3Uri?: string;
}

const text = v.nullish(v.string());
const SCHEMA = v.object({
  ProcessingJobArn: text,
  ProcessingInputs: v.nullish(
    v.array(v.object({ InputName: text, S3Input: v.nullish(v.object({ LocalPath: text, S3Uri: text })) })),
  ),
  ProcessingOutputConfig: v.nullish(
    v.object({ Outputs: v.nullish(v.array(v.object({ S3Output: v.nullish(v.object({ LocalPath: text })) }))) }),
  ),
  Environment: v.nullish(v.record(v.string(), v.string())),
});

/** Reads the file. Throws a UsageError that names the key where it is not such a file; `named` is its path, for the message. */
export function readProcessingJob(content: string, named: string): ProcessingJob {
  const result = v.safeParse(SCHEMA, parsed(content, named));
  if (!result.success) {
    const [issue] = result.issues;
    throw new UsageError(`${named}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}. It is not what SageMaker writes.`);
  }
  const { ProcessingJobArn, ProcessingInputs, ProcessingOutputConfig, Environment } = result.output;
  return {
    ...(ProcessingJobArn && isProcessingJobArn(ProcessingJobArn) ? { arn: ProcessingJobArn } : {}),
    inputs: (ProcessingInputs ?? []).map(({ InputName, S3Input }, i) => ({
      name: InputName ?? `input ${i + 1}`,
      ...(S3Input?.LocalPath ? { localPath: S3Input.LocalPath } : {}),
      ...(S3Input?.S3Uri ? { s3Uri: S3Input.S3Uri } : {}),
    })),
    outputs: (ProcessingOutputConfig?.Outputs ?? []).flatMap(({ S3Output }) => S3Output?.LocalPath ?? []),
    environment: Environment ?? {},
  };
}

function parsed(content: string, named: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new UsageError(`${named} is not JSON (${content.length} characters): SageMaker writes it when the container starts.`);
  }
}
