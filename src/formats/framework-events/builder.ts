import type { EventDetails, EventFile, FrameworkEvents } from '../../model/framework-events.ts';
import type { Damage } from '../../model/run.ts';
import { plural } from '../../model/text.ts';
import { EventColumns } from './columns.ts';
import { findRepeats } from './repeats.ts';
import { Field, Kind, ObjectScanner } from './scanner.ts';
import { Texts } from './texts.ts';
import { Tolerated } from './tolerated.ts';

/** A timeline to read; `baseMicros` is what its times count from where the file itself does not say. */
export interface TimelineToRead extends Pick<EventFile, 'path' | 'label' | 'worker' | 'endMicros'> {
  readonly baseMicros?: number;
}

/** An event without its length: one that has begun. */
interface Begun {
  readonly startMicros: number;
  readonly name: number;
  readonly phase: number;
  readonly step: number;
  readonly pid: number;
  readonly tid: number;
  readonly hasPid: boolean;
  readonly details: EventDetails | undefined;
}

/** What one writer said in its files so far: the numbers of its phases stay the same. */
class Writer {
  readonly worker: string;
  /** By the number of a phase: its index, and its events that have begun. */
  readonly phases = new Map<number | string, number>();
  readonly begun = new Map<number | string, Begun[]>();

  constructor(worker: string) {
    this.worker = worker;
  }
}

const PROCESS_NAME = new TextEncoder().encode('process_name');
const BEGIN = 0x42;
const END = 0x45;
const METADATA = 0x4d;
const COMPLETE = 0x58;

/** Makes events of the objects of timelines, file by file. */
export class EventBuilder {
  readonly scanner = new ObjectScanner();
  readonly #longestMicros: number;
  readonly #columns = new EventColumns();
  readonly #files: EventFile[] = [];
  readonly #details = new Map<number, EventDetails>();
  readonly #names = new Texts();
  readonly #phases = new Texts();
  readonly #steps = new Texts();
  readonly #others = new Texts();
  readonly #writers = new Map<string, Writer>();
  readonly #damage: Damage[] = [];

  #file: TimelineToRead = { path: '', label: '', worker: '', endMicros: 0 };
  #writer = new Writer('');
  #first = 0;
  #base = 0;
  /** Of the file that is open. */
  tolerated = new Tolerated();

  constructor(longestMicros = Number.POSITIVE_INFINITY) {
    this.#longestMicros = longestMicros;
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

  /** Takes the object that the scanner has just read; those without `ph` and of other kinds say nothing of events. */
  take(): void {
    const { from, to, bytes } = this.scanner;
    const at = from[Field.ph] as number;
    if (this.scanner.kind(Field.ph) !== Kind.text || to[Field.ph] !== at + 1) return;
    const ph = bytes[at];
    if (ph === COMPLETE) this.#complete();
    else if (ph === METADATA) this.#metadata();
    else if (ph === BEGIN) this.#begin();
    else if (ph === END) this.#end();
  }

  finish(): { events: FrameworkEvents; damage: Damage[] } {
    const { count } = this.#columns;
    const workers = [...new Set(this.#files.map(({ worker }) => worker))];
    const worker = new Uint16Array(count);
    const file = new Uint32Array(count);
    for (const [i, { firstEvent, endEvent, worker: name }] of this.#files.entries()) {
      worker.fill(workers.indexOf(name), firstEvent, endEvent);
      file.fill(i, firstEvent, endEvent);
    }
    const { hasPid, ...columns } = this.#columns.finish();
    const events = {
      files: this.#files,
      count,
      ...columns,
      worker,
      file,
      names: this.#names.texts,
      phases: this.#phases.texts,
      workers,
      steps: this.#steps.texts,
      details: this.#details,
      hasPid: (event: number) => hasPid[event] === 1,
    };
    const { isRepeat, damage } = findRepeats(events);
    return { events: { ...events, isRepeat }, damage: [...this.#damage, ...this.#neverEnded(), ...damage] };
  }

  #complete(): void {
    const { number } = this.scanner;
    const event = this.scanner.kind(Field.dur) === Kind.number ? this.#event() : undefined;
    if (event) this.#add(event, number[Field.dur] as number);
    else this.tolerated.incomplete++;
  }

  #begin(): void {
    const event = this.#event();
    const key = this.#phaseKey();
    if (event === undefined || key === undefined) {
      this.tolerated.incomplete++;
      return;
    }
    const stack = this.#writer.begun.get(key);
    if (stack) stack.push(event);
    else this.#writer.begun.set(key, [event]);
  }

  /** Ends the last event begun in its phase, whatever the thread; the name is that of the begin. */
  #end(): void {
    const { number } = this.scanner;
    const key = this.#phaseKey();
    if (key === undefined || this.scanner.kind(Field.ts) !== Kind.number) {
      this.tolerated.incomplete++;
      return;
    }
    const begun = this.#writer.begun.get(key)?.pop();
    if (begun) this.#add(begun, this.#base + (number[Field.ts] as number) - begun.startMicros);
    else this.tolerated.neverBegun++;
  }

  #metadata(): void {
    const { number } = this.scanner;
    if (!this.#isProcessName()) return;
    const key = this.#phaseKey();
    if (key === 0 && this.scanner.kind(Field.base) === Kind.number) this.#base = number[Field.base] as number;
    const phase = this.#text(Field.argName, this.#phases);
    if (phase >= 0 && key !== undefined) this.#writer.phases.set(key, phase);
  }

  #isProcessName(): boolean {
    const { from, to, bytes } = this.scanner;
    const at = from[Field.name] as number;
    if (this.scanner.kind(Field.name) !== Kind.text || to[Field.name] !== at + PROCESS_NAME.length) return false;
    return PROCESS_NAME.every((byte, i) => bytes[at + i] === byte);
  }

  #event(): Begun | undefined {
    const { number } = this.scanner;
    const name = this.#text(Field.name, this.#names);
    const key = this.#phaseKey();
    if (name < 0 || key === undefined || this.scanner.kind(Field.ts) !== Kind.number) return undefined;
    const hasPid = this.scanner.kind(Field.argPid) === Kind.number;
    return {
      startMicros: this.#base + (number[Field.ts] as number),
      name,
      phase: this.#writer.phases.get(key) ?? this.#phases.id('Unknown'),
      step: this.#text(Field.step, this.#steps),
      pid: hasPid ? (number[Field.argPid] as number) : Number(key),
      tid: this.#number(Field.threadId) ?? this.#number(Field.tid) ?? 0,
      hasPid,
      details: this.#detailsOf(),
    };
  }

