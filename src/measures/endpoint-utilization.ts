import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { Monitored } from '../model/monitored.ts';
import { invocationsOf } from './endpoint-traffic.ts';
import { instanceCounts } from './instance-types.ts';
import { instanceSeries, largest, type Points, paired, scaled, total, variantOf, variantSeries } from './metric-series.ts';

export const RESOURCES = [
  'CPUUtilization',
  'MemoryUtilization',
  'GPUUtilization',
  'GPUMemoryUtilization',
  'DiskUtilization',
] as const satisfies MetricName[];
export type Resource = (typeof RESOURCES)[number];

/** Instances send their values every 10 to 300 seconds, as MetricsConfig of the endpoint's configuration says: gaps up to this are none. */
export const PUBLISHED_SECONDS = 300;

/** How far one resource was used: of an instance, or of the variant as a whole where there is nothing of instances. */
export interface Utilization {
  readonly resource: Resource;
  readonly instance?: string;
  /** 0 to 100, or to 100 times the count of cores or GPUs where that is not known. */
  readonly points: Points;
  /** False where the count is not known. */
  readonly isNormalised: boolean;
}

/** Of each instance of a variant, in the first of the statistics that is there; empty where CloudWatch has nothing of it. */
export function utilizationOf(
  monitored: Monitored,
  variant: string,
  resource: Resource,
  statistics: readonly ('Average' | 'Maximum')[] = ['Average'],
): Utilization[] {
  const count = countOf(monitored, variant, resource);
  const utilization = (points: Points, instance?: string): Utilization => ({
    resource,
    points: scaled(points, 1 / (count ?? 1)),
    isNormalised: count !== undefined,
    ...(instance === undefined ? {} : { instance }),
  });
  for (const statistic of statistics) {
    const instances = instanceSeries(monitored, variant, resource, statistic);
    if (instances.size > 0) return [...instances].map(([instance, series]) => utilization(series, instance));
    const series = variantSeries(monitored, variant, resource, statistic);
    if (series) return [utilization(series)];
  }
  return [];
}

/** What 100 percent stand for; undefined where the instance type does not tell. */
function countOf({ subject }: Monitored, variant: string, resource: Resource): number | undefined {
  const { cores, gpus } = instanceCounts(variantOf({ subject }, variant)?.instanceType);
  if (resource === 'CPUUtilization') return cores;
  return resource === 'GPUUtilization' || resource === 'GPUMemoryUtilization' ? gpus : 1;
}

/** How far one resource is from full. */
export interface Headroom {
  readonly resource: Resource;
  readonly instance?: string;
  /** Of CPU and GPU the busiest period with invocations, of memory and disk the highest value, 0 to 100. */
  readonly utilization: number;
  /** How much more traffic there is room for; of CPU and GPU only, since memory and disk hardly follow traffic. */
  readonly traffic?: {
    /** Invocations per instance and second in that period. */
    readonly perInstanceSecond: number;
    /** Factor by which they could grow: 1.5 is half as much again; below 1 where it is over full already. */
    readonly factor: number;
  };
}

/**
 * The nearest to full of each resource, the nearest of all first. CPU and GPU are taken as growing in proportion to traffic, from nothing:
 * what runs without requests makes the true headroom larger, queues make it smaller. Empty without traffic, and where counts of cores or
 * GPUs are not known.
 */
export function headroomsOf(monitored: Monitored, variant: string): Headroom[] {
  const perInstance = invocationsPerInstance(monitored, variant);
  if (perInstance === undefined) return [];
  const used = RESOURCES.flatMap((resource) => utilizationOf(monitored, variant, resource)).filter(
    ({ points }) => (largest(points) ?? 0) > 0,
  );
  if (!used.some(({ resource }) => followsTraffic(resource)) || used.some(({ isNormalised }) => !isNormalised)) return [];
  const found = used.flatMap(({ resource, instance, points }): Headroom[] => {
    const of = { resource, ...(instance === undefined ? {} : { instance }) };
    if (!followsTraffic(resource)) return [{ ...of, utilization: largest(points) as number }];
    const busy = paired(points, perInstance, (value, invocations) => (invocations > 0 ? value : Number.NaN));
    const utilization = largest(busy);
    if (!utilization) return [];
    const at = busy.seconds[busy.values.indexOf(utilization)] as number;
    const invocations = perInstance.values[perInstance.seconds.indexOf(at)] as number;
    return [
      { ...of, utilization, traffic: { perInstanceSecond: invocations / perInstance.periodSeconds, factor: 100 / utilization } },
    ];
  });
  const sorted = found.sort((a, b) => b.utilization - a.utilization);
  return [...Map.groupBy(sorted, ({ resource }) => resource).values()].map(([first]) => first as Headroom);
}

/** What is nearest to full; undefined where that is not known. */
export function headroomOf(monitored: Monitored, variant: string): Headroom | undefined {
  return headroomsOf(monitored, variant)[0];
}

function followsTraffic(resource: Resource): boolean {
  return resource === 'CPUUtilization' || resource === 'GPUUtilization';
}

/** InvocationsPerInstance, or invocations divided by the count of instances where that metric is not there. */
export function invocationsPerInstance(monitored: Monitored, variant: string): Points | undefined {
  const own = variantSeries(monitored, variant, 'InvocationsPerInstance', 'Sum');
  if (own && total(own) > 0) return own;
  const { instanceCount } = variantOf(monitored, variant) ?? {};
  const invocations = invocationsOf(monitored, variant);
  return invocations && instanceCount ? scaled(invocations, 1 / instanceCount) : undefined;
}
