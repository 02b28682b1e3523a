import type { Scanned } from './scanned.ts';

/** What makes a bottleneck: a GPU below one limit while a core is above another, both in percent. */
export interface BottleneckLimits {
  /** Metric of the cores: `CPUUtilization` or `I/OWaitPercentage`. */
  readonly dimension: string;
  readonly core: number;
  readonly gpu: number;
}

/** A moment with its idle GPUs and its busy cores. */
export interface Moment {
  /** Seconds since the epoch. */
  readonly seconds: number;
  gpus: number;
  cores: number;
}

/** Of a batch of GPUs or of cores, how many rows count, and how many of these are beyond their limit; undefined for other batches. */
export type CountBatch = (batch: number) => { of: 'gpus' | 'cores'; rows: number; hits: number } | undefined;

export function batchCounter({ metrics, skipRepeats }: Scanned, limits: BottleneckLimits): CountBatch {
  const kinds = metrics.metrics.map(({ dimension }) => {
    return dimension === 'GPUUtilization' ? 'gpus' : dimension === limits.dimension ? 'cores' : undefined;
  });
  return (batch) => {
    const of = kinds[metrics.metric[batch] as number];
    if (of === undefined) return undefined;
    let [rows, hits] = [0, 0];
    const end = metrics.firstRow[batch + 1] as number;
    for (let row = metrics.firstRow[batch] as number; row < end; row++) {
      if (skipRepeats && metrics.isRepeat(row)) continue;
      const value = metrics.valueOf(row);
      rows++;
      if (of === 'gpus' ? value < limits.gpu : value > limits.core) hits++;
    }
    return { of, rows, hits };
  };
}

/** Moments as the rules' files list them: by their time as Python spells it, with a decimal point at least. */
export function momentsInFile(moments: readonly Moment[]): Map<string, { GPUs: number; CPUs: number }> {
  const listed = new Map<string, { GPUs: number; CPUs: number }>();
  for (const { seconds, gpus, cores } of moments) {
    const key = Number.isInteger(seconds) ? `${seconds}.0` : String(seconds);
    const { GPUs, CPUs } = listed.get(key) ?? { GPUs: 0, CPUs: 0 };
    listed.set(key, { GPUs: GPUs + gpus, CPUs: CPUs + cores });
  }
  return listed;
}

/** Of times in order, the index of the first one after a time. */
export function firstAfter(ordered: Float64Array, time: number): number {
  let [from, to] = [0, ordered.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ordered[middle] as number) > time) to = middle;
    else from = middle + 1;
  }
  return from;
}
