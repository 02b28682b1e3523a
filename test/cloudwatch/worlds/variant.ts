import { type MetricName, metricDefinition, type Namespace } from '../../../src/model/cloudwatch-metrics.ts';
import { type Measured, type Metric, metricByMinute } from '../metric.ts';
import { durations, happened, level, ofEach, unevenness } from './amounts.ts';

/** How one variant of an endpoint fares, minute by minute. */
export interface VariantPlan {
  readonly endpoint: string;
  readonly variant: string;
  readonly seed: number;
  readonly startSeconds: number;
  readonly minutes: number;
  /** Ids of its instances; none where it is serverless. */
  readonly instances: readonly string[];
  readonly cores: number;
  /** Requests of a minute, before they are made uneven. */
  requests(minute: number): number;
  /** Usual microseconds of each container, in the order in which a request passes them; one alone has no latency of its own. */
  readonly containers: Readonly<Record<string, (minute: number) => number>>;
  overheadMicros(minute: number): number;
  /** Share of the requests that fail, 0 to 1. */
  failing(minute: number): { readonly client?: number; readonly server?: number };
}

type At = (minute: number) => Measured | number | undefined;

/** All that CloudWatch keeps of a variant. */
export function variantMetrics(plan: VariantPlan): Metric[] {
  const { endpoint, variant, instances, cores, containers, minutes, seed } = plan;
  const uneven = unevenness(seed, minutes);
  const requests = (minute: number) => Math.round(plan.requests(minute) * uneven(minute));
  const failed = (minute: number) => Math.round((plan.failing(minute).server ?? 0) * requests(minute));
  const model = (minute: number) => Object.values(containers).reduce((sum, micros) => sum + micros(minute), 0);
  const slow = unevenness(seed + 1, minutes, 0.05);
  const of = { EndpointName: endpoint, VariantName: variant };
  const metric = (
    name: MetricName,
    at: At,
    dimensions: Readonly<Record<string, string>> = of,
    namespace: Namespace = 'AWS/SageMaker',
  ) => metricOf(plan, namespace, name, dimensions, at);
  const utilization = (hosts: number, dimensions: Readonly<Record<string, string>>) => {
    const busy = (minute: number) => Math.min(92 * cores, (requests(minute) / instances.length) * (model(minute) / 6e7) * 70);
    const instance = (name: MetricName, at: At) => metric(name, at, dimensions, '/aws/sagemaker/Endpoints');
    return [
      instance('CPUUtilization', (minute) => level(4 + busy(minute), 2 + hosts)),
      instance('MemoryUtilization', (minute) => level(38 + 12 * (minute / minutes), 0.4)),
      instance('DiskUtilization', () => level(21, 0.1)),
    ];
  };
  return [
    metric('Invocations', (minute) => ofEach(1, requests(minute))),
    ...instances
      .slice(0, 1)
      .map(() => metric('InvocationsPerInstance', (minute) => ofEach(1 / instances.length, requests(minute)))),
    metric('Invocation4XXErrors', (minute) =>
      happened(Math.round((plan.failing(minute).client ?? 0) * requests(minute)), requests(minute)),
    ),
    metric('Invocation5XXErrors', (minute) => happened(failed(minute), requests(minute))),
    metric('InvocationModelErrors', (minute) => happened(failed(minute), requests(minute))),
    metric('ModelLatency', (minute) => durations(model(minute) * slow(minute), requests(minute))),
    metric('OverheadLatency', (minute) => durations(plan.overheadMicros(minute), requests(minute))),
    ...(Object.keys(containers).length < 2 ? [] : Object.entries(containers)).map(([ContainerName, micros]) =>
      metric('ContainerLatency', (minute) => durations(micros(minute) * slow(minute), requests(minute)), {
        ...of,
        ContainerName,
      }),
    ),
    ...(instances.length > 0 ? utilization(instances.length, of) : []),
    ...instances.flatMap((instance) => utilization(1, { Host: `${endpoint}/${variant}/${instance}` })),
  ];
}

interface When {
  readonly startSeconds: number;
  readonly minutes: number;
}

/** A metric by its own unit. */
export function metricOf(
  { startSeconds, minutes }: When,
  namespace: Namespace,
  name: MetricName,
  dimensions: Readonly<Record<string, string>>,
  at: At,
): Metric {
  const unit = metricDefinition(namespace, name)?.units[0];
  if (unit === undefined) throw new Error(`${namespace} has no ${name}`);
  return metricByMinute({ namespace, name, dimensions, unit, startSeconds, minutes, at });
}
