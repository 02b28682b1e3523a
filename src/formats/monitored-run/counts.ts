import { instanceCounts } from '../../measures/instance-types.ts';
import type { MetricName } from '../../model/cloudwatch-metrics.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { Damage } from '../../model/run.ts';
import { count, percent, visibleName } from '../../model/text.ts';

/** What percentages of a host are shared among: they go to 100 times as many. */
export interface Devices {
  readonly count: number;
  /** False where it was made out of the data: at least so many there are. */
  readonly isKnown: boolean;
}

/** Somewhat more than all of its cores a host may report; the instance type is wrong only where it is much more. */
const OVER = 1.05;
const FAR_OVER = 1.25;

/** Cores and GPUs of a job's hosts: by the instance type, else the fewest that the largest value allows, and that is told. */
export function devicesOf(monitored: Monitored): { cores: Devices; gpus: Devices; damage: Damage[] } {
  const { instanceType } = monitored.subject;
  const known = instanceCounts(instanceType);
  const damage: Damage[] = [];
  const devices = (one: string, metrics: readonly MetricName[], told: number | undefined): Devices => {
    const largest = largestOf(monitored, metrics);
    if (told !== undefined && largest <= told * 100 * FAR_OVER) return { count: told, isKnown: true };
    const least = Math.max(1, Math.ceil(largest / 100 / OVER));
    if (largest > 0) damage.push({ kind: 'assumed', count: 1, detail: detailOf(metrics[0] as string, largest, least, one) });
    return { count: least, isKnown: false };
  };
  const why = instanceType === undefined ? 'the instance type is not known' : `${visibleName(instanceType)} tells otherwise`;
  const detailOf = (metric: string, largest: number, least: number, one: string) =>
    `${metric} goes to ${percent(largest)} of one ${one}: ${count(least)} ${one}${least === 1 ? ' was' : 's were'} assumed, the fewest that fit if up to 5 % more than all is measuring error, since ${why}. With more of them utilization is lower than told.`;
  const cores = devices('core', ['CPUUtilization'], known.cores);
  const gpus = devices('GPU', ['GPUUtilization', 'GPUMemoryUtilization'], known.gpus);
  return { cores, gpus, damage };
}

function largestOf({ series }: Monitored, metrics: readonly MetricName[]): number {
  let largest = 0;
  for (const { metric, values } of series) {
    if (metrics.includes(metric)) for (const value of values) if (value > largest) largest = value;
  }
  return largest;
}
