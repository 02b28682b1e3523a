/**
 * Bytes that are compared eight at a time, as floating-point numbers: equal numbers have equal bytes but for zeros, which no JSON holds;
 * what is no number equals nothing, so that such text is never found.
 */
export class Literal {
  readonly length: number;
  readonly #words: Float64Array;
  /** The up to seven bytes behind the words, and which of their bits count. */
  readonly #low: number;
  readonly #high: number;
  readonly #lowMask: number;
  readonly #highMask: number;

  /** There must be eight bytes behind `to`. */
  constructor(view: DataView, from: number, to: number) {
    this.length = to - from;
    this.#words = Float64Array.from({ length: this.length >> 3 }, (_, i) => view.getFloat64(from + 8 * i, true));
    const rest = this.length & 7;
    this.#lowMask = rest >= 4 ? -1 : (1 << (8 * rest)) - 1;
    this.#highMask = rest > 4 ? (1 << (8 * (rest - 4))) - 1 : 0;
    this.#low = view.getInt32(to - rest, true) & this.#lowMask;
    this.#high = view.getInt32(to - rest + 4, true) & this.#highMask;
  }

  /** The bytes must end with a zero, and eight more behind it. */
  isAt(view: DataView, at: number): boolean {
    const words = this.#words;
    let i = at;
    for (let word = 0; word < words.length; word++, i += 8) if (view.getFloat64(i, true) !== words[word]) return false;
    if ((view.getInt32(i, true) & this.#lowMask) !== this.#low) return false;
    return this.#highMask === 0 || (view.getInt32(i + 4, true) & this.#highMask) === this.#high;
  }
}
