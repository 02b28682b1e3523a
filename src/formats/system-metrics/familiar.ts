import { HASH_START, hashed, type Interned, type Place } from './interned.ts';
import { Piece } from './piece.ts';
import { type Scanner, TENS } from './scanner.ts';

const MAX_PIECE = 256;
const MAX_NAME = 64;
/** More digits may not fit 31 bits. */
const MAX_DIGITS = 9;
/** No familiar line is longer: whoever asks must have so many bytes. */
export const FAMILIAR_BYTES = 3 * MAX_PIECE + MAX_NAME + MAX_DIGITS + 8;

/** A line around its name and value: what lies before the name, and between the two. */
interface Shape {
  readonly head: Piece;
  readonly middle: Piece;
  readonly metric: number;
  /** The shape that came next last time within a moment. */
  next: Shape | undefined;
}

/**
 * Recognizes a line that differs from earlier ones in name and value alone, as nearly all lines do: what surrounds them is compared four
 * bytes at a time, and was read once. What follows the value (node and time) is that of the line before, what precedes it is the shape
 * that followed the last one before.
 */
export class Familiar {
  name = 0;
  metric = 0;
  /** Of the line that was learned last. */
  node = 0;
  seconds = 0;
  value = 0;
  readonly #names: Interned;
  readonly #shapes = new Map<number, Shape>();
  #expected: Shape | undefined;
  #last: Shape | undefined;
  readonly #tail = new Piece(MAX_PIECE);

  constructor(names: Interned) {
    this.#names = names;
  }

  /** Reads the line at `at` and returns the start of the next one, or -1 where it is not familiar. */
  read(bytes: Uint8Array, view: DataView, at: number): number {
    const shape = this.#expected;
    if (shape === undefined || !shape.head.isAt(view, at)) return -1;

    const nameFrom = at + shape.head.length;
    const nameLimit = nameFrom + MAX_NAME;
    let hash = HASH_START;
    let next = nameFrom;
    for (let byte = bytes[next] as number; byte !== 0x22 /* " */; byte = bytes[next] as number) {
      hash = hashed(hash, byte);
      if (++next === nameLimit) return -1;
    }
    if (!shape.middle.isAt(view, next)) return -1;
    const name = this.#names.find(hash, bytes, nameFrom, next);
    if (name < 0) return -1;

    const start = next + shape.middle.length;
    next = start;
    let digits = 0;
    let decimals = 0;
    let digit = (bytes[next] as number) - 0x30;
    if (digit === 0 && isDigit((bytes[next + 1] as number) - 0x30)) return -1;
    for (; isDigit(digit); digit = (bytes[++next] as number) - 0x30) digits = (Math.imul(digits, 10) + digit) | 0;
    if (next === start || next - start > MAX_DIGITS) return -1;
    if (digit === -2 /* . */) {
      const point = next++;
      for (digit = (bytes[next] as number) - 0x30; isDigit(digit); digit = (bytes[++next] as number) - 0x30) {
        digits = (Math.imul(digits, 10) + digit) | 0;
        decimals++;
      }
      if (next === point + 1 || next - start > MAX_DIGITS + 1) return -1;
    }
    if (!this.#tail.isAt(view, next)) return -1;

    this.name = name;
    this.metric = shape.metric;
    this.value = digits / (TENS[decimals] as number);
    this.#last = shape;
    this.#expected = shape.next ?? shape;
    return next + this.#tail.length;
  }

  /** Remembers a line, `from` to the line feed at `end`, as the scanner has just read it. */
  learn(view: DataView, from: number, end: number, metric: number, node: number, scanned: Scanner): void {
    const { type, name, dimension, number, timestamp } = scanned;
    const before = this.#last;
    this.#last = this.#expected = undefined;
    const isUsual = name.to > name.from && name.to < number.from && type.to < number.from && dimension.to < number.from;
    if (!isUsual || scanned.node.from < number.to || timestamp.from < number.to) return;
    const isSameMoment = this.#tail.isBetween(view, number.to, end + 1);
    if (!isSameMoment && !this.#tail.set(view, number.to, end + 1)) return;
    this.node = node;
    this.seconds = scanned.seconds;
    const shape = this.#shape(view, from, name, number, metric);
    if (isSameMoment && before && shape) before.next = shape;
    this.#last = shape;
    this.#expected = shape?.next ?? shape;
  }

  #shape(view: DataView, from: number, name: Place, number: Place, metric: number): Shape | undefined {
    const known = this.#shapes.get(metric);
    if (known?.head.isBetween(view, from, name.from) && known.middle.isBetween(view, name.to, number.from)) return known;
    const shape = { head: new Piece(MAX_PIECE), middle: new Piece(MAX_PIECE), metric, next: undefined };
    if (!shape.head.set(view, from, name.from) || !shape.middle.set(view, name.to, number.from)) return undefined;
    this.#shapes.set(metric, shape);
    return shape;
  }
}

function isDigit(digit: number): boolean {
  return digit >= 0 && digit <= 9;
}
