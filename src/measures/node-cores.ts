import type { SystemMetrics } from '../model/system-metrics.ts';

/** Names of the cores that batches hold, by node. */
export function coresOf(metrics: SystemMetrics, batches: Iterable<number>): Map<string, Set<string>> {
  const isCpu = metrics.metrics.map(({ dimension }) => dimension === 'CPUUtilization');
  const cores = new Map<string, Set<string>>();
  for (const batch of batches) {
    if (!isCpu[metrics.metric[batch] as number]) continue;
    const node = metrics.nodes[metrics.node[batch] as number] as string;
    const names = cores.get(node) ?? new Set();
    cores.set(node, names);
    const end = metrics.firstRow[batch + 1] as number;
    for (let row = metrics.firstRow[batch] as number; row < end; row++) names.add(metrics.names[metrics.nameOf(row)] as string);
  }
  return cores;
}
