import type { FrameworkEvents } from '../../model/framework-events.ts';

/** Columns that are kept while reading; worker and file follow from the files. */
type Kept = 'startMicros' | 'durationMicros' | 'name' | 'phase' | 'step' | 'pid' | 'tid';

const FEW = 2 ** 15;
/** Room for more is made when they come. */
const MOST = 2 ** 22;

/** Columns of events; room that is never written to takes no memory. */
export class EventColumns {
  count = 0;
  #room: number;
  #start: Float64Array;
  #duration: Float64Array;
  #name: Uint32Array;
  #phase: Uint32Array;
  #step: Int32Array;
  #pid: Float64Array;
  #tid: Float64Array;
  #hasPid: Uint8Array;

  /** `expected` is a guess of how many events there will be: where it is enough, no column is ever copied. */
  constructor(expected = 0) {
    const room = Math.min(MOST, Math.max(FEW, expected));
    this.#room = room;
    this.#start = new Float64Array(room);
    this.#duration = new Float64Array(room);
    this.#name = new Uint32Array(room);
    this.#phase = new Uint32Array(room);
    this.#step = new Int32Array(room);
    this.#pid = new Float64Array(room);
    this.#tid = new Float64Array(room);
    this.#hasPid = new Uint8Array(room);
  }

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
    const at = this.count++;
    if (at === this.#room) this.#widen();
    this.#start[at] = start;
    this.#duration[at] = duration;
    this.#name[at] = name;
    this.#phase[at] = phase;
    this.#step[at] = step;
    this.#pid[at] = pid;
    this.#tid[at] = tid;
    this.#hasPid[at] = hasPid ? 1 : 0;
  }

  /** Hands the columns over; call it once. */
  finish(): Pick<FrameworkEvents, Kept> & { readonly hasPid: Uint8Array } {
    const { count } = this;
    return {
      startMicros: this.#start.subarray(0, count),
      durationMicros: this.#duration.subarray(0, count),
      name: this.#name.subarray(0, count),
      phase: this.#phase.subarray(0, count),
      step: this.#step.subarray(0, count),
      pid: this.#pid.subarray(0, count),
      tid: this.#tid.subarray(0, count),
      hasPid: this.#hasPid.subarray(0, count),
    };
  }

  #widen(): void {
    this.#room *= 2;
    this.#start = copied(this.#start, new Float64Array(this.#room));
    this.#duration = copied(this.#duration, new Float64Array(this.#room));
    this.#name = copied(this.#name, new Uint32Array(this.#room));
    this.#phase = copied(this.#phase, new Uint32Array(this.#room));
    this.#step = copied(this.#step, new Int32Array(this.#room));
    this.#pid = copied(this.#pid, new Float64Array(this.#room));
    this.#tid = copied(this.#tid, new Float64Array(this.#room));
    this.#hasPid = copied(this.#hasPid, new Uint8Array(this.#room));
  }
}

function copied<A extends Uint8Array | Float64Array | Uint32Array | Int32Array>(column: A, wider: A): A {
  wider.set(column);
  return wider;
}
