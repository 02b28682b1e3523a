import type { MetricSeries } from '../../model/monitored.ts';
import type { Metric, SystemMetrics } from '../../model/system-metrics.ts';

/** A metric of one host over time, in percent of what it has. */
export interface HostSeries extends Pick<MetricSeries, 'seconds' | 'values'> {
  readonly host: string;
  readonly metric: Metric;
  /** What was sampled: `gpu0`, `GPUs`. */
  readonly device: string;
}

/** The series as samples of one row each: by time, then in the order of the series. There are no files. */
export function samplesOf(series: readonly HostSeries[]): SystemMetrics {
  const metrics = [...new Map(series.map(({ metric }) => [metric.dimension, metric])).values()];
  const nodes = [...new Set(series.map(({ host }) => host))];
  const names = [...new Set(series.map(({ device }) => device))];
  const { times, at } = placed(series);
  const batchCount = at.length;
  const node = new Uint16Array(batchCount);
  const metric = new Uint16Array(batchCount);
  const name = new Uint32Array(batchCount);
  const seconds = new Float64Array(batchCount);
  const value = new Float64Array(batchCount);
  let point = 0;
  for (const one of series) {
    const ids = [nodes.indexOf(one.host), metrics.indexOf(one.metric), names.indexOf(one.device)] as const;
    for (let i = 0; i < one.values.length; i++) {
      const batch = at[point] as number;
      [node[batch], metric[batch], name[batch]] = ids;
      seconds[batch] = times[point++] as number;
      value[batch] = one.values[i] as number;
    }
  }
  return {
    files: [],
    nodes,
    metrics,
    names,
    batchCount,
    seconds,
    node,
    metric,
    firstRow: Uint32Array.from({ length: batchCount + 1 }, (_, i) => i),
    nameOf: (row) => name[row] as number,
    valueOf: (row) => value[row] as number,
    isRepeat: () => false,
    hasRepeats: false,
  };
}

/** Of every point of every series, one after the other, its time and its place in order of time. Sorts times only, not points: there may be millions. */
function placed(series: readonly HostSeries[]): { times: Float64Array; at: Uint32Array } {
  const times = new Float64Array(series.reduce((sum, { seconds }) => sum + seconds.length, 0));
  let filled = 0;
  for (const { seconds } of series) {
    times.set(seconds, filled);
    filled += seconds.length;
  }
  const index = new Map<number, number>();
  for (const moment of times.toSorted()) if (!index.has(moment)) index.set(moment, index.size);
  const next = new Uint32Array(index.size + 1);
  for (const moment of times) (next[(index.get(moment) as number) + 1] as number)++;
  for (let i = 1; i < next.length; i++) next[i] = (next[i] as number) + (next[i - 1] as number);
  const at = Uint32Array.from(times, (moment) => (next[index.get(moment) as number] as number)++);
  return { times, at };
}
