import { Byte, isDigit } from './bytes.ts';

const EXACT_DIGITS = 15;
const SHORT_DIGITS = 9;
const TENS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/** Reads numbers as JSON.parse does. */
export class Numbers {
  /** The number read last. */
  value = 0;
  readonly #decoder = new TextDecoder();

  /** Returns the place behind the number at `at`; `~place` where at that place it turns out to be none. The bytes end with a zero. */
  read(bytes: Uint8Array, at: number): number {
    const first = bytes[at] === Byte.minus ? at + 1 : at;
    let i = first;
    // So many fit a whole number of 32 bits, which is faster.
    let short = 0;
    for (const end = first + SHORT_DIGITS; i < end && isDigit(bytes[i] as number); i++) {
      short = (Math.imul(short, 10) + (bytes[i] as number) - Byte.zero) | 0;
    }
    let value = short;
    for (; isDigit(bytes[i] as number); i++) value = value * 10 + (bytes[i] as number) - Byte.zero;
    if (i === first) return ~i;
    if (bytes[first] === Byte.zero && i > first + 1) return ~(first + 1);
    let digits = i - first;
    if (bytes[i] === Byte.point) {
      const point = i++;
      for (; isDigit(bytes[i] as number); i++) value = value * 10 + (bytes[i] as number) - Byte.zero;
      const decimals = i - point - 1;
      if (decimals === 0) return ~i;
      digits += decimals;
      // Both are exact up to 15 digits, and so the nearest number to their quotient is the nearest to the text.
      if (digits <= EXACT_DIGITS) value /= TENS[decimals] as number;
    }
    if (bytes[i] === 0x65 || bytes[i] === 0x45) {
      i++;
      if (bytes[i] === Byte.plus || bytes[i] === Byte.minus) i++;
      if (!isDigit(bytes[i] as number)) return ~i;
      while (isDigit(bytes[i] as number)) i++;
      digits = Number.POSITIVE_INFINITY;
    }
    if (digits > EXACT_DIGITS) this.value = Number(this.#decoder.decode(bytes.subarray(at, i)));
    else this.value = first > at ? -value : value;
    return i;
  }
}
