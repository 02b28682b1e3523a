const EMPTY = -1;

/** Texts by number, found by the bytes of a file without making a text of them again. */
export class Texts {
  readonly texts: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Spellings: the same text may be written with and without escapes. One table of open addressing over all their bytes. */
  #table = new Int32Array(1024).fill(EMPTY);
  #spellings = 0;
  #bytes = new Uint8Array(2 ** 14);
  #from = new Uint32Array(512);
  #id = new Uint32Array(512);

  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#ids.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  /** The text that stands between two quotes; -1 where its escapes are none. */
  idAt(bytes: Uint8Array, from: number, to: number, escaped: boolean): number {
    const mask = this.#table.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (;;) {
      const spelling = this.#table[slot] as number;
      if (spelling === EMPTY) break;
      if (this.#isSame(spelling, bytes, from, to)) return this.#id[spelling] as number;
      slot = (slot + 1) & mask;
    }
    const id = this.#decoded(bytes.subarray(from, to), escaped);
    if (id >= 0) this.#add(slot, bytes.subarray(from, to), id);
    return id;
  }

  #isSame(spelling: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#from[spelling] as number;
    if ((this.#from[spelling + 1] as number) - start !== to - from) return false;
    for (let i = from; i < to; i++) if (bytes[i] !== this.#bytes[start + i - from]) return false;
    return true;
  }

  #decoded(bytes: Uint8Array, escaped: boolean): number {
    const text = this.#decoder.decode(bytes);
    if (!escaped) return this.id(text);
    try {
      return this.id(JSON.parse(`"${text}"`));
    } catch {
      return -1;
    }
  }

  #add(slot: number, bytes: Uint8Array, id: number): void {
    const spelling = this.#spellings++;
    const start = this.#from[spelling] as number;
    const end = start + bytes.length;
    if (end > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(2 * end));
    if (spelling + 2 > this.#from.length) {
      this.#from = grown(this.#from, new Uint32Array(2 * this.#from.length));
      this.#id = grown(this.#id, new Uint32Array(2 * this.#id.length));
    }
    this.#bytes.set(bytes, start);
    this.#from[spelling + 1] = end;
    this.#id[spelling] = id;
    this.#table[slot] = spelling;
    if (2 * this.#spellings > this.#table.length) this.#widen();
  }

  #widen(): void {
    const mask = 2 * this.#table.length - 1;
    this.#table = new Int32Array(mask + 1).fill(EMPTY);
    for (let spelling = 0; spelling < this.#spellings; spelling++) {
      let slot = hashOf(this.#bytes, this.#from[spelling] as number, this.#from[spelling + 1] as number) & mask;
      while (this.#table[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.#table[slot] = spelling;
    }
  }
}

/** Four bytes at a time. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const word =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}

function grown<A extends Uint8Array | Uint32Array>(old: A, wider: A): A {
  wider.set(old);
  return wider;
}
