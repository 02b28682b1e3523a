/** What a Python marshal file can hold of plain data. Sequences are tuples or lists. */
export type MarshalValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly MarshalValue[]
  | ReadonlyMap<MarshalValue, MarshalValue>;

/** A file that is no such thing, with where and why. */
export class MarshalError extends Error {}

/** Values within values; far more than data of people has, far less than the stack bears. */
const MAX_DEPTH = 200;
const REMEMBER = 0x80;
/** Stands where a tuple is remembered and not whole yet: nothing can point at it but a forged file. */
const UNFINISHED = Symbol('unfinished');

/**
 * The first value of a Python marshal file, versions 0 to 4, as `marshal.dump` writes plain data: no code objects, no sets. Whole numbers
 * beyond 2^53 lose their last digits. What a file points at several times is one object here, too. Throws a MarshalError on anything else.
 *
 * Source of the format: Python/marshal.c of CPython.
 */
export function readMarshal(bytes: Uint8Array): MarshalValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  const remembered: (MarshalValue | typeof UNFINISHED)[] = [];
  let at = 0;

  const fail = (message: string): never => {
    throw new MarshalError(`${message} at byte ${at}`);
  };

  /** Moves on by a number of bytes and returns where they begin. */
  function take(length: number): number {
    if (length < 0 || length > bytes.length - at) fail('the file ends in the middle of a value');
    at += length;
    return at - length;
  }
  const byte = () => view.getUint8(take(1));
  const int32 = () => view.getInt32(take(4), true);
  const slice = (length: number) => {
    const from = take(length);
    return bytes.subarray(from, from + length);
  };
  const text = (length: number) => decoder.decode(slice(length));

  /** Sign and number of digits, then digits of 15 bits, the lowest first. */
  function long(): number {
    const digits = int32();
    let value = 0;
    let scale = 1;
    for (let i = Math.abs(digits); i > 0; i--, scale *= 2 ** 15) value += view.getUint16(take(2), true) * scale;
    return digits < 0 ? -value : value;
  }

  function items(length: number, depth: number): MarshalValue[] {
    // Each item takes a byte at least: a count beyond that is a lie, and would only cost memory.
    if (length < 0 || length > bytes.length - at) fail('a sequence is longer than the file');
    return Array.from({ length }, () => value(depth));
  }

  function dictionary(into: Map<MarshalValue, MarshalValue>, depth: number): void {
    for (;;) {
      if (bytes[at] === 0x30) {
        at++;
        return;
      }
      const key = value(depth);
      into.set(key, value(depth));
    }
  }

  function read(code: string, depth: number, slot: number): MarshalValue {
    switch (code) {
      case 'N':
        return null;
      case 'T':
      case 'F':
        return code === 'T';
      case 'i':
        return int32();
      case 'I':
        return Number(view.getBigInt64(take(8), true));
      case 'l':
        return long();
      case 'g':
        return view.getFloat64(take(8), true);
      case 'f':
        return Number(text(byte()));
      case 's':
        return slice(int32());
      case 'z':
      case 'Z':
        return text(byte());
      case 'a':
      case 'A':
      case 'u':
      case 't':
        return text(int32());
      case ')':
        return items(byte(), depth + 1);
      case '(':
      case '[':
        return items(int32(), depth + 1);
      case '{': {
        const made = new Map<MarshalValue, MarshalValue>();
        if (slot >= 0) remembered[slot] = made;
        dictionary(made, depth + 1);
        return made;
      }
      case 'r': {
        const found = remembered[int32()];
        return found === undefined || found === UNFINISHED ? fail('a reference points nowhere') : found;
      }
      default:
        at--;
        return fail(`a value of a kind that is not read (${JSON.stringify(code)})`);
    }
  }

  function value(depth: number): MarshalValue {
    if (depth > MAX_DEPTH) fail('values lie too deep in each other');
    const head = byte();
    const slot = head & REMEMBER ? remembered.push(UNFINISHED) - 1 : -1;
    const found = read(String.fromCharCode(head & ~REMEMBER), depth, slot);
    if (slot >= 0) remembered[slot] = found;
    return found;
  }

  return value(0);
}
