import type { DescribeEndpointConfigOutput, DescribeEndpointOutput, DescribeModelOutput } from '@aws-sdk/client-sagemaker';
import { describe, expect, test } from 'vitest';
import { endpointShape } from '../../src/cloudwatch/describe/endpoint.ts';
import { nearest } from '../../src/cloudwatch/describe/near-names.ts';
import { processingJobShape } from '../../src/cloudwatch/describe/processing-job.ts';
import { isGone } from '../../src/cloudwatch/describe/shape.ts';
import { trainingJobShape } from '../../src/cloudwatch/describe/training-job.ts';
import { transformJobShape } from '../../src/cloudwatch/describe/transform-job.ts';
import { START } from '../monitored.ts';

const at = (minutes: number) => new Date((START + minutes * 60) * 1000);
const arn = (rest: string) => `arn:aws:sagemaker:eu-west-1:111122223333:${rest}`;

describe('endpoint', () => {
  const endpoint = {
    EndpointName: 'shop',
    EndpointArn: arn('endpoint/shop'),
    EndpointStatus: 'InService',
    ProductionVariants: [
      { VariantName: 'blue', CurrentWeight: 3, CurrentInstanceCount: 4 },
      { VariantName: 'green', CurrentWeight: 1, CurrentInstanceCount: 1 },
      { VariantName: 'quiet', CurrentWeight: 0, CurrentServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } },
    ],
    ShadowProductionVariants: [{ VariantName: 'shadow', CurrentWeight: 1, CurrentInstanceCount: 1 }],
  } as unknown as DescribeEndpointOutput;
  const config = {
    ProductionVariants: [
      { VariantName: 'blue', ModelName: 'pipeline', InstanceType: 'ml.c5.xlarge', InitialInstanceCount: 2 },
      { VariantName: 'green', ModelName: 'many', InstanceType: 'ml.g5.xlarge', InitialInstanceCount: 1 },
      { VariantName: 'quiet', ModelName: 'direct', ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } },
    ],
    ShadowProductionVariants: [{ VariantName: 'shadow', ModelName: 'unread', InstanceType: 'ml.c5.large' }],
  } as unknown as DescribeEndpointConfigOutput;
  const models = [
    { ModelName: 'pipeline', Containers: [{ ContainerHostname: 'clean' }, {}, { ContainerHostname: 'rank' }] },
    { ModelName: 'many', PrimaryContainer: { Mode: 'MultiModel' } },
    { ModelName: 'direct', Containers: [{}, {}], InferenceExecutionConfig: { Mode: 'Direct' } },
  ] as unknown as DescribeModelOutput[];

  test('has its variants with what they run on, their share, and the containers of a pipeline', () => {
    const { subject, modelled } = endpointShape(endpoint, config, models);
    expect(subject).toEqual({
      kind: 'endpoint',
      name: 'shop',
      region: 'eu-west-1',
      accountId: '111122223333',
      status: 'InService',
      variants: [
        {
          name: 'blue',
          instanceType: 'ml.c5.xlarge',
          instanceCount: 4,
          weight: 0.75,
          containers: ['clean', 'container-2', 'rank'],
        },
        {
          name: 'green',
          instanceType: 'ml.g5.xlarge',
          instanceCount: 1,
          weight: 0.25,
          containers: ['container-1'],
          isMultiModel: true,
        },
        { name: 'quiet', weight: 0, containers: [], isServerless: true },
        { name: 'shadow', instanceType: 'ml.c5.large', instanceCount: 1, containers: [] },
      ],
      phases: [],
    });
    expect(modelled).toEqual(new Set(['blue', 'green', 'quiet']));
  });

  test('has its variants where its configuration and models are not known', () => {
    const { subject, modelled } = endpointShape(endpoint, undefined, []);
    expect(subject.variants[0]).toEqual({ name: 'blue', instanceCount: 4, weight: 0.75, containers: [] });
    expect(modelled.size).toBe(0);
  });

  test('is described while it is created, when it has no variants of its own yet', () => {
    const { ProductionVariants: _, ShadowProductionVariants: __, ...creating } = endpoint;
    const [blue] = endpointShape(creating as DescribeEndpointOutput, config, models).subject.variants;
    expect(blue).toMatchObject({ name: 'blue', instanceCount: 2 });
  });
});

