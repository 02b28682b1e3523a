import type { Place } from './interned.ts';
import { isValue } from './record.ts';

const encoder = new TextEncoder();
const KEYS = ['Type', 'Name', 'Dimension', 'Value', 'NodeId', 'Timestamp'].map((key) => encoder.encode(key));
const VALUE = 3;
const TIMESTAMP = 5;
/** All but `Name`. */
const NEEDED = 0b111101;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Powers of ten that are exact. */
export const TENS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** The plain objects that nearly all lines are, read without a text or an object for any; what it does not know is for JSON.parse. */
export class Scanner {
  readonly type: Place = { from: 0, to: 0 };
  /** Empty where the record has none. */
  readonly name: Place = { from: 0, to: 0 };
  readonly dimension: Place = { from: 0, to: 0 };
  readonly node: Place = { from: 0, to: 0 };
  /** Of the value's digits. */
  readonly number: Place = { from: 0, to: 0 };
  readonly timestamp: Place = { from: 0, to: 0 };
  value = 0;
  seconds = 0;
  readonly #places = [this.type, this.name, this.dimension, this.number, this.node, this.timestamp];
  #number = 0;

  /** False where the line, `from` to `to - 1`, is no sample or one of an unusual form: escapes, nested values, numbers as text. */
  scan(bytes: Uint8Array, from: number, to: number): boolean {
    this.name.from = this.name.to = from;
    let found = 0;
    let at = blanks(bytes, from, to);
    if (bytes[at] !== 0x7b /* { */) return false;
    do {
      at = blanks(bytes, at + 1, to);
      const key = bytes[at] === 0x22 /* " */ ? at + 1 : to;
      const keyEnd = endOfString(bytes, key, to);
      at = blanks(bytes, keyEnd + 1, to);
      if (keyEnd < 0 || bytes[at] !== 0x3a /* : */) return false;
      const which = keyAt(bytes, key, keyEnd);
      const start = blanks(bytes, at + 1, to);
      at = this.#endOfValue(bytes, start, to, which);
      if (at < 0) return false;
      if (which >= 0) found |= 1 << which;
      at = blanks(bytes, at, to);
    } while (bytes[at] === 0x2c /* , */ && at < to);
    return bytes[at] === 0x7d /* } */ && at < to && blanks(bytes, at + 1, to) === to && (found & NEEDED) === NEEDED;
  }

  /** Reads a string or number, keeps it where its key is one of ours. Returns the place behind it, or -1. */
  #endOfValue(bytes: Uint8Array, start: number, to: number, which: number): number {
    const isText = bytes[start] === 0x22;
    const end = isText ? endOfString(bytes, start + 1, to) : this.#endOfNumber(bytes, start, to);
    if (end < 0 || which < 0) return isText && end >= 0 ? end + 1 : end;
    if (isText === (which === VALUE || which === TIMESTAMP)) return -1;
    const place = this.#places[which] as Place;
    place.from = isText ? start + 1 : start;
    place.to = end;
    if (which === VALUE) this.value = this.#number;
    if (which === TIMESTAMP) this.seconds = this.#number;
    return isText ? end + 1 : end;
  }

  /** Reads a number as JSON.parse does: below 2 ** 53 digits and a power of ten divide to the nearest double. Returns its end, or -1. */
  #endOfNumber(bytes: Uint8Array, start: number, to: number): number {
    const isNegative = bytes[start] === 0x2d; /* - */
    const first = isNegative ? start + 1 : start;
    let digits = 0;
    let at = first;
    for (; at < to && isDigit(bytes[at] as number); at++) digits = digits * 10 + (bytes[at] as number) - 0x30;
    if (at === first || (bytes[first] === 0x30 && at > first + 1)) return -1;
    let decimals = 0;
    if (bytes[at] === 0x2e /* . */ && at < to) {
      const point = at++;
      for (; at < to && isDigit(bytes[at] as number); at++) digits = digits * 10 + (bytes[at] as number) - 0x30;
      decimals = at - point - 1;
      if (decimals === 0) return -1;
    }
    const hasExponent = at < to && (bytes[at] === 0x65 || bytes[at] === 0x45); /* e, E */
    if (hasExponent || digits > Number.MAX_SAFE_INTEGER || decimals >= TENS.length) return this.#longNumber(bytes, start, to);
    const size = digits / (TENS[decimals] as number);
    this.#number = isNegative ? -size : size;
    return at;
  }

  #longNumber(bytes: Uint8Array, start: number, to: number): number {
    let end = start;
    while (end < to && (isDigit(bytes[end] as number) || '+-.eE'.includes(String.fromCharCode(bytes[end] as number)))) end++;
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    this.#number = Number(text);
    return NUMBER.test(text) && isValue(this.#number) ? end : -1;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function blanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d)) at++;
  return at;
}

/** The closing quote; -1 where there is an escape, a control character or no end. */
function endOfString(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) return at;
    if (byte === 0x5c || byte < 0x20) return -1;
  }
  return -1;
}

/** Index into KEYS, or -1 for any other key. */
function keyAt(bytes: Uint8Array, from: number, to: number): number {
  for (let which = 0; which < KEYS.length; which++) {
    const key = KEYS[which] as Uint8Array;
    let i = 0;
    if (key.length === to - from) while (i < key.length && key[i] === bytes[from + i]) i++;
    if (i === key.length) return which;
  }
  return -1;
}
