import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { Monitored } from '../model/monitored.ts';
import { instanceCounts } from './instance-types.ts';
import { type Points, scaled, variantSeries } from './metric-series.ts';
import { peakOf, perMinute, type VariantTraffic } from './variant-numbers.ts';

export const RESOURCES = [
  { metric: 'CPUUtilization', label: 'CPU', each: 'cores' },
  { metric: 'MemoryUtilization', label: 'Memory' },
  { metric: 'GPUUtilization', label: 'GPU', each: 'gpus' },
  { metric: 'GPUMemoryUtilization', label: 'GPU memory', each: 'gpus' },
  { metric: 'DiskUtilization', label: 'Disk' },
] as const satisfies readonly { metric: MetricName; label: string; each?: 'cores' | 'gpus' }[];

export type Resource = (typeof RESOURCES)[number];

/** What 100 percent of all cores or GPUs together come to in CloudWatch's percent; undefined where the instance type does not tell. */
export function fullPercent(resource: Resource, instanceType: string | undefined): number | undefined {
  if (!('each' in resource)) return 100;
  const each = instanceCounts(instanceType)[resource.each];
  return each === undefined ? undefined : 100 * each;
}

/** Mean over the instances of a variant, 0 to 100; undefined where there is no series, or nobody knows how many cores or GPUs there are. */
export function utilizationOf(monitored: Monitored, { name, variant }: VariantTraffic, resource: Resource): Points | undefined {
  const series = variantSeries(monitored, name, resource.metric, 'Average');
  const full = fullPercent(resource, variant?.instanceType);
  return series && full !== undefined ? scaled(series, 100 / full) : undefined;
}

/** How much of a variant's instances is left in its busiest period. */
export interface Headroom {
  /** What is used the most. */
  readonly label: string;
  readonly highestPercent: number;
  readonly atSeconds: number;
  readonly leftPercent: number;
  /** Invocations of one instance in a minute: the most there were. */
  readonly mostPerInstance?: number;
  /** What one instance could take until CPU or GPU is full, if they grow as the traffic does: an estimate. */
  readonly roomPerInstance?: number;
}

/** Undefined where no utilization can be compared with a whole. */
export function headroomOf(monitored: Monitored, traffic: VariantTraffic): Headroom | undefined {
  const used = RESOURCES.flatMap((resource) => {
    const peak = peakOf(utilizationOf(monitored, traffic, resource));
    return peak ? [{ label: resource.label, ...peak }] : [];
  });
  const [busiest] = used.toSorted((a, b) => b.value - a.value);
  if (busiest === undefined) return undefined;
  const perInstance = invocationsPerInstance(monitored, traffic);
  const most = peakOf(perInstance && perMinute(perInstance))?.value;
  const grows = Math.max(...used.flatMap(({ label, value }) => (label === 'CPU' || label === 'GPU' ? [value] : [])));
  return {
    label: busiest.label,
    highestPercent: busiest.value,
    atSeconds: busiest.seconds,
    leftPercent: Math.max(0, 100 - busiest.value),
    ...(most === undefined ? {} : { mostPerInstance: most }),
    ...(most === undefined || !(grows > 0) ? {} : { roomPerInstance: (most * 100) / Math.min(100, grows) }),
  };
}

/** Of each period: the metric, or invocations by the number of instances. */
export function invocationsPerInstance(monitored: Monitored, { name, variant, invocations }: VariantTraffic): Points | undefined {
  const series = variantSeries(monitored, name, 'InvocationsPerInstance', 'Sum');
  if (series) return series;
  const count = variant?.instanceCount ?? 0;
  return invocations && count > 0 ? scaled(invocations, 1 / count) : undefined;
}
