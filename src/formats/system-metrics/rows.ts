/** Rows to a block, so that the codes of a block's values reach for all that are not whole hundredths. */
const BITS = 15;
const BLOCK = 2 ** BITS;
const MASK = BLOCK - 1;

/** In place of hundredths, for any other value. */
export const NO_HUNDREDTHS = BLOCK;

/** The value in hundredths, where these are whole ones from 0 to 327.67. */
export function hundredthsOf(value: number): number {
  const hundredths = Math.round(value * 100);
  const fits = hundredths / 100 === value && hundredths >= 0 && hundredths < BLOCK && !Object.is(value, -0);
  return fits ? hundredths : NO_HUNDREDTHS;
}

const TO_HUNDREDTHS = [100, 10, 1];

/** The same for a number of so many digits behind the point, given without it. */
export function hundredthsOfDigits(digits: number, decimals: number): number {
  if (decimals > 2 || digits >= BLOCK) return NO_HUNDREDTHS;
  return Math.min(NO_HUNDREDTHS, digits * (TO_HUNDREDTHS[decimals] as number));
}

/** Rows on their way into `Rows`, at most as many as the constructor was told. */
export class Staged {
  count = 0;
  readonly names: Uint16Array;
  readonly hundredths: Uint16Array;
  /** The values of those without hundredths, in order. */
  readonly others: number[] = [];

  constructor(most: number) {
    this.names = new Uint16Array(most);
    this.hundredths = new Uint16Array(most);
  }

  add(name: number, hundredths: number, value: number): void {
    const at = this.count++;
    this.names[at] = name;
    this.hundredths[at] = hundredths;
    if (hundredths === NO_HUNDREDTHS) this.others.push(value);
  }

  clear(): void {
    this.count = 0;
    if (this.others.length > 0) this.others.length = 0;
  }
}

interface Block {
  readonly names: Uint16Array;
  /** Below BLOCK: hundredths. Above: BLOCK and the place in `others`. */
  readonly codes: Uint16Array;
  /** Values that are no whole hundredths from 0 to 327.67. */
  readonly others: number[];
}

/** Names and values of all rows, four bytes a row for percentages of two decimals; every value comes back as it went in. */
export class Rows {
  count = 0;
  readonly #blocks: Block[] = [];

  append({ count, names, hundredths, others }: Staged): void {
    let other = 0;
    for (let i = 0; i < count; ) {
      const block = (this.count & MASK) === 0 ? this.#grow() : (this.#blocks[this.count >>> BITS] as Block);
      const { names: toNames, codes } = block;
      const from = this.count & MASK;
      const end = Math.min(from + count - i, BLOCK);
      this.count += end - from;
      for (let at = from; at < end; at++, i++) {
        const code = hundredths[i] as number;
        toNames[at] = names[i] as number;
        codes[at] = code === NO_HUNDREDTHS ? BLOCK + block.others.push(others[other++] as number) - 1 : code;
      }
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

  #grow(): Block {
    const block = { names: new Uint16Array(BLOCK), codes: new Uint16Array(BLOCK), others: [] };
    this.#blocks.push(block);
    return block;
  }
}
