import type { Monitored } from '../model/monitored.ts';
import { latencyOf } from './endpoint-latency.ts';
import { type Points, paired, total, variantSeries } from './metric-series.ts';

/** Requests that had to wait until something was started or loaded. */
export interface Waits {
  /** Periods with such a wait, and the mean of each, microseconds. */
  readonly means: Points;
  /** Requests that waited; undefined where CloudWatch was not asked for their number. */
  readonly requests: number | undefined;
  readonly meanMicros: number;
}

/** Periods in which compute was set up for a serverless variant, or requests waited for their model; undefined where there were none. */
export function waitsOf(
  monitored: Monitored,
  variant: string,
  metric: 'ModelSetupTime' | 'ModelLoadingWaitTime',
): Waits | undefined {
  const samples = variantSeries(monitored, variant, metric, 'SampleCount');
  const found = latencyOf(monitored, variant, metric);
  if (!found) return undefined;
  const means = paired(found.means, found.means, (mean) => (mean > 0 ? mean : Number.NaN));
  const counts = paired(samples ?? { ...means, values: means.values.map(() => 1) }, means, (times) => times);
  const requests = total(counts);
  if (requests === 0) return undefined;
  const meanMicros = total(paired(counts, means, (times, mean) => times * mean)) / requests;
  return { means, requests: samples && requests, meanMicros };
}

/** Requests to a multi-model variant, and how many of them found their model loaded; undefined where CloudWatch does not tell. */
export function cacheHitsOf(
  monitored: Monitored,
  variant: string,
): { readonly hits: number; readonly requests: number; readonly missed: Points } | undefined {
  const of = (statistic: 'Average' | 'Sum' | 'SampleCount') => variantSeries(monitored, variant, 'ModelCacheHit', statistic);
  const requests = of('SampleCount') ?? variantSeries(monitored, variant, 'Invocations', 'Sum');
  const average = of('Average');
  const hits = of('Sum') ?? (average && requests && paired(average, requests, (share, times) => share * times));
  if (!hits || !requests) return undefined;
  const both = paired(requests, hits, (times) => times);
  if (total(both) === 0) return undefined;
  return {
    hits: total(paired(hits, requests, (times) => times)),
    requests: total(both),
    missed: paired(requests, hits, (all, some) => Math.max(0, all - some)),
  };
}
