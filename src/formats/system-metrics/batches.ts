import type { SystemMetrics } from '../../model/system-metrics.ts';
import { Column } from './column.ts';
import { MAX_IDS } from './interned.ts';
import { Rows, Staged } from './rows.ts';

/** Rows of one metric and moment that are put in order at once; where there are more, their batch is split. */
const STAGED = 512;

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

  #atNode = -1;
  #atSeconds = 0;
  /** Metrics of this moment in order of arrival, and their rows; more rows are kept ready than there are metrics. */
  readonly #metrics: number[] = [];
  readonly #staged: Staged[] = [];
  /** A metric's place among them. */
  readonly #slotOf = new Int32Array(MAX_IDS).fill(-1);

  /** `value` counts where it has no hundredths. */
  add(node: number, metric: number, name: number, seconds: number, hundredths: number, value: number): void {
    if (node !== this.#atNode || seconds !== this.#atSeconds) {
      this.flush();
      this.#atNode = node;
      this.#atSeconds = seconds;
    }
    const slot = this.#slotOf[metric] as number;
    const staged = slot < 0 ? this.#open(metric) : (this.#staged[slot] as Staged);
    staged.add(name, hundredths, value);
    if (staged.count === STAGED) this.flush();
  }

  #open(metric: number): Staged {
    const slot = this.#metrics.push(metric) - 1;
    this.#slotOf[metric] = slot;
    this.#staged[slot] ??= new Staged(STAGED);
    return this.#staged[slot];
  }

  /** Stores what is held back: also where a file ends. Returns the number of batches so far. */
  flush(): number {
    for (let slot = 0; slot < this.#metrics.length; slot++) {
      const metric = this.#metrics[slot] as number;
      const staged = this.#staged[slot] as Staged;
      this.#seconds.push(this.#atSeconds);
      this.#node.push(this.#atNode);
      this.#metric.push(metric);
      this.#firstRow.push(this.#rows.count);
      this.#rows.append(staged);
      this.#slotOf[metric] = -1;
      staged.clear();
    }
    this.#batchCount += this.#metrics.length;
    this.#metrics.length = 0;
    return this.#batchCount;
  }

  columns(): BatchColumns {
    this.#firstRow.push(this.#rows.count);
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
