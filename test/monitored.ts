import type { Dimension, MetricName, Namespace, Statistic } from '../src/model/cloudwatch-metrics.ts';
import { metricDefinition } from '../src/model/cloudwatch-metrics.ts';
import type { LogLine, MetricSeries, Monitored, Subject, Variant } from '../src/model/monitored.ts';

/** 2026-11-02 09:00:00 UTC, a whole hour. */
export const START = 1_793_610_000;

export const ENDPOINT = 'shop-search';

interface Given {
  readonly metric: MetricName;
  readonly statistic: Statistic;
  readonly namespace?: Namespace;
  readonly dimensions?: Readonly<Partial<Record<Dimension, string>>>;
  readonly periodSeconds?: number;
  /** By number of the period; nothing where there is no data. */
  readonly value: (period: number) => number | undefined;
  readonly periods?: number;
}

/** A made-up series from START on, one hour of minutes unless told; of variant `blue` unless told. */
export function seriesOf({
  metric,
  statistic,
  namespace = 'AWS/SageMaker',
  dimensions = { EndpointName: ENDPOINT, VariantName: 'blue' },
  periodSeconds = 60,
  periods = 60,
  value,
}: Given): MetricSeries {
  const unit = metricDefinition(namespace, metric)?.units[0];
  if (unit === undefined) throw new Error(`${namespace} has no ${metric}`);
  const points = Array.from({ length: periods }, (_, i) => [START + i * periodSeconds, value(i)] as const);
  const there = points.filter((point): point is readonly [number, number] => point[1] !== undefined);
  return {
    namespace,
    metric,
    dimensions,
    statistic,
    unit,
    periodSeconds,
    seconds: Float64Array.from(there, ([seconds]) => seconds),
    values: Float64Array.from(there, ([, at]) => at),
  };
}

interface MadeUp {
  readonly subject?: Partial<Subject>;
  readonly variants?: readonly Variant[];
  readonly series?: readonly MetricSeries[];
  readonly lines?: readonly LogLine[];
  readonly minutes?: number;
}

/** An endpoint of one variant `blue` on two instances unless told, over an hour from START on. */
export function monitoredEndpoint({ subject, variants = [BLUE], series = [], lines = [], minutes = 60 }: MadeUp = {}): Monitored {
  return {
    subject: { kind: 'endpoint', name: ENDPOINT, region: 'eu-west-1', status: 'InService', variants, phases: [], ...subject },
    startSeconds: START,
    endSeconds: START + minutes * 60,
    source: 'CloudWatch, eu-west-1',
    series,
    logs: lines.length > 0 ? { group: `/aws/sagemaker/Endpoints/${ENDPOINT}`, lines, leftOut: 0 } : { lines, leftOut: 0 },
    damage: [],
  };
}

export const BLUE: Variant = {
  name: 'blue',
  instanceType: 'ml.c5.xlarge',
  instanceCount: 2,
  weight: 1,
  containers: ['container-1'],
};
