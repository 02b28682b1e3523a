import { BatchCounter, type BottleneckLimits, type Moment } from './bottleneck-moments.ts';
import { valueAtRank } from './quantile.ts';
import type { Scanned } from './scanned.ts';

/** One sample of all GPUs of a node, with what its cores did at that time. */
export interface GpuTick extends Moment {
  readonly scan: number;
  /** Cores sampled; 0 where none were. */
  sampledCores: number;
}

interface CoreTick {
  readonly seconds: number;
  rows: number;
  hits: number;
}

/**
 * Every GPU tick of each node, in order of time. The cores are sampled by a thread of their own, milliseconds apart: theirs is the sample
 * next to the tick, no farther than half of the usual distance between two ticks. Scans must be in order of time, as in `fixed` mode.
 */
export function gpuTicks(scanned: Scanned, limits: BottleneckLimits): Map<string, GpuTick[]> {
  const { metrics, scans } = scanned;
  const counter = new BatchCounter(scanned, limits);
  const nodes = metrics.nodes.map(() => ({ gpus: [] as GpuTick[], cores: [] as CoreTick[] }));
  for (const [scan, { batches }] of scans.entries()) {
    for (const batch of batches) {
      const kind = counter.count(batch);
      const { rows, hits } = counter;
      if (kind === undefined || rows === 0) continue;
      const { gpus, cores } = nodes[metrics.node[batch] as number] as (typeof nodes)[number];
      const seconds = metrics.seconds[batch] as number;
      if (kind === 'gpus') {
        const last = gpus[gpus.length - 1];
        if (last?.seconds === seconds) last.gpus += hits;
        else gpus.push({ seconds, scan, gpus: hits, cores: 0, sampledCores: 0 });
      } else {
        const last = cores[cores.length - 1];
        if (last?.seconds !== seconds) cores.push({ seconds, rows, hits });
        else {
          last.rows += rows;
          last.hits += hits;
        }
      }
    }
  }
  for (const { gpus, cores } of nodes) join(gpus, cores);
  return new Map(metrics.nodes.map((node, i) => [node, nodes[i]?.gpus ?? []]));
}

function join(gpus: readonly GpuTick[], cores: readonly CoreTick[]): void {
  const farthest = usualDistance(gpus) / 2;
  let next = 0;
  for (const tick of gpus) {
    const away = (i: number) => Math.abs((cores[i]?.seconds ?? Infinity) - tick.seconds);
    while (away(next + 1) <= away(next) && next + 1 < cores.length) next++;
    const nearest = cores[next];
    if (nearest === undefined || away(next) > farthest) continue;
    tick.cores = nearest.hits;
    tick.sampledCores = nearest.rows;
  }
}

/** Median; Infinity of fewer than two. */
export function usualDistance(ticks: readonly { readonly seconds: number }[]): number {
  const distances = new Float64Array(Math.max(0, ticks.length - 1));
  for (let i = 0; i < distances.length; i++) distances[i] = (ticks[i + 1]?.seconds ?? 0) - (ticks[i]?.seconds ?? 0);
  return valueAtRank(distances, distances.length >> 1) ?? Infinity;
}
