import { describe, expect, test } from 'vitest';
import { METRICS, type Namespace } from '../../src/model/cloudwatch-metrics.ts';
import type { SubjectKind } from '../../src/model/monitored.ts';
import { START } from '../monitored.ts';
import { fetched, reported, rowsOf, serving } from './fetched.ts';
import { type Metric, metricByMinute } from './metric.ts';
import type { SageMakerThings } from './sagemaker-api.ts';
import { worldOf } from './world.ts';
import { endpointShape } from './worlds/endpoint-shape.ts';

const MINUTES = 10;
const LEVELS = ['Average', 'Maximum', 'Minimum'];
const ALL = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];
const LATENCY = [...ALL, 'p50', 'p90', 'p99'];

/** What CloudWatch has of SageMaker by its user guide, written down apart from the product's own table. */
const VARIANT_METRICS = {
  Invocations: ['Count', ['SampleCount', 'Sum']],
  InvocationsPerInstance: ['Count', ['Sum']],
  Invocation4XXErrors: ['None', ['Average', 'Sum']],
  Invocation5XXErrors: ['None', ['Average', 'Sum']],
  InvocationModelErrors: ['None', ['Average', 'Sum']],
  ModelLatency: ['Microseconds', LATENCY],
  OverheadLatency: ['Microseconds', LATENCY],
  ModelSetupTime: ['Microseconds', LATENCY],
  ModelLoadingWaitTime: ['Microseconds', LATENCY],
  ModelUnloadingTime: ['Microseconds', LATENCY],
  ModelDownloadingTime: ['Microseconds', LATENCY],
  ModelLoadingTime: ['Microseconds', LATENCY],
  ModelCacheHit: ['None', ['Average', 'SampleCount', 'Sum']],
} as const;
const MODEL_METRICS = { LoadedModelCount: ['None', ALL] } as const;
const CONTAINER_METRICS = { ContainerLatency: ['Microseconds', LATENCY] } as const;
const INSTANCE_METRICS = {
  CPUUtilization: ['Percent', LEVELS],
  MemoryUtilization: ['Percent', LEVELS],
  GPUUtilization: ['Percent', LEVELS],
  GPUMemoryUtilization: ['Percent', LEVELS],
  DiskUtilization: ['Percent', LEVELS],
} as const;
const { DiskUtilization: _, ...TRANSFORM_METRICS } = INSTANCE_METRICS;

interface Place {
  readonly namespace: Namespace;
  /** Where the same metric must not be looked for. */
  readonly neighbour: Namespace;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, readonly [unit: string, statistics: readonly string[]]>>;
  readonly kind: SubjectKind;
  readonly name: string;
}

const VARIANT = { EndpointName: 'shop-search', VariantName: 'blue' };
const ofEndpoint = { kind: 'endpoint', name: 'shop-search' } as const;
const instances = { namespace: '/aws/sagemaker/Endpoints', neighbour: 'AWS/SageMaker', metrics: INSTANCE_METRICS } as const;
const models = { neighbour: '/aws/sagemaker/TransformJobs', dimensions: VARIANT, metrics: MODEL_METRICS } as const;
const PLACES: readonly Place[] = [
  { ...ofEndpoint, ...models, namespace: 'AWS/SageMaker' },
  { ...ofEndpoint, ...models, namespace: '/aws/sagemaker/Endpoints' },
  {
    ...ofEndpoint,
    namespace: 'AWS/SageMaker',
    neighbour: '/aws/sagemaker/Endpoints',
    dimensions: VARIANT,
    metrics: VARIANT_METRICS,
  },
  {
    ...ofEndpoint,
    namespace: 'AWS/SageMaker',
    neighbour: '/aws/sagemaker/Endpoints',
    dimensions: { ...VARIANT, ContainerName: 'rank' },
    metrics: CONTAINER_METRICS,
  },
  { ...ofEndpoint, ...instances, dimensions: VARIANT },
  { ...ofEndpoint, ...instances, dimensions: { Host: 'shop-search/blue/i-0d4e5f6a7b8c9d0e1' } },
  {
    kind: 'training job',
    name: 'churn',
    namespace: '/aws/sagemaker/TrainingJobs',
    neighbour: '/aws/sagemaker/ProcessingJobs',
    dimensions: { Host: 'churn/algo-2' },
    metrics: INSTANCE_METRICS,
  },
  {
    kind: 'processing job',
    name: 'features',
    namespace: '/aws/sagemaker/ProcessingJobs',
    neighbour: '/aws/sagemaker/TransformJobs',
    dimensions: { Host: 'features/algo-1' },
    metrics: INSTANCE_METRICS,
  },
  {
    kind: 'transform job',
    name: 'score',
    namespace: '/aws/sagemaker/TransformJobs',
    neighbour: '/aws/sagemaker/TrainingJobs',
    dimensions: { Host: 'score/i-0a9b8c7d6e5f4a3b2' },
    metrics: TRANSFORM_METRICS,
  },
];

