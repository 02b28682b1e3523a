import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type MetricOptions, readMetrics } from './metrics.ts';
import type { Span } from './period.ts';
import type { MetricQuery } from './queries.ts';
import type { Target } from './targets.ts';

const DAY = 86_400;

/**
 * The queries of metrics that have any data in a span: of most endpoints less than half, as they have no GPU, or one model. One value a day of
 * one statistic of each tells, which is little beside what it saves. Rejects as `readMetrics`.
 */
export async function withData(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  { startSeconds, endSeconds }: Span,
  options: MetricOptions,
): Promise<MetricQuery[]> {
  const signs = new Map(queries.toReversed().map((query) => [`${query.name} ${keyOfQuery(query)}`, query]));
  const days = { startSeconds: Math.floor(startSeconds / DAY) * DAY, endSeconds, periodSeconds: DAY };
  const series = await readMetrics(client, [...signs.values()], days, options);
  const there = new Set(series.map(({ namespace, metric, dimensions }) => keyOf(namespace, metric, dimensions)));
  return queries.filter((query) => there.has(keyOfQuery(query)));
}

const keyOfQuery = ({ definition, dimensions }: MetricQuery) => keyOf(definition.namespace, definition.name, dimensions);

function keyOf(namespace: string, metric: string, dimensions: Target): string {
  return JSON.stringify([namespace, metric, dimensions]);
}
