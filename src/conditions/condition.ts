import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';

export const OPERATORS = ['>', '>=', '<', '<='] as const;
export type Operator = (typeof OPERATORS)[number];

/** A limit on one statistic of one metric: `ModelLatency p99 > 200ms for 5m`. */
export interface Condition {
  readonly metric: MetricName;
  readonly statistic: Statistic;
  readonly operator: Operator;
  /** In CloudWatch's unit: microseconds, percent, counts, errors per request (0 to 1). Of a Sum or SampleCount: each minute. */
  readonly threshold: number;
  /** True where the limit is percent of all cores or GPUs of an instance together: CloudWatch's value goes to 100 x their count. */
  readonly ofAll?: true;
  /** It has to hold so long without a break; absent: for one period of CloudWatch's. */
  readonly durationSeconds?: number;
  readonly where: Place;
}

/** Where a condition is looked at; everywhere in what is left out. */
export interface Place {
  readonly variant?: string;
  readonly container?: string;
  /** `<job>/algo-1`, or only its end: `algo-1`. */
  readonly host?: string;
}

/** How conditions are written, once: the help and docs/monitoring.md show it. */
export const CONDITION_GRAMMAR = [
  "METRIC [STATISTIC] OPERATOR VALUE [for TIME] [on [variant NAME] [container NAME] [host NAME]], such as 'ModelLatency p99 > 200ms for 5m'",
  'STATISTIC: Average (avg, mean, rate), Sum, Minimum (min), Maximum (max), SampleCount (count), p50, p99.9; OPERATOR: > >= < <=',
  'VALUE: us, ms, s or min of latencies, % of utilization and error rates, a plain number of counts (each minute); TIME: 90s, 5m, 2h, 1d',
] as const;
