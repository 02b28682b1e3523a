import type { PhaseInterval } from '../measures/phase-intervals.ts';
import { byNodeAndMetric, type NodeMetric, samplesOf } from './batches.ts';
import { workerPhases } from './phases.ts';
import { STATISTICS, statistics } from './statistics.ts';
import type { Cell, DataTable, TableInput } from './table.ts';
import { real, text, whole } from './table.ts';

/** Cores and GPUs are looked at together; the other metrics each by its name. */
const DEVICES = ['cpu', 'gpu'];

/**
 * Statistics of each metric and node, over the whole window and by training phase: B9 of the originals, which threw percent of use and of
 * waiting, and bytes received and sent, into one number. A training phase of a node is that of its first worker.
 */
export function utilizationTable({ run, window }: TableInput): DataTable {
  const { metrics } = run;
  return {
    name: 'utilization',
    columns: [
      ...[text('Resource'), text('metric'), text('nodeID'), text('Training_phase'), whole('samples')],
      ...STATISTICS.map((name) => real(`utilization_${name}`)),
    ],
    *rows() {
      const phases = [...workerPhases(run)];
      for (const group of byNodeAndMetric(metrics, window)) {
        const worker =
          phases.find(([name]) => name.startsWith(`${group.node}-`)) ?? (metrics.nodes.length === 1 ? phases[0] : undefined);
        for (const series of seriesOf(run.metrics, group)) yield* rowsOf(group, series, worker?.[1] ?? []);
      }
    },
  };
}

interface Series {
  readonly metric: string;
  readonly seconds: Float64Array;
  readonly values: Float64Array;
}

function seriesOf(metrics: TableInput['run']['metrics'], { type, dimension, batches }: NodeMetric): Series[] {
  const lists = new Map<string, { seconds: number[]; values: number[] }>();
  for (const { seconds, name, value } of samplesOf(metrics, batches)) {
    const names = DEVICES.includes(type) ? [dimension] : [dimension, metrics.names[name] as string];
    const metric = names.filter((part) => part !== '').join(' ');
    const list = lists.get(metric) ?? { seconds: [], values: [] };
    lists.set(metric, list);
    list.seconds.push(seconds);
    list.values.push(value);
  }
  return [...lists].map(([metric, { seconds, values }]) => ({
    metric,
    seconds: Float64Array.from(seconds),
    values: Float64Array.from(values),
  }));
}

function* rowsOf(
  { type, node }: NodeMetric,
  { metric, seconds, values }: Series,
  phases: readonly PhaseInterval[],
): Iterable<Cell[]> {
  yield [type, metric, node, null, values.length, ...statistics(values)];
  for (const [phase, intervals] of Map.groupBy(phases, (interval) => interval.phase)) {
    const within = values.filter((_, i) => isWithin(intervals, (seconds[i] as number) * 1e6));
    if (within.length > 0) yield [type, metric, node, phase, within.length, ...statistics(within)];
  }
}

/** Intervals of one phase are in order and do not overlap. */
function isWithin(intervals: readonly PhaseInterval[], micros: number): boolean {
  let [from, to] = [0, intervals.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((intervals[middle] as PhaseInterval).startMicros <= micros) from = middle + 1;
    else to = middle;
  }
  const last = intervals[from - 1];
  return last !== undefined && micros <= last.endMicros;
}
