import { Byte, isDigit } from './bytes.ts';
import {
  ARGS,
  FIELDS,
  Field,
  type Key,
  type Keys,
  Kind,
  NO_FIELD,
  NO_KEYS,
  OF_ARGS,
  OF_EVENT,
  OF_FIRST,
  OF_WRAPPER,
  TRACE_EVENTS,
} from './fields.ts';
import { Numbers } from './numbers.ts';
import { Variable } from './variable.ts';

/** In place of the end of something: it is not there, or there is none. */
export const INCOMPLETE = -1;
export const BAD = -2;

/** Nothing deeper is an event. */
const MAX_DEPTH = 100;
const encoder = new TextEncoder();
const WORDS = ['true', 'false', 'null'].map((word) => encoder.encode(word));

/**
 * Scans one object after another for the fields of an event. Methods take the place where something begins and return the one behind it,
 * INCOMPLETE where the bytes end before it does, BAD where it is no JSON.
 */
export class ObjectScanner {
  /** With a zero behind their end, which no loop runs over. */
  bytes: Uint8Array = new Uint8Array(1);
  end = 0;
  /** Where it went wrong, after BAD. */
  badAt = 0;
  /** True where the list of events was entered that a wrapper holds: the place returned is behind its bracket. */
  isWrapper = false;
  /** By field: what it holds, where a text stands between its quotes, the value of a number. */
  readonly #kind = new Uint8Array(FIELDS);
  readonly from = new Uint32Array(FIELDS);
  readonly to = new Uint32Array(FIELDS);
  readonly number = new Float64Array(FIELDS);

  /** Numbers and steps of the object, in order: what may differ the next time an object like it comes. */
  readonly variable = new Variable();
  /** True where an object has a field twice. */
  hasTwice = false;

  readonly #numbers = new Numbers();
  readonly #decoder = new TextDecoder();
  /** A bit for each field that is there. */
  #found = 0;
  #isEscaped = false;

  /** `at` is the place of its brace. The first object of a file may be the wrapper of all others. */
  object(at: number, isFirst: boolean): number {
    this.#found = 0;
    this.isWrapper = false;
    this.hasTwice = false;
    this.variable.count = 0;
    return this.#fields(at, isFirst ? OF_FIRST : OF_EVENT, 1);
  }

  /** What stands in a wrapper behind its events. */
  pair(at: number): number {
    this.isWrapper = false;
    return this.#pair(at, OF_WRAPPER, 1);
  }

  kind(field: number): number {
    return (this.#found >>> field) & 1 ? (this.#kind[field] as number) : Kind.absent;
  }

  blanks(at: number): number {
    const { bytes } = this;
    let i = at;
    while ((bytes[i] as number) <= Byte.space) {
      const byte = bytes[i];
      if (byte !== Byte.space && byte !== Byte.line && byte !== Byte.return && byte !== Byte.tab) return i;
      i++;
    }
    return i;
  }

  #fields(at: number, keys: Keys, depth: number): number {
    let i = this.blanks(at + 1);
    if (this.bytes[i] === Byte.closeObject) return i + 1;
    for (;;) {
      i = this.#pair(i, keys, depth);
      if (i < 0 || this.isWrapper) return i;
      i = this.blanks(i);
      const next = this.bytes[i];
      if (next === Byte.closeObject) return i + 1;
      if (next !== Byte.comma) return this.#wrong(i);
      i = this.blanks(i + 1);
    }
  }

  #pair(at: number, keys: Keys, depth: number): number {
    const { bytes } = this;
    if (bytes[at] !== Byte.quote) return this.#wrong(at);
    let field = NO_FIELD;
    let i = at + 1;
    const candidates = keys[(bytes[i] as number) & 31] as readonly Key[];
    for (let k = 0; k < candidates.length; k++) {
      const key = candidates[k] as Key;
      if (!startsWith(bytes, i, key.letters)) continue;
      field = key.field;
      i += key.letters.length;
      break;
    }
    if (field === NO_FIELD) {
      i = this.#string(at);
      if (i < 0) return i;
      if (this.#isEscaped) field = this.#escapedField(at + 1, i - 1, keys);
    }
    i = this.blanks(i);
    if (bytes[i] !== Byte.colon) return this.#wrong(i);
    i = this.blanks(i + 1);
    const byte = bytes[i] as number;
    if (byte === Byte.quote) return this.#text(i, field);
    if (byte === Byte.minus || isDigit(byte)) return this.#numberOf(i, field);
    if (field === TRACE_EVENTS && byte === Byte.openList) {
      this.isWrapper = true;
      return i + 1;
    }
    if (field === ARGS) {
      this.hasTwice ||= this.#found >>> Field.argName !== 0;
      this.#found &= (1 << Field.argName) - 1;
      if (byte === Byte.openObject) return this.#fields(i, OF_ARGS, depth + 1);
    }
    if (field < FIELDS) this.#set(field, byte === 0x74 ? Kind.true : byte === 0x66 ? Kind.false : Kind.other);
    return this.#skip(i, depth);
  }

