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

/** Counts the rows of batches of GPUs and of cores, one after the other. */
export class BatchCounter {
  /** Of the batch that was counted last, the rows that count, and how many of these are beyond their limit. */
  rows = 0;
  hits = 0;
  readonly #scanned: Scanned;
  readonly #limits: BottleneckLimits;
  readonly #kinds: readonly ('gpus' | 'cores' | undefined)[];

  constructor(scanned: Scanned, limits: BottleneckLimits) {
    this.#scanned = scanned;
    this.#limits = limits;
    this.#kinds = scanned.metrics.metrics.map(({ dimension }) => {
      return dimension === 'GPUUtilization' ? 'gpus' : dimension === limits.dimension ? 'cores' : undefined;
    });
  }

  /** What the batch is of; undefined, and nothing counted, for those of other metrics. */
  count(batch: number): 'gpus' | 'cores' | undefined {
    const { metrics, skipRepeats } = this.#scanned;
    const kind = this.#kinds[metrics.metric[batch] as number];
    if (kind === undefined) return undefined;
    const { gpu, core } = this.#limits;
    const end = metrics.firstRow[batch + 1] as number;
    let [rows, hits] = [0, 0];
    for (let row = metrics.firstRow[batch] as number; row < end; row++) {
      if (skipRepeats && metrics.isRepeat(row)) continue;
      const value = metrics.valueOf(row);
      rows++;
      if (kind === 'gpus' ? value < gpu : value > core) hits++;
    }
    this.rows = rows;
    this.hits = hits;
    return kind;
  }
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
