import { instanceCounts } from '../measures/instance-types.ts';
import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';
import type { Condition } from './condition.ts';

/** True of what adds up over a period, so that it is told by the minute. */
export function isSum(statistic: Statistic): boolean {
  return statistic === 'Sum' || statistic === 'SampleCount';
}

/** True of counts that CloudWatch has no data of where they are none. */
export function isNoneWithoutData({ metric, statistic }: Pick<Condition, 'metric' | 'statistic'>): boolean {
  return statistic === 'SampleCount' || (statistic === 'Sum' && metric.startsWith('Invocations'));
}

/**
 * How many times a limit by the minute the limit on a whole period is. A count below 1 is none at all: 59 in an hour are not, though they are
 * below 1 a minute.
 */
export function timesLimit({ statistic, operator, threshold }: Condition, periodSeconds: number): number {
  const isNone = (operator === '<' && threshold <= 1) || (operator === '<=' && threshold < 1);
  return isSum(statistic) && !isNone ? periodSeconds / 60 : 1;
}

/** Cores or GPUs of an instance, whichever a metric goes to 100 for each of; no count where the type is not known. */
export function countedOn(metric: MetricName, instanceType: string | undefined) {
  const { cores, gpus } = instanceCounts(instanceType);
  return metric.startsWith('CPU') ? { count: cores, what: 'cores' } : { count: gpus, what: 'GPUs' };
}
