import type { Span } from '../model/issue.ts';
import type { SystemMetrics } from '../model/system-metrics.ts';
import { microsOf, microsWindow } from './times.ts';

/** Samples of one node and metric. */
export interface NodeMetric {
  readonly node: string;
  readonly type: string;
  readonly dimension: string;
  /** In arrival order. */
  readonly batches: Uint32Array;
}

/** Batches in the window by node and metric, nodes in order of first appearance. */
export function byNodeAndMetric(metrics: SystemMetrics, window: Span): NodeMetric[] {
  const { from, to } = microsWindow(window);
  const width = metrics.metrics.length;
  const groups: number[][] = Array.from({ length: metrics.nodes.length * width }, () => []);
  for (let batch = 0; batch < metrics.batchCount; batch++) {
    const micros = microsOf(metrics.seconds[batch] as number);
    const key = (metrics.node[batch] as number) * width + (metrics.metric[batch] as number);
    if (micros >= from && micros <= to) groups[key]?.push(batch);
  }
  return groups.flatMap((batches, key) => {
    const { type = '', dimension = '' } = metrics.metrics[key % width] ?? {};
    const node = metrics.nodes[Math.floor(key / width)] as string;
    return batches.length > 0 ? [{ node, type, dimension, batches: Uint32Array.from(batches) }] : [];
  });
}

/** Rows of these batches, each sample once: time, index of its name, value. */
export function* samplesOf(
  metrics: SystemMetrics,
  batches: Uint32Array,
): Iterable<{ readonly seconds: number; readonly name: number; readonly value: number }> {
  for (const batch of batches) {
    const seconds = metrics.seconds[batch] as number;
    const end = metrics.firstRow[batch + 1] as number;
    for (let row = metrics.firstRow[batch] as number; row < end; row++) {
      if (!metrics.isRepeat(row)) yield { seconds, name: metrics.nameOf(row), value: metrics.valueOf(row) };
    }
  }
}
