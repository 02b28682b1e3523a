import type { Span } from '../model/issue.ts';
import type { SystemMetrics } from '../model/system-metrics.ts';
import type { Process } from './lanes.ts';
import type { TraceObject } from './trace-object.ts';

/** Behind all processes of events. */
const FIRST_PID = 2_000_000;
/** One counter holds all cores or GPUs; any other row is a counter of its own. */
const OF_DEVICES = new Set(['CPUUtilization', 'I/OWaitPercentage', 'GPUUtilization', 'GPUMemoryUtilization']);
/** A GPU below this is marked, percent. */
const LOW_GPU = 85;
/** Samples this far from the mark are told with it. */
const NEAR_SECONDS = 0.02;

/** Names of the nodes, for viewers. */
export function nodeProcesses({ nodes }: SystemMetrics): Process[] {
  return nodes.map((node, i) => ({ pid: FIRST_PID + i, name: `system ${node}`, threads: [] }));
}

/** Batches of samples in a window, by time. */
export function sortedBatches({ batchCount, seconds }: SystemMetrics, { startSeconds, endSeconds }: Span): Uint32Array {
  return Uint32Array.from({ length: batchCount }, (_, batch) => batch)
    .filter((batch) => (seconds[batch] as number) >= startSeconds && (seconds[batch] as number) <= endSeconds)
    .sort((a, b) => (seconds[a] as number) - (seconds[b] as number) || a - b);
}

/** Samples as counters by node and metric, and a mark wherever a GPU had little to do. */
export function* systemObjects(metrics: SystemMetrics, batches: Uint32Array): Generator<TraceObject> {
  const { seconds, node } = metrics;
  for (const [i, batch] of batches.entries()) {
    const pid = FIRST_PID + (node[batch] as number);
    const ts = Math.round((seconds[batch] as number) * 1e6);
    const { type = '', dimension = '' } = metrics.metrics[metrics.metric[batch] as number] ?? {};
    const rows = rowsOf(metrics, batch);
    if (OF_DEVICES.has(dimension)) {
      if (rows.length > 0) yield { ph: 'C', name: dimension, pid, ts, args: Object.fromEntries(rows) };
    } else {
      for (const [name, value] of rows) {
        yield { ph: 'C', name: [type, dimension, name].filter((part) => part !== '').join(' '), pid, ts, args: { value } };
      }
    }
    if (dimension === 'GPUUtilization' && rows.some(([, value]) => value < LOW_GPU)) {
      yield { ph: 'i', name: 'low GPU utilization', pid, ts, s: 'p', args: samplesNear(metrics, batches, i) };
    }
  }
}

function rowsOf(metrics: SystemMetrics, batch: number): [name: string, value: number][] {
  const rows: [string, number][] = [];
  const end = metrics.firstRow[batch + 1] as number;
  for (let row = metrics.firstRow[batch] as number; row < end; row++) {
    if (!metrics.isRepeat(row)) rows.push([metrics.names[metrics.nameOf(row)] as string, metrics.valueOf(row)]);
  }
  return rows;
}

/** All samples of the node around one of its batches. */
function samplesNear(metrics: SystemMetrics, batches: Uint32Array, at: number): Record<string, number> {
  const { seconds, node } = metrics;
  const own = batches[at] as number;
  const isNear = (i: number) => Math.abs((seconds[batches[i] as number] as number) - (seconds[own] as number)) <= NEAR_SECONDS;
  let first = at;
  while (first > 0 && isNear(first - 1)) first--;
  const samples: [string, number][] = [];
  for (let i = first; i < batches.length && isNear(i); i++) {
    const batch = batches[i] as number;
    if (node[batch] !== node[own]) continue;
    const { dimension = '' } = metrics.metrics[metrics.metric[batch] as number] ?? {};
    for (const [name, value] of rowsOf(metrics, batch)) samples.push([`${name} ${dimension}`.trim(), value]);
  }
  return Object.fromEntries(samples);
}
