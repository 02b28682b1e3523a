const BLOCK = 2 ** 14;

type Numbers = Float64Array | Uint32Array | Uint16Array;

/** Numbers that grow block by block, so that growing never holds them twice. */
export class Column<A extends Numbers> {
  readonly #create: (length: number) => A;
  readonly #blocks: A[] = [];
  #last: A;
  #used = 0;

  constructor(create: (length: number) => A) {
    this.#create = create;
    this.#last = create(BLOCK);
    this.#blocks.push(this.#last);
  }

  push(value: number): void {
    if (this.#used === BLOCK) {
      this.#last = this.#create(BLOCK);
      this.#blocks.push(this.#last);
      this.#used = 0;
    }
    this.#last[this.#used++] = value;
  }

  toArray(): A {
    const all = this.#create((this.#blocks.length - 1) * BLOCK + this.#used);
    for (const [i, block] of this.#blocks.entries()) {
      all.set(block === this.#last ? block.subarray(0, this.#used) : block, i * BLOCK);
    }
    return all;
  }
}
