import { HASH_START, hashed, type Interned } from './interned.ts';
import { Piece } from './piece.ts';
import { hundredthsOfDigits, NO_HUNDREDTHS } from './rows.ts';
import { type Scanner, TENS } from './scanner.ts';
import { TAIL_BYTES, Tail } from './tail.ts';

const MAX_PIECE = 256;
const MAX_NAME = 64;
/** More digits, with their point, may not fit 31 bits; or may not be exact. */
const SHORT_DIGITS = 9;
const MAX_DIGITS = 15;
/** No familiar line is longer: whoever asks must have so many bytes. */
export const FAMILIAR_BYTES = 3 * MAX_PIECE + MAX_NAME + MAX_DIGITS + TAIL_BYTES + 8;
/** Beginnings kept at once; then all are learned anew. */
const MAX_BEGINNINGS = 8192;
/** Jobs have about ten metrics; where there are far more, to try them all takes longer than to scan the line. */
const MAX_TRIED = 32;

/** What stands around the name in lines of one metric, up to the value. */
interface Shape {
  readonly head: Piece;
  readonly middle: Piece;
  readonly metric: number;
  readonly byName: Map<number, Beginning>;
}

/** A line up to its value. */
class Beginning {
  readonly whole: Piece;
  readonly shape: Shape;
  readonly name: number;
  /** The one that followed last time; at first the same again. */
  next: Beginning = this;

  constructor(whole: Piece, shape: Shape, name: number) {
    this.whole = whole;
    this.shape = shape;
    this.name = name;
  }
}

/**
 * Recognizes lines like earlier ones: the profiler writes the same names in nearly the same order at each moment. A line is compared with
 * the beginning that followed last time; where another name came, around the name, first as the same metric has it, then as any other; where
 * that fails too, it is for the scanner.
 */
export class Familiar {
  /** Of the line that was read last. */
  name = 0;
  metric = 0;
  hundredths = 0;
  /** Where there are no hundredths. */
  value = 0;
  readonly tail = new Tail();
  readonly #names: Interned;
  readonly #shapes = new Map<number, Shape>();
  #beginnings = 0;
  #last: Beginning | undefined;

  constructor(names: Interned) {
    this.#names = names;
  }

  /** Reads the line at `at` and returns the start of the next one, or -1 where it is not familiar. */
  read(bytes: Uint8Array, view: DataView, at: number): number {
    const last = this.#last;
    if (last === undefined) return -1;
    let beginning = last.next;
    if (!beginning.whole.isAt(view, at)) {
      const other = this.#findByName(bytes, view, at, beginning.shape) ?? this.#findByShape(bytes, view, at);
      if (other === undefined) return -1;
      beginning = last.next = other;
    }
    const start = at + beginning.whole.length;
    let next = start;
    let digits = 0;
    let decimals = 0;
    let digit = (bytes[next] as number) - 0x30;
    for (; isDigit(digit); digit = (bytes[++next] as number) - 0x30) digits = (Math.imul(digits, 10) + digit) | 0;
    if (next === start || (bytes[start] === 0x30 && next > start + 1)) return -1;
    if (digit === -2 /* . */) {
      const point = next++;
      for (digit = (bytes[next] as number) - 0x30; isDigit(digit); digit = (bytes[++next] as number) - 0x30) {
        digits = (Math.imul(digits, 10) + digit) | 0;
      }
      decimals = next - point - 1;
      if (decimals === 0) return -1;
    }
    if (next - start > MAX_DIGITS) return -1;
    const end = this.tail.read(bytes, view, next);
    if (end < 0) return -1;
    this.name = beginning.name;
    this.metric = beginning.shape.metric;
    const isShort = next - start <= SHORT_DIGITS;
    this.hundredths = isShort ? hundredthsOfDigits(digits, decimals) : NO_HUNDREDTHS;
    if (this.hundredths === NO_HUNDREDTHS) {
      this.value = (isShort ? digits : longNumber(bytes, start, next)) / (TENS[decimals] as number);
    }
    this.#last = beginning;
    return end;
  }

  #findByName(bytes: Uint8Array, view: DataView, at: number, shape: Shape): Beginning | undefined {
    if (!shape.head.isAt(view, at)) return undefined;
    const from = at + shape.head.length;
    let hash = HASH_START;
    let to = from;
    for (let byte = bytes[to] as number; byte !== 0x22 /* " */; byte = bytes[to] as number) {
      hash = hashed(hash, byte);
      if (++to - from === MAX_NAME) return undefined;
    }
    if (!shape.middle.isAt(view, to)) return undefined;
    const name = this.#names.find(hash, bytes, from, to);
    return name < 0 ? undefined : this.#beginningOf(view, at, to + shape.middle.length, shape, name);
  }

  /** Where the order changes, the next line may be of any metric. */
  #findByShape(bytes: Uint8Array, view: DataView, at: number): Beginning | undefined {
    if (this.#shapes.size > MAX_TRIED) return undefined;
    for (const shape of this.#shapes.values()) {
      const found = this.#findByName(bytes, view, at, shape);
      if (found) return found;
    }
    return undefined;
  }

  /** Remembers a line, `from` to the line feed at `end`, as the scanner has just read it. */
  learn(
    bytes: Uint8Array,
    view: DataView,
    from: number,
    end: number,
    metric: number,
    node: number,
    name: number,
    scanned: Scanner,
  ) {
    const before = this.#last;
    this.#last = undefined;
    const shape = this.#shapeOf(view, from, metric, scanned);
    if (!shape || !this.tail.learn(bytes, view, end, node, scanned)) return;
    const beginning = this.#beginningOf(view, from, scanned.number.from, shape, name);
    if (before && beginning) before.next = beginning;
    this.#last = beginning;
  }

  #shapeOf(view: DataView, from: number, metric: number, { type, name, dimension, number }: Scanner): Shape | undefined {
    const known = this.#shapes.get(metric);
    if (known?.head.isBetween(view, from, name.from) && known.middle.isBetween(view, name.to, number.from)) return known;
    const isUsual = name.to > name.from && Math.max(name.to, type.to, dimension.to) < number.from;
    const shape = { head: new Piece(MAX_PIECE), middle: new Piece(MAX_PIECE), metric, byName: new Map() };
    if (!isUsual || !shape.head.set(view, from, name.from) || !shape.middle.set(view, name.to, number.from)) return undefined;
    this.#shapes.set(metric, shape);
    return shape;
  }

  #beginningOf(view: DataView, from: number, to: number, shape: Shape, name: number): Beginning | undefined {
    const known = shape.byName.get(name);
    // Bytes that are no UTF-8 are one name in several lengths.
    if (known?.whole.length === to - from) return known;
    if (++this.#beginnings > MAX_BEGINNINGS) {
      this.#shapes.clear();
      shape.byName.clear();
      this.#beginnings = 0;
    }
    const whole = new Piece(to - from + 7);
    if (!whole.set(view, from, to)) return undefined;
    const beginning = new Beginning(whole, shape, name);
    shape.byName.set(name, beginning);
    return beginning;
  }
}

function isDigit(digit: number): boolean {
  return digit >= 0 && digit <= 9;
}

/** The digits of a number that may have a point, without it. */
function longNumber(bytes: Uint8Array, from: number, to: number): number {
  let digits = 0;
  for (let at = from; at < to; at++) if (bytes[at] !== 0x2e /* . */) digits = digits * 10 + (bytes[at] as number) - 0x30;
  return digits;
}
