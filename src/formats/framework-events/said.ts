import type { EventDetails } from '../../model/framework-events.ts';
import { Field, Kind } from './fields.ts';
import { ObjectScanner } from './scanner.ts';
import { Texts } from './texts.ts';

/** What an object is to a reader of events. */
export const Does = { nothing: 0, complete: 1, begin: 2, end: 3, name: 4, incomplete: 5 } as const;

/** What an object says, but for its times; of its step, where that is not one of the numbers that differ from object to object. */
export interface Said {
  readonly does: number;
  /** Number of its phase in the file, by the order of appearance: in these files `pid` numbers the phases; a text elsewhere. */
  readonly key: number;
  /** Index into the names; -1 where it has none. */
  readonly name: number;
  readonly step: number;
  readonly pid: number;
  readonly tid: number;
  readonly hasPid: boolean;
  readonly details: EventDetails | undefined;
  /** Of an object that names a phase: which one, or -1; and what times count from. */
  readonly phase: number;
  readonly base: number | undefined;
}

/** Of what is of no interest. */
export const NOTHING: Said = {
  does: Does.nothing,
  key: -1,
  name: -1,
  step: -1,
  pid: 0,
  tid: 0,
  hasPid: false,
  details: undefined,
  phase: -1,
  base: undefined,
};
const INCOMPLETE: Said = { ...NOTHING, does: Does.incomplete };

const PROCESS_NAME = new TextEncoder().encode('process_name');
const BEGIN = 0x42;
const END = 0x45;
const METADATA = 0x4d;
const COMPLETE = 0x58;

/** Makes sense of the objects that the scanner reads. */
export class Sayings {
  readonly scanner = new ObjectScanner();
  readonly names = new Texts();
  readonly phases = new Texts();
  readonly steps = new Texts();
  readonly #others = new Texts();
  readonly #keys = new Map<number | string, number>();

  /** Of the object that was just read; those without `ph` and of other kinds say nothing of events. */
  read(): Said {
    const { from, to, bytes } = this.scanner;
    const at = from[Field.ph] as number;
    if (this.scanner.kind(Field.ph) !== Kind.text || to[Field.ph] !== at + 1) return NOTHING;
    const ph = bytes[at];
    if (ph === COMPLETE) return this.#has(Field.dur) ? this.#event(Does.complete) : INCOMPLETE;
    if (ph === BEGIN) return this.#event(Does.begin);
    if (ph === END) return this.#end();
    return ph === METADATA && this.#isProcessName() ? this.#name() : NOTHING;
  }

  #event(does: number): Said {
    const name = this.#text(Field.name, this.names);
    const key = this.#key();
    if (name < 0 || key < 0 || !this.#has(Field.ts)) return INCOMPLETE;
    const step = this.#text(Field.step, this.steps);
    const pid = this.#number(Field.argPid);
    const tid = this.#number(Field.threadId) ?? this.#number(Field.tid) ?? 0;
    const ownPid = this.#number(Field.pid) ?? Number(this.#othersText(Field.pid));
    return { ...NOTHING, does, key, name, step, pid: pid ?? ownPid, tid, hasPid: pid !== undefined, details: this.#details() };
  }

  #end(): Said {
    const key = this.#key();
    return key < 0 || !this.#has(Field.ts) ? INCOMPLETE : { ...NOTHING, does: Does.end, key };
  }

  #name(): Said {
    const base = this.#number(Field.pid) === 0 ? this.#number(Field.base) : undefined;
    return { ...NOTHING, does: Does.name, key: this.#key(), phase: this.#text(Field.argName, this.phases), base };
  }

  #isProcessName(): boolean {
    const { from, to, bytes } = this.scanner;
    const at = from[Field.name] as number;
    if (this.scanner.kind(Field.name) !== Kind.text || to[Field.name] !== at + PROCESS_NAME.length) return false;
    return PROCESS_NAME.every((byte, i) => bytes[at + i] === byte);
  }

  #key(): number {
    const key = this.#number(Field.pid) ?? this.#othersText(Field.pid);
    if (key === undefined) return -1;
    const known = this.#keys.get(key) ?? this.#keys.size;
    this.#keys.set(key, known);
    return known;
  }

  #details(): EventDetails | undefined {
    const workerId = this.#number(Field.workerId);
    const workers = this.#number(Field.workers);
    const pin = this.scanner.kind(Field.pinMemory);
    const layer = this.#othersText(Field.layerName) ?? this.#othersText(Field.argName);
    const bytes = this.#number(Field.bytes);
    const isPinned = pin === Kind.true || pin === Kind.false;
    if (workerId === undefined && workers === undefined && !isPinned && layer === undefined && bytes === undefined)
      return undefined;
    return {
      ...(workerId === undefined ? {} : { workerId }),
      ...(workers === undefined ? {} : { workers }),
      ...(isPinned ? { pinMemory: pin === Kind.true } : {}),
      ...(layer === undefined ? {} : { layer }),
      ...(bytes === undefined ? {} : { bytes }),
    };
  }

  #has(field: number): boolean {
    return this.scanner.kind(field) === Kind.number;
  }

  #number(field: number): number | undefined {
    const value = this.#has(field) ? this.scanner.number[field] : undefined;
    // 1e999 is JSON, and no number of anything.
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  }

  #othersText(field: number): string | undefined {
    const text = this.#text(field, this.#others);
    return text < 0 ? undefined : this.#others.texts[text];
  }

  /** -1 where the field holds neither text nor number. */
  #text(field: number, texts: Texts): number {
    const { from, to, bytes, number } = this.scanner;
    const what = this.scanner.kind(field);
    if (what === Kind.number) return texts.id(String(number[field]));
    if (what !== Kind.text && what !== Kind.escapedText) return -1;
    return texts.idAt(bytes, from[field] as number, to[field] as number, what === Kind.escapedText);
  }
}
