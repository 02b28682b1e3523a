import type { EventDetails, EventFile, FrameworkEvents } from '../../model/framework-events.ts';
import type { Damage } from '../../model/run.ts';
import { isObject } from '../tolerant.ts';
import { EventColumns } from './columns.ts';

type Json = Record<string, unknown>;

/** Plain first form. */
export class EventBuilder {
  readonly #columns = new EventColumns();
  readonly #files: EventFile[] = [];
  readonly #details = new Map<number, EventDetails>();
  readonly #damage: Damage[] = [];
  readonly #names = new Map<string, number>();
  readonly #phases = new Map<string, number>();
  readonly #steps = new Map<string, number>();
  #file = { path: '', label: '', worker: '', endMicros: 0 } as Omit<EventFile, 'firstEvent' | 'endEvent'>;
  #first = 0;
  #base = 0;
  #bad = 0;
  #open = new Map<unknown, Json[]>();
  #phaseNames = new Map<unknown, string>();

  open(file: Omit<EventFile, 'firstEvent' | 'endEvent'> & { baseMicros?: number }): void {
    const { path, label, worker, endMicros } = file;
    this.#file = { path, label, worker, endMicros };
    this.#base = file.baseMicros ?? 0;
    this.#first = this.#columns.count;
    this.#bad = 0;
    this.#open = new Map();
    this.#phaseNames = new Map();
  }

  bad(): void {
    this.#bad++;
  }

  take(object: Json): void {
    const { ph, pid, ts } = object;
    const args = isObject(object.args) ? object.args : {};
    if (ph === 'M' && object.name === 'process_name') {
      if (pid === 0 && typeof args.start_time_since_epoch_in_micros === 'number') {
        this.#base = args.start_time_since_epoch_in_micros;
      }
      if (typeof args.name === 'string') this.#phaseNames.set(pid, args.name);
    } else if (ph === 'X') {
      this.#add({ ...object, ts: Number(ts) + this.#base });
    } else if (ph === 'B') {
      const stack = this.#open.get(pid) ?? [];
      this.#open.set(pid, stack);
      stack.push({ ...object, ts: Number(ts) + this.#base });
    } else if (ph === 'E') {
      const begin = this.#open.get(pid)?.pop();
      if (begin) this.#add({ ...begin, dur: Number(ts) + this.#base - Number(begin.ts) });
    }
  }

  #add(object: Json): void {
    const duration = Number(object.dur);
    const args = isObject(object.args) ? object.args : {};
    if (!(duration >= 0)) return;
    const phase = id(this.#phases, this.#phaseNames.get(object.pid) ?? 'Unknown');
    const step = args.step_num === undefined ? -1 : id(this.#steps, String(args.step_num));
    const pid = Number(args.pid ?? object.pid);
    const tid = Number(args.thread_id ?? object.tid ?? 0);
    const details: EventDetails = {
      ...(typeof args.worker_id === 'number' ? { workerId: args.worker_id } : {}),
      ...(typeof args.num_workers === 'number' ? { workers: args.num_workers } : {}),
      ...(typeof args.pin_memory === 'boolean' ? { pinMemory: args.pin_memory } : {}),
      ...(typeof args.layer_name === 'string' ? { layer: args.layer_name } : {}),
      ...(typeof args.name === 'string' ? { layer: args.name } : {}),
      ...(typeof args.bytes === 'number' ? { bytes: args.bytes } : {}),
      ...(args.pid === undefined ? {} : { hasPid: true }),
    };
    if (Object.keys(details).length > 0) this.#details.set(this.#columns.count, details);
    this.#columns.add(Number(object.ts), duration, id(this.#names, String(object.name)), phase, step, pid, tid);
  }

  close(): void {
    this.#files.push({ ...this.#file, firstEvent: this.#first, endEvent: this.#columns.count });
    if (this.#bad > 0) {
      this.#damage.push({ kind: 'bad lines', file: this.#file.path, count: this.#bad, detail: 'Lines that cannot be read.' });
    }
  }

  finish(): { events: FrameworkEvents; damage: Damage[] } {
    const { count } = this.#columns;
    const workers = [...new Set(this.#files.map(({ worker }) => worker))];
    const [worker, file] = [new Uint16Array(count), new Uint32Array(count)];
    for (const [i, { firstEvent, endEvent, worker: name }] of this.#files.entries()) {
      worker.fill(workers.indexOf(name), firstEvent, endEvent);
      file.fill(i, firstEvent, endEvent);
    }
    const events: FrameworkEvents = {
      files: this.#files,
      count,
      ...this.#columns.finish(),
      worker,
      file,
      names: [...this.#names.keys()],
      phases: [...this.#phases.keys()],
      steps: [...this.#steps.keys()],
      workers,
      details: this.#details,
      isRepeat: () => false,
    };
    return { events, damage: this.#damage };
  }
}

function id(ids: Map<string, number>, text: string): number {
  const known = ids.get(text) ?? ids.size;
  ids.set(text, known);
  return known;
}
