import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { MetricSeries } from '../model/monitored.ts';

/** A period in which a metric stands out. */
export interface Spike {
  /** Seconds since the epoch. */
  readonly startSeconds: number;
  readonly periodSeconds: number;
}

/** So many times its median, and of counts at least so many, is a spike. */
const TIMES = 2;
const ERRORS: ReadonlySet<MetricName> = new Set(['Invocation5XXErrors', 'InvocationModelErrors', 'Invocation4XXErrors']);

/** The periods in which errors, latencies or utilization stand out the most against their median, none beside another, in order of time. */
export function spikesOf(series: readonly MetricSeries[], most: number): Spike[] {
  const found = series.filter(isTelling).flatMap(({ metric, seconds, values, periodSeconds }) => {
    const median = values.toSorted()[values.length >> 1] ?? 0;
    const usual = ERRORS.has(metric) ? Math.max(1, median) : median;
    if (usual <= 0) return [];
    return Array.from(seconds, (startSeconds, i) => ({ startSeconds, periodSeconds, times: (values[i] ?? 0) / usual })).filter(
      ({ times }) => times >= TIMES,
    );
  });
  const spikes: Spike[] = [];
  for (const { startSeconds, periodSeconds } of found.sort((a, b) => b.times - a.times || a.startSeconds - b.startSeconds)) {
    if (spikes.length === most) break;
    const isBeside = spikes.some((spike) => Math.abs(spike.startSeconds - startSeconds) <= 2 * periodSeconds);
    if (!isBeside) spikes.push({ startSeconds, periodSeconds });
  }
  return spikes.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** One statistic of each metric, that which shows a spike best. */
function isTelling({ metric, statistic }: MetricSeries): boolean {
  return (
    statistic ===
    (ERRORS.has(metric) ? 'Sum' : metric.endsWith('Latency') || metric.endsWith('Utilization') ? 'Maximum' : undefined)
  );
}