  #set(field: number, kind: number): void {
    this.hasTwice ||= ((this.#found >>> field) & 1) === 1;
    this.#found |= 1 << field;
    this.#kind[field] = kind;
  }

  #text(at: number, field: number): number {
    const end = this.#string(at);
    if (end >= 0 && field < FIELDS) {
      this.#set(field, this.#isEscaped ? Kind.escapedText : Kind.text);
      this.from[field] = at + 1;
      this.to[field] = end - 1;
      if (field === Field.step) this.variable.addText(this.bytes, at + 1, end - 1);
    }
    return end;
  }

  #numberOf(at: number, field: number): number {
    const end = this.#digits(at);
    if (end < 0) return end;
    if (field < FIELDS) {
      this.#set(field, Kind.number);
      this.number[field] = this.#numbers.value;
    }
    if (field === Field.ts || field === Field.dur || field === Field.step || field === NO_FIELD)
      this.variable.add(field, at, end);
    return end;
  }

  /** A value of no interest. */
  #skip(at: number, depth: number): number {
    const byte = this.bytes[at] as number;
    if (byte === Byte.quote) return this.#string(at);
    if (byte === Byte.minus || isDigit(byte)) return this.#numberOf(at, NO_FIELD);
    if (depth === MAX_DEPTH) return this.#wrong(at);
    if (byte === Byte.openObject) return this.#fields(at, NO_KEYS, depth + 1);
    if (byte === Byte.openList) return this.#list(at, depth + 1);
    const word = WORDS.find((letters) => letters[0] === byte);
    if (!word) return this.#wrong(at);
    for (const [i, letter] of word.entries()) if (this.bytes[at + i] !== letter) return this.#wrong(at + i);
    return at + word.length;
  }

  #list(at: number, depth: number): number {
    let i = this.blanks(at + 1);
    if (this.bytes[i] === Byte.closeList) return i + 1;
    for (;;) {
      i = this.#skip(i, depth);
      if (i < 0) return i;
      i = this.blanks(i);
      const next = this.bytes[i];
      if (next === Byte.closeList) return i + 1;
      if (next !== Byte.comma) return this.#wrong(i);
      i = this.blanks(i + 1);
    }
  }

  #string(at: number): number {
    const { bytes } = this;
    if (bytes[at] !== Byte.quote) return this.#wrong(at);
    this.#isEscaped = false;
    let i = at + 1;
    for (;;) {
      const byte = bytes[i] as number;
      if (byte === Byte.quote) return i + 1;
      if (byte === Byte.backslash) {
        this.#isEscaped = true;
        i++;
      }
      if ((bytes[i] as number) < Byte.space) return this.#wrong(i);
      i++;
    }
  }

  #digits(at: number): number {
    const end = this.#numbers.read(this.bytes, at);
    return end < 0 ? this.#wrong(~end) : end;
  }

  #escapedField(from: number, to: number, keys: Keys): number {
    const key = encoder.encode(`${decoded(this.#decoder.decode(this.bytes.subarray(from, to)))}"`);
    return keys.flat().find(({ letters }) => letters.length === key.length && startsWith(key, 0, letters))?.field ?? NO_FIELD;
  }

  #wrong(at: number): number {
    if (at >= this.end) return INCOMPLETE;
    this.badAt = at;
    return BAD;
  }
}

function startsWith(bytes: Uint8Array, at: number, letters: Uint8Array): boolean {
  for (let i = 0; i < letters.length; i++) if (bytes[at + i] !== letters[i]) return false;
  return true;
}

/** What a string with escapes says; itself where they are none. */
function decoded(text: string): string {
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return text;
  }
}
