import type { MetricSeries, Monitored } from '../model/monitored.ts';
import { byNumber } from '../model/text.ts';
import type { Resource } from './endpoint-utilization.ts';
import { findSeries } from './metric-series.ts';

/** One resource of one host of a job, in CloudWatch's percent. */
export interface HostUsage {
  /** `algo-1`. */
  readonly host: string;
  readonly series: MetricSeries;
}

/** Of each host of a job that has data points, in natural order, in the first of the statistics that is there. */
export function hostUsage(
  monitored: Monitored,
  resource: Resource,
  statistics: readonly ('Average' | 'Maximum')[] = ['Average'],
): HostUsage[] {
  const head = `${monitored.subject.name}/`;
  for (const statistic of statistics) {
    const found = findSeries(monitored, { metric: resource, statistic }).flatMap((series) => {
      const { Host: host } = series.dimensions;
      if (host === undefined || series.values.length === 0) return [];
      return [{ host: host.startsWith(head) ? host.slice(head.length) : host, series }];
    });
    if (found.length > 0) return found.sort((a, b) => byNumber(a.host, b.host));
  }
  return [];
}
