import type { Metric } from '../../model/system-metrics.ts';

/** Different ids that two bytes hold. */
export const MAX_IDS = 2 ** 16;

/** What the hash of a text begins with, before its first byte. */
export const HASH_START = 0x811c9dc5 | 0;

/** FNV-1a, byte by byte. */
export function hashed(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** Texts by number, in order of first appearance; found by their bytes as they stand in a file. */
export class Interned {
  readonly texts: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Open addressing: a known text's hash, its id + 1 and its bytes, at the first free place from its hash on. */
  #mask = 0xff;
  #used = 0;
  #places: (Known | undefined)[] = Array(this.#mask + 1).fill(undefined);

  /** -1 where two bytes hold no more. */
  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    if (this.texts.length === MAX_IDS) return -1;
    this.#ids.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  /** As `id`, for the bytes of a string without escapes. */
  idOfBytes(bytes: Uint8Array, from: number, to: number): number {
    let hash = HASH_START;
    for (let at = from; at < to; at++) hash = hashed(hash, bytes[at] as number);
    const known = this.find(hash, bytes, from, to);
    if (known >= 0) return known;
    const id = this.id(this.#decoder.decode(bytes.subarray(from, to)));
    if (id >= 0) this.#keep({ hash, id, bytes: bytes.slice(from, to) });
    return id;
  }

  /** -1 where these bytes never came before. */
  find(hash: number, bytes: Uint8Array, from: number, to: number): number {
    for (let place = hash & this.#mask; ; place = (place + 1) & this.#mask) {
      const known = this.#places[place];
      if (known === undefined) return -1;
      if (known.hash === hash && isSame(known.bytes, bytes, from, to)) return known.id;
    }
  }

  #keep(known: Known): void {
    if (++this.#used * 4 > this.#mask) {
      const all = this.#places;
      this.#mask = this.#mask * 4 + 3;
      this.#places = Array(this.#mask + 1).fill(undefined);
      for (const one of all) if (one) this.#place(one);
    }
    this.#place(known);
  }

  #place(known: Known): void {
    let place = known.hash & this.#mask;
    while (this.#places[place]) place = (place + 1) & this.#mask;
    this.#places[place] = known;
  }
}

interface Known {
  readonly hash: number;
  readonly id: number;
  readonly bytes: Uint8Array;
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false;
  return true;
}

/** Metrics by number, in order of first appearance. */
export class Metrics {
  readonly all: Metric[] = [];
  readonly #types = new Interned();
  readonly #dimensions = new Interned();
  readonly #ids = new Map<number, number>();

  id(type: string, dimension: string): number {
    return this.#id(this.#types.id(type), this.#dimensions.id(dimension));
  }

  idOfBytes(bytes: Uint8Array, type: Place, dimension: Place): number {
    return this.#id(
      this.#types.idOfBytes(bytes, type.from, type.to),
      this.#dimensions.idOfBytes(bytes, dimension.from, dimension.to),
    );
  }

  #id(type: number, dimension: number): number {
    if (type < 0 || dimension < 0) return -1;
    const key = type * MAX_IDS + dimension;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.all.length === MAX_IDS) return -1;
    this.#ids.set(key, this.all.length);
    return this.all.push({ type: this.#types.texts[type] as string, dimension: this.#dimensions.texts[dimension] as string }) - 1;
  }
}

/** Where something stands among bytes: `from` to `to - 1`. */
export interface Place {
  from: number;
  to: number;
}
