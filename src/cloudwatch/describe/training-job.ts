import { DescribeTrainingJobCommand, type DescribeTrainingJobResponse, type SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Phase } from '../../model/monitored.ts';
import { optional } from '../../model/optional.ts';
import { jobShape } from './job.ts';
import { type Shape, secondsOf } from './shape.ts';

export async function describeTrainingJob(name: string, client: SageMakerClient): Promise<Shape> {
  return trainingJobShape(await client.send(new DescribeTrainingJobCommand({ TrainingJobName: name })));
}

/** What the answer of SageMaker says of a training job; its phases are the transitions of its secondary status. */
export function trainingJobShape(job: DescribeTrainingJobResponse): Shape {
  const { InstanceGroups: groups = [], ...resources } = job.ResourceConfig ?? {};
  const instances =
    groups.length > 0
      ? groups.map(({ InstanceType, InstanceCount }) => ({ type: InstanceType, count: InstanceCount }))
      : [
          {
            type: resources.SelectedInstanceType ?? resources.InstanceType,
            count: resources.SelectedInstanceCount ?? resources.InstanceCount,
          },
        ];
  return jobShape({
    kind: 'training job',
    name: job.TrainingJobName,
    arn: job.TrainingJobArn,
    status: job.TrainingJobStatus,
    failureReason: job.FailureReason,
    instances,
    created: job.CreationTime,
    started: job.TrainingStartTime,
    ended: job.TrainingEndTime,
    phases: (job.SecondaryStatusTransitions ?? []).flatMap(({ Status, StartTime, EndTime, StatusMessage }): Phase[] =>
      Status === undefined || StartTime === undefined
        ? []
        : [
            {
              status: Status,
              startSeconds: StartTime.getTime() / 1000,
              ...optional('endSeconds', secondsOf(EndTime)),
              ...optional('message', StatusMessage || undefined),
            },
          ],
    ),
  });
}
