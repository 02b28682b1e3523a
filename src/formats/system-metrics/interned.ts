import type { Metric } from '../../model/system-metrics.ts';

/** Different ids that two bytes hold. */
export const MAX_IDS = 2 ** 16;

/** Things by number, in order of first appearance. */
export class Interned<T = string> {
  readonly all: T[] = [];
  readonly #ids = new Map<string, number>();

  /** -1 where two bytes hold no more. `thing` is what `key` stands for. */
  id(key: string, thing: T): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.all.length === MAX_IDS) return -1;
    this.#ids.set(key, this.all.length);
    return this.all.push(thing) - 1;
  }
}

/** One key for both parts, whatever is in them. */
export function metricId(metrics: Interned<Metric>, type: string, dimension: string): number {
  return metrics.id(JSON.stringify([type, dimension]), { type, dimension });
}
