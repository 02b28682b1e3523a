import type { FrameworkEvents } from '../../model/framework-events.ts';

type Numbers = Uint8Array | Float64Array | Uint32Array | Int32Array;

const BITS = 15;
const BLOCK = 2 ** BITS;

/** Columns that are kept while reading; worker and file follow from the files. */
type Kept = 'startMicros' | 'durationMicros' | 'name' | 'phase' | 'step' | 'pid' | 'tid';

/** Grows block by block, so that growing never holds the events twice. */
export class EventColumns {
  count = 0;
  readonly #start: Float64Array[] = [];
  readonly #duration: Float64Array[] = [];
  readonly #name: Uint32Array[] = [];
  readonly #phase: Uint32Array[] = [];
  readonly #step: Int32Array[] = [];
  readonly #pid: Float64Array[] = [];
  readonly #tid: Float64Array[] = [];
  readonly #hasPid: Uint8Array[] = [];

  add(
    start: number,
    duration: number,
    name: number,
    phase: number,
    step: number,
    pid: number,
    tid: number,
    hasPid: boolean,
  ): void {
    const block = this.count >>> BITS;
    const at = this.count & (BLOCK - 1);
    if (at === 0) this.#grow();
    this.count++;
    (this.#start[block] as Float64Array)[at] = start;
    (this.#duration[block] as Float64Array)[at] = duration;
    (this.#name[block] as Uint32Array)[at] = name;
    (this.#phase[block] as Uint32Array)[at] = phase;
    (this.#step[block] as Int32Array)[at] = step;
    (this.#pid[block] as Float64Array)[at] = pid;
    (this.#tid[block] as Float64Array)[at] = tid;
    (this.#hasPid[block] as Uint8Array)[at] = hasPid ? 1 : 0;
  }

  /** Hands the columns over; call it once. */
  finish(): Pick<FrameworkEvents, Kept> & { readonly hasPid: Uint8Array } {
    const { count } = this;
    return {
      startMicros: joined(this.#start, new Float64Array(count)),
      durationMicros: joined(this.#duration, new Float64Array(count)),
      name: joined(this.#name, new Uint32Array(count)),
      phase: joined(this.#phase, new Uint32Array(count)),
      step: joined(this.#step, new Int32Array(count)),
      pid: joined(this.#pid, new Float64Array(count)),
      tid: joined(this.#tid, new Float64Array(count)),
      hasPid: joined(this.#hasPid, new Uint8Array(count)),
    };
  }

  #grow(): void {
    this.#start.push(new Float64Array(BLOCK));
    this.#duration.push(new Float64Array(BLOCK));
    this.#name.push(new Uint32Array(BLOCK));
    this.#phase.push(new Uint32Array(BLOCK));
    this.#step.push(new Int32Array(BLOCK));
    this.#pid.push(new Float64Array(BLOCK));
    this.#tid.push(new Float64Array(BLOCK));
    this.#hasPid.push(new Uint8Array(BLOCK));
  }
}

/** The blocks are let go one by one. */
function joined<A extends Numbers>(blocks: A[], all: A): A {
  for (let at = 0; at < all.length; at += BLOCK) all.set((blocks.shift() as A).subarray(0, all.length - at), at);
  return all;
}
