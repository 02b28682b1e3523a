import type { SystemMetrics } from '../../model/system-metrics.ts';
import { Column } from './column.ts';
import { MAX_IDS } from './interned.ts';
import { Rows } from './rows.ts';

/** Rows of one moment that are put in order at once; where a moment has more, its batches are split. */
const STAGED = 4096;

type BatchColumns = Pick<SystemMetrics, 'batchCount' | 'seconds' | 'node' | 'metric' | 'firstRow' | 'nameOf' | 'valueOf'>;

/**
 * Puts rows into batches. The profiler writes both metrics of a core before those of the next core: rows of one node and moment are held
 * back until the next moment comes, then stored metric by metric, each in order of arrival.
 */
export class Batches {
  readonly #seconds = new Column((length) => new Float64Array(length));
  readonly #node = new Column((length) => new Uint16Array(length));
  readonly #metric = new Column((length) => new Uint16Array(length));
  readonly #firstRow = new Column((length) => new Uint32Array(length));
  readonly #rows = new Rows();
  #batchCount = 0;
  #rowCount = 0;

  #atNode = -1;
  #atSeconds = 0;
  #staged = 0;
  readonly #names = new Uint16Array(STAGED);
  readonly #values = new Float64Array(STAGED);
  readonly #slots = new Uint16Array(STAGED);
  /** Metrics of this moment in order of arrival, and how many rows each has; a metric's place among them. */
  readonly #metrics: number[] = [];
  readonly #counts = new Uint32Array(STAGED);
  readonly #slotOf = new Int32Array(MAX_IDS).fill(-1);

  add(node: number, metric: number, name: number, seconds: number, value: number): void {
    if (node !== this.#atNode || seconds !== this.#atSeconds || this.#staged === STAGED) {
      this.flush();
      this.#atNode = node;
      this.#atSeconds = seconds;
    }
    let slot = this.#slotOf[metric] as number;
    if (slot < 0) {
      slot = this.#metrics.push(metric) - 1;
      this.#slotOf[metric] = slot;
      this.#counts[slot] = 0;
    }
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
    const at = this.#staged++;
    this.#slots[at] = slot;
    this.#names[at] = name;
    this.#values[at] = value;
  }

  /** Stores what is held back: also where a file ends. Returns the number of batches so far. */
  flush(): number {
    const next = this.#counts;
    for (const [slot, metric] of this.#metrics.entries()) {
      this.#seconds.push(this.#atSeconds);
      this.#node.push(this.#atNode);
      this.#metric.push(metric);
      this.#firstRow.push(this.#rowCount);
      this.#slotOf[metric] = -1;
      const count = next[slot] as number;
      next[slot] = this.#rowCount;
      this.#rowCount += count;
    }
    for (let i = 0; i < this.#staged; i++) {
      const slot = this.#slots[i] as number;
      const row = next[slot] as number;
      next[slot] = row + 1;
      this.#rows.set(row, this.#names[i] as number, this.#values[i] as number);
    }
    this.#batchCount += this.#metrics.length;
    this.#metrics.length = 0;
    this.#staged = 0;
    return this.#batchCount;
  }

  columns(): BatchColumns {
    this.#firstRow.push(this.#rowCount);
    const rows = this.#rows;
    return {
      batchCount: this.#batchCount,
      seconds: this.#seconds.toArray(),
      node: this.#node.toArray(),
      metric: this.#metric.toArray(),
      firstRow: this.#firstRow.toArray(),
      nameOf: (row) => rows.nameOf(row),
      valueOf: (row) => rows.valueOf(row),
    };
  }
}
