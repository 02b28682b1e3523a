import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { hasStatistic, type MetricDefinition, type Statistic } from '../model/cloudwatch-metrics.ts';
import type { SubjectKind } from '../model/monitored.ts';
import type { Asked } from './asked.ts';
import { metricsWith, type Target } from './targets.ts';

/** One statistic of one metric to ask for. */
export interface MetricQuery {
  /** Unique, as CloudWatch allows it: `m0`. */
  readonly id: string;
  readonly definition: MetricDefinition;
  /** As CloudWatch spells it: the metric's name, or an earlier spelling. */
  readonly name: string;
  readonly dimensions: Target;
  readonly statistic: Statistic;
}

const PERCENTILES = ['p50', 'p90', 'p99'] as const;

/**
 * Every metric of the targets in each spelling, with all statistics that mean something: 91 for a variant of an endpoint (of 19 metrics), 8 for
 * a container and 15 to 18 for a host. CloudWatch counts up to five of one metric as one metric requested, of which a thousand cost a cent.
 */
export function queriesFor(
  kind: SubjectKind,
  targets: readonly Target[],
  more: NonNullable<Asked['statistics']> = [],
): MetricQuery[] {
  const queries = targets.flatMap((dimensions) =>
    metricsWith(dimensions, kind).flatMap((definition) =>
      statisticsOf(definition, more).flatMap((statistic) =>
        [definition.name, ...(definition.aliases ?? [])].map((name) => ({ definition, name, dimensions, statistic })),
      ),
    ),
  );
  return queries.map((query, i) => ({ id: `m${i}`, ...query }));
}

/** As the request has it; the label tells people what it is. */
export function dataQuery({ id, definition, name, dimensions, statistic }: MetricQuery, periodSeconds: number): MetricDataQuery {
  return {
    Id: id,
    Label: `${name} ${statistic} ${Object.values(dimensions).join('/')}`,
    MetricStat: {
      Metric: {
        Namespace: definition.namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: statistic,
    },
  };
}

function statisticsOf(definition: MetricDefinition, more: NonNullable<Asked['statistics']>): Statistic[] {
  const asked = more.filter(({ metric }) => metric === definition.name).map(({ statistic }) => statistic);
  const all = new Set<Statistic>([...definition.statistics, ...PERCENTILES, ...asked]);
  return [...all].filter((statistic) => hasStatistic(definition, statistic));
}
