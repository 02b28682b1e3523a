import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  ListEndpointsCommand,
  ListTrainingJobsCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { START } from '../monitored.ts';
import { clientConfig } from './client-config.ts';
import { type CloudWatchServer, startCloudWatchServer } from './server.ts';
import { together } from './world.ts';
import {
  MULTI_MODEL,
  multiModelWorld,
  PIPELINE,
  PROCESSING,
  pipelineWorld,
  processingWorld,
  TRAINING,
  TRANSFORM,
  trainingWorld,
  transformWorld,
} from './worlds.ts';

let server: CloudWatchServer;
let client: SageMakerClient;
beforeAll(async () => {
  server = await startCloudWatchServer(
    together(pipelineWorld(), multiModelWorld(), trainingWorld(), transformWorld(), processingWorld()),
  );
  client = new SageMakerClient(clientConfig(server.endpoint));
});
afterAll(() => server.stop());

test('describes an endpoint, its configuration and the containers of its models', async () => {
  const endpoint = await client.send(new DescribeEndpointCommand({ EndpointName: PIPELINE }));
  expect(endpoint).toMatchObject({
    EndpointStatus: 'InService',
    EndpointArn: `arn:aws:sagemaker:eu-west-1:111122223333:endpoint/${PIPELINE}`,
    ProductionVariants: [
      { VariantName: 'blue', CurrentInstanceCount: 2, CurrentWeight: 0.9 },
      { VariantName: 'green', CurrentInstanceCount: 1, CurrentWeight: 0.1 },
    ],
  });
  const config = await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName: endpoint.EndpointConfigName }));
  const [{ InstanceType, ModelName } = {}] = config.ProductionVariants ?? [];
  expect(InstanceType).toBe('ml.c5.xlarge');
  const model = await client.send(new DescribeModelCommand({ ModelName }));
  expect(model.Containers?.map(({ ContainerHostname }) => ContainerHostname)).toEqual(['clean', 'embed', 'rank']);
});

test('describes jobs', async () => {
  const training = await client.send(new DescribeTrainingJobCommand({ TrainingJobName: TRAINING }));
  expect(training).toMatchObject({
    TrainingJobStatus: 'Completed',
    TrainingStartTime: new Date((START + 240) * 1000),
    ResourceConfig: { InstanceType: 'ml.p3.8xlarge', InstanceCount: 2 },
  });
  const phases = training.SecondaryStatusTransitions?.map(({ Status }) => Status);
  expect(phases).toEqual(['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
  const transform = await client.send(new DescribeTransformJobCommand({ TransformJobName: TRANSFORM }));
  expect(transform.TransformResources).toEqual({ InstanceType: 'ml.g4dn.xlarge', InstanceCount: 1 });
  const processing = await client.send(new DescribeProcessingJobCommand({ ProcessingJobName: PROCESSING }));
  expect(processing).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: expect.stringContaining('137') });
});

test.each([
  [new DescribeEndpointCommand({ EndpointName: 'other' }), 'Could not find endpoint "arn:aws:sagemaker:eu-west-1:'],
  [new DescribeTrainingJobCommand({ TrainingJobName: 'other' }), 'Requested resource not found.'],
  [new DescribeTransformJobCommand({ TransformJobName: 'other' }), 'Could not find requested job with name: other'],
])('says what is not there', async (ask, message) => {
  const asked = client.send(ask as DescribeEndpointCommand);
  await expect(asked).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

test('lists by part of a name, in pages', async () => {
  const first = await client.send(new ListEndpointsCommand({ MaxResults: 1 }));
  expect(first.Endpoints?.map(({ EndpointName }) => EndpointName)).toEqual([MULTI_MODEL]);
  const second = await client.send(new ListEndpointsCommand({ MaxResults: 1, NextToken: first.NextToken }));
  expect(second.Endpoints?.map(({ EndpointName }) => EndpointName)).toEqual([PIPELINE]);
  expect(second.NextToken).toBeUndefined();
  const jobs = await client.send(new ListTrainingJobsCommand({ NameContains: 'churn', StatusEquals: 'Completed' }));
  expect(jobs.TrainingJobSummaries).toMatchObject([{ TrainingJobName: TRAINING, TrainingJobStatus: 'Completed' }]);
  const none = await client.send(new ListTrainingJobsCommand({ StatusEquals: 'Failed' }));
  expect(none.TrainingJobSummaries).toEqual([]);
});

test('keeps alarms, and refuses those that CloudWatch would', async () => {
  const cloudwatch = new CloudWatchClient(clientConfig(server.endpoint));
  const alarm = {
    AlarmName: 'slow',
    Namespace: 'AWS/SageMaker',
    MetricName: 'ModelLatency',
    ExtendedStatistic: 'p99',
    Period: 60,
    EvaluationPeriods: 5,
    Threshold: 200_000,
    ComparisonOperator: 'GreaterThanThreshold' as const,
  };
  await cloudwatch.send(new PutMetricAlarmCommand(alarm));
  const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'sl' }));
  expect(MetricAlarms).toEqual([alarm]);
  const both = cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, Statistic: 'Sum' }));
  await expect(both).rejects.toMatchObject({ Code: 'ValidationError', message: expect.stringContaining('ExtendedStatistic') });
  const odd = cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, ExtendedStatistic: 'q99' }));
  await expect(odd).rejects.toMatchObject({ message: expect.stringContaining('q99') });
});
