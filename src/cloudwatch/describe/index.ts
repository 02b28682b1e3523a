import type { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { subjectWithoutSecrets } from '../../logs/without-secrets.ts';
import type { SubjectKind } from '../../model/monitored.ts';
import type { Tolerance } from '../tolerance.ts';
import { describeEndpoint } from './endpoint.ts';
import { describeProcessingJob } from './processing-job.ts';
import { isGone, type Shape, unknownShape } from './shape.ts';
import { describeTrainingJob } from './training-job.ts';
import { describeTransformJob } from './transform-job.ts';

const BY_KIND = {
  endpoint: { describe: describeEndpoint, action: 'sagemaker:DescribeEndpoint' },
  'training job': { describe: describeTrainingJob, action: 'sagemaker:DescribeTrainingJob' },
  'transform job': { describe: describeTransformJob, action: 'sagemaker:DescribeTransformJob' },
  'processing job': { describe: describeProcessingJob, action: 'sagemaker:DescribeProcessingJob' },
} as const satisfies Record<SubjectKind, unknown>;

/** What SageMaker knows of a job or an endpoint, as far as it may be asked. */
export async function describe(kind: SubjectKind, name: string, client: SageMakerClient, tolerance: Tolerance): Promise<Shape> {
  const { describe, action } = BY_KIND[kind];
  const lost = 'Its status, its time and what it runs on are not known.';
  const shape = await tolerance.ask({ action, verb: 'look up', resource: `${kind} ${name}` }, lost, async () => {
    try {
      const shape = await describe(name, client, tolerance);
      return { ...shape, subject: { ...shape.subject, name } };
    } catch (error) {
      if (isGone(error)) return unknownShape('gone', kind, name);
      throw error;
    }
  });
  return shape ? { ...shape, subject: subjectWithoutSecrets(shape.subject) } : unknownShape('not told', kind, name);
}