const CASES = PLACES.flatMap(({ metrics, ...place }) =>
  Object.entries(metrics).map(([metric, [unit, statistics]]) => ({
    ...place,
    metric,
    unit,
    statistics,
    where: `${place.namespace} ${Object.keys(place.dimensions).join()} ${metric}`,
  })),
);
type Case = (typeof CASES)[number];

const END = START + MINUTES * 60;
const RESOURCES = { InstanceType: 'ml.m5.xlarge', InstanceCount: 2 };
const SAGEMAKER: SageMakerThings = {
  ...endpointShape('shop-search', START - 86_400, [
    { name: 'blue', instanceType: 'ml.c5.xlarge', instances: 1, weight: 1, containers: ['clean', 'embed', 'rank'] },
  ]),
  TrainingJob: {
    churn: { TrainingJobStatus: 'InProgress', CreationTime: START, TrainingStartTime: START, ResourceConfig: RESOURCES },
  },
  TransformJob: {
    score: { TransformJobStatus: 'InProgress', CreationTime: START, TransformStartTime: START, TransformResources: RESOURCES },
  },
  ProcessingJob: {
    features: {
      ProcessingJobStatus: 'InProgress',
      CreationTime: START,
      ProcessingStartTime: START,
      ProcessingResources: { ClusterConfig: RESOURCES },
    },
  },
};

/** One value a minute: 10, 11, 12, ... */
function numbers(one: Pick<Metric, 'namespace' | 'name' | 'dimensions' | 'unit'>): Metric {
  return metricByMinute({ ...one, startSeconds: START, minutes: MINUTES, at: (minute) => 10 + minute });
}

/** Rows of that metric in the report, when it is put into `namespace`; another metric is there too, so that there is a report. */
async function rowsWhenIn(namespace: Namespace, { metric, dimensions, unit, kind, name }: Case, spelled = metric) {
  const isOther = metric === 'CPUUtilization' ? 'MemoryUtilization' : 'CPUUtilization';
  const host = PLACES.find((place) => place.kind === kind && place.dimensions.Host !== undefined) as Place;
  const world = worldOf({
    nowSeconds: END,
    metrics: [
      numbers({ namespace, name: spelled, dimensions, unit: unit as Metric['unit'] }),
      numbers({ namespace: host.namespace, name: isOther, dimensions: host.dimensions, unit: 'Percent' }),
    ],
    sagemaker: SAGEMAKER,
  });
  await serving(world);
  const report = await reported(await fetched(world, { kind, name, startSeconds: START, endSeconds: END }));
  const rows = rowsOf(report, 'metrics-read');
  expect(rows.some((row) => row.Metric === isOther)).toBe(true);
  return rows.filter((row) => row.Metric === metric || row.Metric === spelled);
}

test('the product knows every metric of every place', () => {
  const known = METRICS.flatMap(({ namespace, name, dimensions }) =>
    dimensions.map((names) => `${namespace} ${names.join()} ${name}`),
  );
  expect(CASES.map(({ where }) => where).sort()).toEqual(known.sort());
});

describe.each(CASES)('$where', (one) => {
  test('is in the report with its unit and its statistics', async () => {
    const rows = await rowsWhenIn(one.namespace, one);
    expect(rows.map((row) => row.Statistic).sort()).toEqual([...one.statistics].sort());
    const said = Object.entries(one.dimensions).map(([name, value]) => `${name} ${value}`);
    for (const row of rows) {
      expect(row).toMatchObject({ Namespace: one.namespace, Unit: one.unit, Points: MINUTES });
      expect(String(row.Dimensions).split(', ').sort()).toEqual(said.sort());
    }
    const highest = rows.find((row) => row.Statistic !== 'SampleCount')?.Highest;
    expect(highest).toBe(10 + MINUTES - 1);
  });

  test('is not, where a neighbouring namespace has it', async () => {
    expect(await rowsWhenIn(one.neighbour, one)).toEqual([]);
  });
});

test.each(CASES.filter(({ metric }) => metric === 'MemoryUtilization'))(
  '$where under its historical spelling is the same metric',
  async (one) => {
    const rows = await rowsWhenIn(one.namespace, one, 'MemoryUtilizaton');
    expect(rows.map((row) => row.Statistic).sort()).toEqual(LEVELS);
    for (const row of rows) expect(row).toMatchObject({ Metric: 'MemoryUtilization', Unit: 'Percent', Points: MINUTES });
  },
);
