import type { InstanceNamespace, MetricName } from '../../../src/model/cloudwatch-metrics.ts';
import type { Metric } from '../metric.ts';
import { level, unevenness } from './amounts.ts';
import { metricOf } from './variant.ts';

type Levels = Readonly<Partial<Record<MetricName, (minute: number) => number>>>;

interface Host {
  readonly namespace: InstanceNamespace;
  readonly host: string;
  readonly seed: number;
  readonly startSeconds: number;
  readonly minutes: number;
  readonly levels: Levels;
}

/** Metrics of one host of a job, each about its level. */
export function hostMetrics({ namespace, host, seed, levels, ...when }: Host): Metric[] {
  const uneven = unevenness(seed, when.minutes, 0.06);
  return Object.entries(levels).map(([name, mean]) =>
    metricOf(when, namespace, name as MetricName, { Host: host }, (minute) => {
      const at = mean(minute) * uneven(minute);
      return level(at, at / 20);
    }),
  );
}
