import { DescribeTransformJobCommand, type DescribeTransformJobResponse, type SageMakerClient } from '@aws-sdk/client-sagemaker';
import { jobShape } from './job.ts';
import type { Shape } from './shape.ts';

export async function describeTransformJob(name: string, client: SageMakerClient): Promise<Shape> {
  return transformJobShape(await client.send(new DescribeTransformJobCommand({ TransformJobName: name })));
}

/** What the answer of SageMaker says of a transform job. */
export function transformJobShape(job: DescribeTransformJobResponse): Shape {
  const { InstanceType: type, InstanceCount: count } = job.TransformResources ?? {};
  return jobShape({
    kind: 'transform job',
    name: job.TransformJobName,
    arn: job.TransformJobArn,
    status: job.TransformJobStatus,
    failureReason: job.FailureReason,
    instances: [{ type, count }],
    created: job.CreationTime,
    started: job.TransformStartTime,
    ended: job.TransformEndTime,
  });
}
