import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { Monitored } from '../model/monitored.ts';
import { type Points, paired, ratio, variantSeries } from './metric-series.ts';

/** Responses that were errors, in CloudWatch's words. Model errors are also among the 4XX (a caller is answered 424) or the 5XX. */
export const ERROR_METRICS = [
  'Invocation5XXErrors',
  'InvocationModelErrors',
  'Invocation4XXErrors',
] as const satisfies MetricName[];
export type ErrorMetric = (typeof ERROR_METRICS)[number];

/** How often a variant was invoked in each period; undefined where CloudWatch has nothing of it. */
export function invocationsOf(monitored: Monitored, variant: string): Points | undefined {
  return (
    variantSeries(monitored, variant, 'Invocations', 'Sum') ?? variantSeries(monitored, variant, 'Invocations', 'SampleCount')
  );
}

/** Errors of a variant in each period: their Sum, or what Average, which is the rate, makes of the invocations. */
export function errorsOf(monitored: Monitored, variant: string, metric: ErrorMetric): Points | undefined {
  const sum = variantSeries(monitored, variant, metric, 'Sum');
  if (sum) return sum;
  const [rate, invocations] = [variantSeries(monitored, variant, metric, 'Average'), invocationsOf(monitored, variant)];
  return rate && invocations && paired(rate, invocations, (share, times) => share * times);
}

/** Errors as parts of the invocations of each period: at most all of them, also where CloudWatch counts an error later than its call. */
export function errorShares(errors: Points, invocations: Points): Points {
  const shares = ratio(errors, invocations);
  return { ...shares, values: shares.values.map((share) => Math.min(1, share)) };
}
