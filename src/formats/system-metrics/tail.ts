import { Piece } from './piece.ts';
import { isMoment } from './record.ts';
import { type Scanner, TENS } from './scanner.ts';

const MAX_PIECE = 256;
const MAX_DIGITS = 20;
/** No known tail is longer. */
export const TAIL_BYTES = MAX_PIECE + MAX_DIGITS + 8;

/** What follows the value of a line: node, time and line feed. Most lines have that of the line before, others differ in time alone. */
export class Tail {
  node = 0;
  seconds = 0;
  readonly #whole = new Piece(MAX_PIECE);
  /** Up to the time; and what follows it, `}` and line feed. */
  readonly #lead = new Piece(MAX_PIECE);
  #end = new Uint8Array(0);

  /** The start of the next line, or -1 where the tail is not one of these. */
  read(bytes: Uint8Array, view: DataView, at: number): number {
    if (this.#whole.isAt(view, at)) return at + this.#whole.length;
    return this.#lead.isAt(view, at) ? this.#readTime(bytes, view, at) : -1;
  }

  #readTime(bytes: Uint8Array, view: DataView, at: number): number {
    const first = at + this.#lead.length;
    const limit = first + MAX_DIGITS;
    let digits = 0;
    let point = limit;
    let next = first;
    for (; next < limit; next++) {
      const digit = (bytes[next] as number) - 0x30;
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
      else if (digit === -2 /* . */ && point === limit) point = next;
      else break;
    }
    const decimals = point === limit ? 0 : next - point - 1;
    const isPlain =
      bytes[first] !== 0x30 && point > first && point !== next - 1 && next > first && digits <= Number.MAX_SAFE_INTEGER;
    const seconds = digits / (TENS[decimals] as number);
    if (!isPlain || !isMoment(seconds)) return -1;
    for (const byte of this.#end) if (bytes[next++] !== byte) return -1;
    if (!this.#whole.set(view, at, next)) return -1;
    this.seconds = seconds;
    return next;
  }

  /** Remembers the tail of a line, which ends with the line feed at `end`; false where it is of another form. */
  learn(bytes: Uint8Array, view: DataView, end: number, node: number, scanned: Scanner): boolean {
    const { number, timestamp, seconds } = scanned;
    const isUsual = scanned.node.from > number.to && timestamp.from > scanned.node.to;
    if (!isUsual || end + 1 - timestamp.to > 8 || !this.#whole.set(view, number.to, end + 1)) return false;
    if (!this.#lead.set(view, number.to, timestamp.from)) return false;
    this.#end = bytes.slice(timestamp.to, end + 1);
    this.node = node;
    this.seconds = seconds;
    return true;
  }
}
