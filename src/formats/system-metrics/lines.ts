const LINE_FEED = 0x0a;
/** Far longer than any sample; what is longer is not kept until its end comes. */
export const MAX_LINE = 2 ** 20;

/** Hands on chunks cut anywhere as bytes that hold whole lines, each with its line feed. Nothing is copied but a line cut in two. */
export class Lines {
  readonly #read: (bytes: Uint8Array, from: number, to: number) => void;
  #begun = new Uint8Array(1024);
  #length = 0;

  constructor(read: (bytes: Uint8Array, from: number, to: number) => void) {
    this.#read = read;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.#length > 0) {
      from = chunk.indexOf(LINE_FEED) + 1;
      this.#keep(from > 0 ? chunk.subarray(0, from) : chunk);
      if (from === 0) return;
      this.end();
    }
    const to = chunk.lastIndexOf(LINE_FEED) + 1;
    if (to > from) this.#read(chunk, from, to);
    if (to < chunk.length) this.#keep(chunk.subarray(to));
  }

  /** A last line without a line feed is one, too. */
  end(): void {
    if (this.#length === 0) return;
    if (this.#begun[this.#length - 1] !== LINE_FEED) this.#append(Uint8Array.of(LINE_FEED));
    const length = this.#length;
    this.#length = 0;
    this.#read(this.#begun, 0, length);
  }

  #keep(bytes: Uint8Array): void {
    this.#append(bytes.subarray(0, MAX_LINE + 1 - this.#length));
  }

  #append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#begun.length) {
      const longer = new Uint8Array(length * 2);
      longer.set(this.#begun.subarray(0, this.#length));
      this.#begun = longer;
    }
    this.#begun.set(bytes, this.#length);
    this.#length = length;
  }
}
