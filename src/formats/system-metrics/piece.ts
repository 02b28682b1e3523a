/** A piece of a line that is compared four bytes at a time. */
export class Piece {
  length = 0;
  readonly #words: Int32Array;
  #last = 0;

  constructor(bytes: number) {
    this.#words = new Int32Array(bytes >> 2);
  }

  /** From 4 bytes to as many as the constructor was told; false, and no change, for others. */
  set(view: DataView, from: number, to: number): boolean {
    if (to - from < 4 || to - from > this.#words.length * 4) return false;
    this.length = to - from;
    for (let i = 0; i + 4 <= this.length; i += 4) this.#words[i >> 2] = view.getInt32(from + i, true);
    this.#last = view.getInt32(to - 4, true);
    return true;
  }

  /** There must be `length` bytes at `at`. */
  isAt(view: DataView, at: number): boolean {
    const end = at + this.length - 4;
    for (let i = at, word = 0; i <= end; i += 4) if (view.getInt32(i, true) !== this.#words[word++]) return false;
    return view.getInt32(end, true) === this.#last;
  }

  isBetween(view: DataView, from: number, to: number): boolean {
    return this.length === to - from && this.isAt(view, from);
  }
}
