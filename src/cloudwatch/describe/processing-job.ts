import {
  DescribeProcessingJobCommand,
  type DescribeProcessingJobResponse,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { jobShape } from './job.ts';
import type { Shape } from './shape.ts';

export async function describeProcessingJob(name: string, client: SageMakerClient): Promise<Shape> {
  return processingJobShape(await client.send(new DescribeProcessingJobCommand({ ProcessingJobName: name })));
}

/** What the answer of SageMaker says of a processing job; what its container said at the end is a reason too. */
export function processingJobShape(job: DescribeProcessingJobResponse): Shape {
  const cluster = job.ProcessingResources?.ClusterConfig;
  return jobShape({
    kind: 'processing job',
    name: job.ProcessingJobName,
    arn: job.ProcessingJobArn,
    status: job.ProcessingJobStatus,
    failureReason: job.FailureReason ?? (job.ProcessingJobStatus === 'Failed' ? job.ExitMessage : undefined),
    instances: [
      {
        type: cluster?.SelectedInstanceType ?? cluster?.InstanceType,
        count: cluster?.SelectedInstanceCount ?? cluster?.InstanceCount,
      },
    ],
    created: job.CreationTime,
    started: job.ProcessingStartTime,
    ended: job.ProcessingEndTime,
  });
}