  #add(event: Begun, durationMicros: number): void {
    if (durationMicros < 0) this.tolerated.negative++;
    else if (durationMicros > this.#longestMicros) this.tolerated.tooLong++;
    else {
      if (event.details) this.#details.set(this.#columns.count, event.details);
      const { startMicros, name, phase, step, pid, tid, hasPid } = event;
      this.#columns.add(startMicros, durationMicros, name, phase, step, pid, tid, hasPid);
    }
  }

  /** In these files `pid` numbers the phases; a text elsewhere. */
  #phaseKey(): number | string | undefined {
    const number = this.#number(Field.pid);
    if (number !== undefined) return number;
    const text = this.#text(Field.pid, this.#others);
    return text < 0 ? undefined : this.#others.texts[text];
  }

  #detailsOf(): EventDetails | undefined {
    const workerId = this.#number(Field.workerId);
    const workers = this.#number(Field.workers);
    const pin = this.scanner.kind(Field.pinMemory);
    const layerName = this.#text(Field.layerName, this.#others);
    const layer = layerName < 0 ? this.#text(Field.argName, this.#others) : layerName;
    const bytes = this.#number(Field.bytes);
    const isPinned = pin === Kind.true || pin === Kind.false;
    if (workerId === undefined && workers === undefined && !isPinned && layer < 0 && bytes === undefined) return undefined;
    return {
      ...(workerId === undefined ? {} : { workerId }),
      ...(workers === undefined ? {} : { workers }),
      ...(isPinned ? { pinMemory: pin === Kind.true } : {}),
      ...(layer < 0 ? {} : { layer: this.#others.texts[layer] as string }),
      ...(bytes === undefined ? {} : { bytes }),
    };
  }

  #number(field: number): number | undefined {
    return this.scanner.kind(field) === Kind.number ? this.scanner.number[field] : undefined;
  }

  /** -1 where the field holds neither text nor number. */
  #text(field: number, texts: Texts): number {
    const { from, to, bytes, number } = this.scanner;
    const what = this.scanner.kind(field);
    if (what === Kind.number) return texts.id(String(number[field]));
    if (what !== Kind.text && what !== Kind.escapedText) return -1;
    return texts.idAt(bytes, from[field] as number, to[field] as number, what === Kind.escapedText);
  }

  #neverEnded(): Damage[] {
    return [...this.#writers.values()].flatMap(({ worker, begun }) => {
      const count = [...begun.values()].reduce((sum, { length }) => sum + length, 0);
      const detail = `${plural(count, 'event')} of ${worker} began and never ended; left out.`;
      return count === 0 ? [] : [{ kind: 'events left out' as const, node: worker, count, detail }];
    });
  }
}
