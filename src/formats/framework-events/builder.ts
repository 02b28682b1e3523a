import type { EventDetails, EventFile, FrameworkEvents } from '../../model/framework-events.ts';
import type { Damage } from '../../model/run.ts';
import { plural } from '../../model/text.ts';
import { EventColumns } from './columns.ts';
import { findRepeats } from './repeats.ts';
import { Does, type Said, Sayings } from './said.ts';
import { Tolerated } from './tolerated.ts';

/** A timeline to read; `baseMicros` is what its times count from where the file itself does not say. */
export interface TimelineToRead extends Pick<EventFile, 'path' | 'label' | 'worker' | 'endMicros'> {
  readonly baseMicros?: number;
}

/** What is known of the job before its timelines are read. */
export interface TimelineOptions {
  /** How long the job lasted: events longer than that are faults of their writer and left out. */
  readonly longestMicros?: number;
  /** Size of all timelines, from which follows how many events there may be. */
  readonly bytes?: number;
}

/** What events take at least, mostly. */
const EVENT_BYTES = 120;

/** An event that has begun. */
interface Begun {
  readonly said: Said;
  readonly startMicros: number;
  readonly phase: number;
  readonly step: number;
}

/** What one writer said in its files so far: the numbers of its phases stay the same. */
class Writer {
  readonly worker: string;
  /** By the key of a phase: its index, and its events that have begun. */
  readonly phases: number[] = [];
  readonly begun = new Map<number, Begun[]>();

  constructor(worker: string) {
    this.worker = worker;
  }
}

/** Makes events of what the objects of timelines say, file by file. */
export class EventBuilder {
  readonly sayings = new Sayings();
  readonly #longestMicros: number;
  readonly #columns: EventColumns;
  readonly #files: EventFile[] = [];
  readonly #details = new Map<number, EventDetails>();
  readonly #writers = new Map<string, Writer>();
  readonly #damage: Damage[] = [];

  #file: TimelineToRead = { path: '', label: '', worker: '', endMicros: 0 };
  #writer = new Writer('');
  #first = 0;
  #base = 0;
  /** Of the file that is open. */
  tolerated = new Tolerated();

  constructor({ longestMicros = Number.POSITIVE_INFINITY, bytes = 0 }: TimelineOptions = {}) {
    this.#longestMicros = longestMicros;
    this.#columns = new EventColumns(Math.ceil(bytes / EVENT_BYTES));
  }

  open(file: TimelineToRead): void {
    const key = JSON.stringify([file.worker, file.label]);
    this.#writer = this.#writers.get(key) ?? new Writer(file.worker);
    this.#writers.set(key, this.#writer);
    this.#file = file;
    this.#base = file.baseMicros ?? 0;
    this.#first = this.#columns.count;
    this.tolerated = new Tolerated();
  }

  close(): void {
    const { path, label, worker, endMicros } = this.#file;
    this.#files.push({ path, label, worker, endMicros, firstEvent: this.#first, endEvent: this.#columns.count });
    this.#damage.push(...this.tolerated.damage(path, worker));
  }

  /** Takes what an object said; `ts`, `dur` and the index of its step are of no meaning where it has none. */
  take(said: Said, ts: number, dur: number, step: number): void {
    const { does, key } = said;
    if (does === Does.complete) this.#add(said, this.#base + ts, dur, this.#phaseOf(key), step);
    else if (does === Does.name) this.#name(said);
    else if (does === Does.begin) {
      const begun = { said, startMicros: this.#base + ts, phase: this.#phaseOf(key), step };
      const stack = this.#writer.begun.get(key);
      if (stack) stack.push(begun);
      else this.#writer.begun.set(key, [begun]);
    } else if (does === Does.end) {
      // Ends the last event begun in its phase, whatever the thread; the name is that of the begin.
      const begun = this.#writer.begun.get(key)?.pop();
      if (begun) this.#add(begun.said, begun.startMicros, this.#base + ts - begun.startMicros, begun.phase, begun.step);
      else this.tolerated.neverBegun++;
    } else if (does === Does.incomplete) this.tolerated.incomplete++;
  }

  finish(): { events: FrameworkEvents; damage: Damage[] } {
    const { count } = this.#columns;
    const { names, phases, steps } = this.sayings;
    const workers = [...new Set(this.#files.map(({ worker }) => worker))];
    const places = new Map(workers.map((name, i) => [name, i]));
    const worker = new Uint32Array(count);
    const file = new Uint32Array(count);
    for (const [i, { firstEvent, endEvent, worker: name }] of this.#files.entries()) {
      worker.fill(places.get(name) as number, firstEvent, endEvent);
      file.fill(i, firstEvent, endEvent);
    }
    const { hasPid, ...columns } = this.#columns.finish();
    const events = {
      files: this.#files,
      count,
      ...columns,
      worker,
      file,
      names: names.texts,
      phases: phases.texts,
      workers,
      steps: steps.texts,
      details: this.#details,
      hasPid: (event: number) => hasPid[event] === 1,
    };
    const { isRepeat, damage } = findRepeats(events);
    return { events: { ...events, isRepeat }, damage: [...this.#damage, ...this.#neverEnded(), ...damage] };
  }

  #name({ key, phase, base }: Said): void {
    if (base !== undefined) this.#base = base;
    if (phase >= 0 && key >= 0) this.#writer.phases[key] = phase;
  }

  #phaseOf(key: number): number {
    return this.#writer.phases[key] ?? this.sayings.phases.id('Unknown');
  }

  #add(said: Said, startMicros: number, durationMicros: number, phase: number, step: number): void {
    if (durationMicros < 0) this.tolerated.negative++;
    else if (!(Math.abs(startMicros) + durationMicros < Number.MAX_SAFE_INTEGER)) this.tolerated.timeless++;
    else if (durationMicros > this.#longestMicros) this.tolerated.tooLong++;
    else {
      const { name, pid, tid, hasPid, details } = said;
      if (details) this.#details.set(this.#columns.count, details);
      this.#columns.add(startMicros, durationMicros, name, phase, step, pid, tid, hasPid);
    }
  }

  #neverEnded(): Damage[] {
    return [...this.#writers.values()].flatMap(({ worker, begun }) => {
      const count = [...begun.values()].reduce((sum, { length }) => sum + length, 0);
      const detail = `${plural(count, 'event')} of ${worker} began and never ended; left out.`;
      return count === 0 ? [] : [{ kind: 'events left out' as const, node: worker, count, detail }];
    });
  }
}
