import { instanceCounts } from '../measures/instance-types.ts';
import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';

/** True of what adds up over a period, so that it is told by the minute. */
export function isSum(statistic: Statistic): boolean {
  return statistic === 'Sum' || statistic === 'SampleCount';
}

/** Cores or GPUs of an instance, whichever a metric goes to 100 for each of; no count where the type is not known. */
export function countedOn(metric: MetricName, instanceType: string | undefined) {
  const { cores, gpus } = instanceCounts(instanceType);
  return metric.startsWith('CPU') ? { count: cores, what: 'cores' } : { count: gpus, what: 'GPUs' };
}
