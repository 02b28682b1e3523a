/** What CloudWatch keeps of SageMaker: metrics with their units, the statistics that mean something, and their dimensions. */
export interface MetricDefinition {
  readonly namespace: Namespace;
  readonly name: MetricName;
  /** Earlier spellings of the same metric. */
  readonly aliases?: readonly string[];
  /** What CloudWatch may name as its unit; the first one where it names none. */
  readonly units: readonly [Unit, ...Unit[]];
  /** True for latencies: any percentile, `p99`, `p99.9`, is a statistic too. */
  readonly percentiles: boolean;
  readonly statistics: readonly PlainStatistic[];
  /** Names of the dimensions that it comes with, in any of these combinations. */
  readonly dimensions: readonly (readonly Dimension[])[];
}

export type Unit = 'Count' | 'None' | 'Percent' | 'Microseconds';
export type PlainStatistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';
/** As CloudWatch spells it: `Average`, `p99`. */
export type Statistic = PlainStatistic | `p${number}`;

/** Statistics by how people and tools write them, in lower case. */
export const SPELLINGS: Readonly<Partial<Record<string, PlainStatistic>>> = {
  average: 'Average',
  avg: 'Average',
  sum: 'Sum',
  minimum: 'Minimum',
  min: 'Minimum',
  maximum: 'Maximum',
  max: 'Maximum',
  samplecount: 'SampleCount',
};

export type Dimension = 'EndpointName' | 'VariantName' | 'ContainerName' | 'Host';

export const INSTANCE_NAMESPACES = [
  '/aws/sagemaker/TrainingJobs',
  '/aws/sagemaker/TransformJobs',
  '/aws/sagemaker/ProcessingJobs',
  '/aws/sagemaker/Endpoints',
] as const;
export type InstanceNamespace = (typeof INSTANCE_NAMESPACES)[number];
export type Namespace = 'AWS/SageMaker' | InstanceNamespace;

const COUNTS = ['Sum', 'SampleCount'] as const;
const ERRORS = ['Average', 'Sum'] as const;
const ALL = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const;
const LEVELS = ['Average', 'Minimum', 'Maximum'] as const;
const VARIANT = [['EndpointName', 'VariantName']] as const;

type Told = readonly [units: MetricDefinition['units'], statistics: readonly PlainStatistic[]];

/** Endpoint Variant Metrics, in the console's words; those of several models in one container last. */
const OF_VARIANTS = {
  Invocations: [['Count', 'None'], COUNTS],
  InvocationsPerInstance: [['Count', 'None'], ['Sum']],
  Invocation4XXErrors: [['None', 'Count'], ERRORS],
  Invocation5XXErrors: [['None', 'Count'], ERRORS],
  InvocationModelErrors: [['None', 'Count'], ERRORS],
  ModelLatency: [['Microseconds'], ALL],
  OverheadLatency: [['Microseconds'], ALL],
  ModelSetupTime: [['Microseconds'], ALL],
  ModelLoadingWaitTime: [['Microseconds'], ALL],
  ModelUnloadingTime: [['Microseconds'], ALL],
  ModelDownloadingTime: [['Microseconds'], ALL],
  ModelLoadingTime: [['Microseconds'], ALL],
  ModelCacheHit: [
    ['None', 'Count'],
    ['Average', 'Sum', 'SampleCount'],
  ],
} as const satisfies Readonly<Record<string, Told>>;

/**
 * Of several models in one container. The user guide of SageMaker has it beside the instance metrics (Multi-Model Endpoint Model Instance
 * Metrics), others beside those of model loading: it is asked for in both namespaces, and an alarm goes by the guide.
 */
const OF_MODELS = { LoadedModelCount: [['None', 'Count'], ALL] } as const satisfies Readonly<Record<string, Told>>;

/** Endpoint Container Metrics of an inference pipeline. */
const OF_CONTAINERS = { ContainerLatency: [['Microseconds'], ALL] } as const satisfies Readonly<Record<string, Told>>;

const OF_INSTANCES = {
  CPUUtilization: [['Percent'], LEVELS],
  MemoryUtilization: [['Percent'], LEVELS],
  GPUUtilization: [['Percent'], LEVELS],
  GPUMemoryUtilization: [['Percent'], LEVELS],
  DiskUtilization: [['Percent'], LEVELS],
} as const satisfies Readonly<Record<string, Told>>;

export type MetricName =
  | keyof typeof OF_VARIANTS
  | keyof typeof OF_MODELS
  | keyof typeof OF_CONTAINERS
  | keyof typeof OF_INSTANCES;

/** Spelled so for years. */
const ALIASES: Partial<Record<string, readonly string[]>> = { MemoryUtilization: ['MemoryUtilizaton'] };

/** Every metric that a report knows. */
export const METRICS: readonly MetricDefinition[] = [
  ...definitions('AWS/SageMaker', OF_VARIANTS, VARIANT),
  ...definitions('/aws/sagemaker/Endpoints', OF_MODELS, VARIANT),
  ...definitions('AWS/SageMaker', OF_MODELS, VARIANT),
  ...definitions('AWS/SageMaker', OF_CONTAINERS, [['EndpointName', 'VariantName', 'ContainerName']]),
  ...INSTANCE_NAMESPACES.flatMap((namespace) =>
    definitions(namespace, OF_INSTANCES, namespace === '/aws/sagemaker/Endpoints' ? [...VARIANT, ['Host']] : [['Host']]).filter(
      ({ name }) => name !== 'DiskUtilization' || namespace !== '/aws/sagemaker/TransformJobs',
    ),
  ),
];

/** The metric of that name, an earlier spelling included; undefined for one that is not in the table, or of another namespace. */
export function metricDefinition(namespace: string, name: string): MetricDefinition | undefined {
  return METRICS.find(
    (metric) => metric.namespace === namespace && (metric.name === name || metric.aliases?.includes(name) === true),
  );
}

/** Whether a statistic means something for a metric. */
export function hasStatistic({ statistics, percentiles }: MetricDefinition, statistic: string): statistic is Statistic {
  if ((statistics as readonly string[]).includes(statistic)) return true;
  const [, rank] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(statistic) ?? [];
  return percentiles && rank !== undefined;
}

function definitions(
  namespace: Namespace,
  metrics: Readonly<Record<string, Told>>,
  dimensions: MetricDefinition['dimensions'],
): MetricDefinition[] {
  return Object.entries(metrics).map(([name, [units, statistics]]) => ({
    namespace,
    name: name as MetricName,
    ...(ALIASES[name] ? { aliases: ALIASES[name] } : {}),
    units,
    percentiles: units[0] === 'Microseconds',
    statistics,
    dimensions,
  }));
}
