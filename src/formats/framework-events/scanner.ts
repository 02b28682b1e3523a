/** What is read of an object of trace-event JSON; everything else in it is skipped. */
export const Field = {
  ph: 0,
  name: 1,
  ts: 2,
  dur: 3,
  pid: 4,
  tid: 5,
  // Of its arguments.
  argName: 6,
  layerName: 7,
  step: 8,
  argPid: 9,
  threadId: 10,
  workerId: 11,
  workers: 12,
  pinMemory: 13,
  bytes: 14,
  base: 15,
} as const;
const FIELDS = 16;

/** What a field holds. */
export const Kind = { absent: 0, text: 1, escapedText: 2, number: 3, true: 4, false: 5, other: 6 } as const;

/** In place of the end of something: it is not there, or there is none. */
export const INCOMPLETE = -1;
export const BAD = -2;

const ARGS = 100;
const TRACE_EVENTS = 101;
const NO_FIELD = 102;

const encoder = new TextEncoder();

interface Key {
  /** With the quote behind it. */
  readonly letters: Uint8Array;
  readonly field: number;
}
/** Those of a kind of object, by the last five bits of their first letter. */
type Keys = readonly (readonly Key[])[];

const EVENT = { ph: Field.ph, name: Field.name, ts: Field.ts, dur: Field.dur, pid: Field.pid, tid: Field.tid, args: ARGS };
const OF_EVENT = keysOf(EVENT);
const OF_WRAPPER = keysOf({ traceEvents: TRACE_EVENTS });
const OF_FIRST = keysOf({ ...EVENT, traceEvents: TRACE_EVENTS });
const OF_ARGS = keysOf({
  name: Field.argName,
  layer_name: Field.layerName,
  step_num: Field.step,
  pid: Field.argPid,
  thread_id: Field.threadId,
  worker_id: Field.workerId,
  num_workers: Field.workers,
  pin_memory: Field.pinMemory,
  bytes: Field.bytes,
  start_time_since_epoch_in_micros: Field.base,
});
const NONE = keysOf({});

/** Nothing deeper is an event. */
const MAX_DEPTH = 100;
const EXACT_DIGITS = 15;
const SHORT_DIGITS = 9;
const TENS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

export const Byte = {
  tab: 0x09,
  line: 0x0a,
  return: 0x0d,
  space: 0x20,
  quote: 0x22,
  backslash: 0x5c,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  openObject: 0x7b,
  closeObject: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
} as const;
const WORDS = ['true', 'false', 'null'].map((word) => encoder.encode(word));

function keysOf(fields: Readonly<Record<string, number>>): Keys {
  const keys = Object.entries(fields).map(([name, field]) => ({ letters: encoder.encode(`${name}"`), field }));
  return Array.from({ length: 32 }, (_, bits) => keys.filter(({ letters }) => ((letters[0] as number) & 31) === bits));
}

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

  readonly #decoder = new TextDecoder();
  /** A bit for each field that is there. */
  #found = 0;
  #isEscaped = false;
  #number = 0;

  /** `at` is the place of its brace. The first object of a file may be the wrapper of all others. */
  object(at: number, isFirst: boolean): number {
    this.#found = 0;
    this.isWrapper = false;
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
      this.#found &= (1 << Field.argName) - 1;
      if (byte === Byte.openObject) return this.#fields(i, OF_ARGS, depth + 1);
    }
    if (field < FIELDS) this.#set(field, byte === 0x74 ? Kind.true : byte === 0x66 ? Kind.false : Kind.other);
    return this.#skip(i, depth);
  }

  #set(field: number, kind: number): void {
    this.#found |= 1 << field;
    this.#kind[field] = kind;
  }

  #text(at: number, field: number): number {
    const end = this.#string(at);
    if (end >= 0 && field < FIELDS) {
      this.#set(field, this.#isEscaped ? Kind.escapedText : Kind.text);
      this.from[field] = at + 1;
      this.to[field] = end - 1;
    }
    return end;
  }

  #numberOf(at: number, field: number): number {
    const end = this.#digits(at);
    if (end >= 0 && field < FIELDS) {
      this.#set(field, Kind.number);
      this.number[field] = this.#number;
    }
    return end;
  }

  /** A value of no interest. */
  #skip(at: number, depth: number): number {
    const byte = this.bytes[at] as number;
    if (byte === Byte.quote) return this.#string(at);
    if (byte === Byte.minus || isDigit(byte)) return this.#digits(at);
    if (depth === MAX_DEPTH) return this.#wrong(at);
    if (byte === Byte.openObject) return this.#fields(at, NONE, depth + 1);
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
    const { bytes } = this;
    const first = bytes[at] === Byte.minus ? at + 1 : at;
    let i = first;
    // So many fit a whole number of 32 bits, which is faster.
    let short = 0;
    for (const end = first + SHORT_DIGITS; i < end && isDigit(bytes[i] as number); i++) {
      short = (Math.imul(short, 10) + (bytes[i] as number) - Byte.zero) | 0;
    }
    let value = short;
    for (; isDigit(bytes[i] as number); i++) value = value * 10 + (bytes[i] as number) - Byte.zero;
    if (i === first) return this.#wrong(i);
    if (bytes[first] === Byte.zero && i > first + 1) return this.#wrong(first + 1);
    let digits = i - first;
    if (bytes[i] === Byte.point) {
      const point = i++;
      for (; isDigit(bytes[i] as number); i++) value = value * 10 + (bytes[i] as number) - Byte.zero;
      const decimals = i - point - 1;
      if (decimals === 0) return this.#wrong(i);
      digits += decimals;
      // Both are exact up to 15 digits, and so the nearest number to their quotient is the nearest to the text.
      if (digits <= EXACT_DIGITS) value /= TENS[decimals] as number;
    }
    if (bytes[i] === 0x65 || bytes[i] === 0x45) {
      i++;
      if (bytes[i] === Byte.plus || bytes[i] === Byte.minus) i++;
      if (!isDigit(bytes[i] as number)) return this.#wrong(i);
      while (isDigit(bytes[i] as number)) i++;
      digits = Number.POSITIVE_INFINITY;
    }
    if (digits > EXACT_DIGITS) this.#number = Number(this.#decoder.decode(bytes.subarray(at, i)));
    else this.#number = first > at ? -value : value;
    return i;
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

function isDigit(byte: number): boolean {
  return byte >= Byte.zero && byte <= 0x39;
}
