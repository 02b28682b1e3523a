/** Rows to a block, so that the codes of a block's values reach for all that are not whole hundredths. */
const BITS = 15;
const BLOCK = 2 ** BITS;
const MASK = BLOCK - 1;

interface Block {
  readonly names: Uint16Array;
  /** Below BLOCK: hundredths. Above: BLOCK and the place in `others`. */
  readonly codes: Uint16Array;
  /** Values that are no whole hundredths from 0 to 327.67. */
  readonly others: number[];
}

/** Names and values of all rows, four bytes a row for percentages of two decimals; every value comes back as it went in. */
export class Rows {
  readonly #blocks: Block[] = [];

  /** Rows are set once each, in nearly rising order. */
  set(row: number, name: number, value: number): void {
    const block = this.#blocks[row >>> BITS] ?? this.#grow(row >>> BITS);
    block.names[row & MASK] = name;
    const hundredths = Math.round(value * 100);
    if (hundredths / 100 === value && hundredths >= 0 && hundredths < BLOCK && !Object.is(value, -0)) {
      block.codes[row & MASK] = hundredths;
    } else {
      block.codes[row & MASK] = BLOCK + block.others.length;
      block.others.push(value);
    }
  }

  nameOf(row: number): number {
    return (this.#blocks[row >>> BITS] as Block).names[row & MASK] as number;
  }

  valueOf(row: number): number {
    const { codes, others } = this.#blocks[row >>> BITS] as Block;
    const code = codes[row & MASK] as number;
    return code < BLOCK ? code / 100 : (others[code - BLOCK] as number);
  }

  #grow(index: number): Block {
    const block = { names: new Uint16Array(BLOCK), codes: new Uint16Array(BLOCK), others: [] };
    this.#blocks[index] = block;
    return block;
  }
}