describe('jobs', () => {
  const training = {
    TrainingJobName: 'churn',
    TrainingJobArn: arn('training-job/churn'),
    TrainingJobStatus: 'Failed',
    FailureReason: 'AlgorithmError',
    CreationTime: at(0),
    TrainingStartTime: at(4),
    TrainingEndTime: at(60),
    SecondaryStatusTransitions: [
      { Status: 'Starting', StartTime: at(0), EndTime: at(4), StatusMessage: 'Preparing' },
      { Status: 'Training', StartTime: at(4) },
    ],
  };
  const shapeOf = (ResourceConfig: object) => trainingJobShape({ ...training, ResourceConfig } as never);

  test('a training job has its phases from when it was created', () => {
    expect(shapeOf({ InstanceType: 'ml.p3.8xlarge', InstanceCount: 2 })).toEqual({
      state: 'described',
      startSeconds: START,
      endSeconds: START + 3600,
      modelled: new Set(),
      subject: {
        kind: 'training job',
        name: 'churn',
        region: 'eu-west-1',
        accountId: '111122223333',
        status: 'Failed',
        failureReason: 'AlgorithmError',
        instanceType: 'ml.p3.8xlarge',
        instanceCount: 2,
        variants: [],
        phases: [
          { status: 'Starting', startSeconds: START, endSeconds: START + 240, message: 'Preparing' },
          { status: 'Training', startSeconds: START + 240 },
        ],
      },
    });
  });

  test('groups of instances are counted together; of several types none is told', () => {
    const group = (InstanceType: string, InstanceCount: number) => ({ InstanceType, InstanceCount, InstanceGroupName: 'g' });
    const { subject } = shapeOf({ InstanceGroups: [group('ml.c5.xlarge', 2), group('ml.p3.2xlarge', 1)] });
    expect([subject.instanceType, subject.instanceCount]).toEqual([undefined, 3]);
    const { subject: alike } = shapeOf({ InstanceGroups: [group('ml.c5.xlarge', 2), group('ml.c5.xlarge', 1)] });
    expect([alike.instanceType, alike.instanceCount]).toEqual(['ml.c5.xlarge', 3]);
  });

  test('of several types that would do, the one taken is told', () => {
    const { subject } = shapeOf({ SelectedInstanceType: 'ml.g5.xlarge', SelectedInstanceCount: 4, InstanceCount: 2 });
    expect([subject.instanceType, subject.instanceCount]).toEqual(['ml.g5.xlarge', 4]);
  });

  test('a transform job and a processing job have the one phase in which they run', () => {
    const transform = transformJobShape({
      TransformJobName: 'score',
      TransformJobStatus: 'InProgress',
      CreationTime: at(0),
      TransformStartTime: at(3),
      TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
    } as never);
    expect(transform).toMatchObject({ startSeconds: START, subject: { kind: 'transform job', instanceCount: 1 } });
    expect(transform.endSeconds).toBeUndefined();
    expect(transform.subject.phases).toEqual([{ status: 'InProgress', startSeconds: START + 180 }]);
    const processing = processingJobShape({
      ProcessingJobName: 'features',
      ProcessingJobStatus: 'Failed',
      ExitMessage: 'out of disk',
      CreationTime: at(0),
      ProcessingStartTime: at(2),
      ProcessingEndTime: at(9),
      ProcessingResources: { ClusterConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 3 } },
    } as never);
    expect(processing.subject).toMatchObject({
      kind: 'processing job',
      failureReason: 'out of disk',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 3,
      phases: [{ status: 'InProgress', startSeconds: START + 120, endSeconds: START + 540 }],
    });
  });
});

test.each([
  ['ValidationException', 'Could not find endpoint "arn:aws:sagemaker:...".', true],
  ['ValidationException', 'Requested resource not found.', true],
  ['ResourceNotFound', 'gone', true],
  ['ValidationException', '1 validation error detected', false],
  ['AccessDeniedException', 'could not find', false],
])('tells what is not there from other refusals: %s %s', (name, message, gone) => {
  expect(isGone(Object.assign(new Error(message), { name }))).toBe(gone);
});

test('names that are like another one come the likest first, others not at all', () => {
  const names = ['billing', 'shop-search-2', 'Shop-Search', 'shop-seach', 'zebra-and-other-animals'];
  expect(nearest('shop-search', names)).toEqual(['Shop-Search', 'shop-seach', 'shop-search-2']);
});
