/**
 * A piece of a line that is compared eight bytes at a time, as floating-point numbers: equal numbers have equal bytes but for zeros, which
 * no text holds; what is no number equals nothing, so that such text is never found.
 */
export class Piece {
  length = 0;
  readonly #words: Float64Array;
  /** The last eight bytes, which may overlap those before. */
  #last = 0;

  constructor(maxBytes: number) {
    this.#words = new Float64Array(maxBytes >> 3);
  }

  /** From 8 bytes to as many as the constructor was told; false, and no change, for others. */
  set(view: DataView, from: number, to: number): boolean {
    if (to - from < 8 || to - from > this.#words.length * 8) return false;
    this.length = to - from;
    for (let i = 0; i + 8 <= this.length; i += 8) this.#words[i >> 3] = view.getFloat64(from + i, true);
    this.#last = view.getFloat64(to - 8, true);
    return true;
  }

  /** There must be `length` bytes at `at`. */
  isAt(view: DataView, at: number): boolean {
    const words = this.#words;
    const end = at + this.length - 8;
    for (let i = at, word = 0; i <= end; i += 8) if (view.getFloat64(i, true) !== words[word++]) return false;
    return view.getFloat64(end, true) === this.#last;
  }

  isBetween(view: DataView, from: number, to: number): boolean {
    return this.length === to - from && this.isAt(view, from);
  }
}
