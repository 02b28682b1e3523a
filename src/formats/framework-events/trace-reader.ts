import type { EventBuilder } from './builder.ts';
import { Byte } from './bytes.ts';
import { Familiar } from './familiar.ts';
import { Field } from './fields.ts';
import { BAD, INCOMPLETE } from './scanner.ts';

/** So many bytes are gathered before they are scanned. */
const GATHERED = 2 ** 18;
/** Behind them stands a zero, and what is compared with more bytes than there are. */
const PADDING = 16;
/** No longer object is an event. */
const LONGEST = 2 ** 24;
/** What a file may begin with, to tell its encoding. */
const MARK = [0xef, 0xbb, 0xbf];
/** How often reading begins anew behind an object without an end, which seems to hold all others of its file. */
const MAX_RETRIES = 16;

/** Finds the objects in the bytes of a file, whatever stands around them, and hands them to the builder. */
export class TraceReader {
  readonly #builder: EventBuilder;
  readonly #familiar: Familiar;
  readonly #gathered: number;
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;
  /** Scanned when so many are there: twice as many each time an object is not yet at its end, so that the work stays in proportion. */
  #enough: number;
  /** Bytes of the file before these. */
  #passed = 0;
  #isFirst = true;
  /** True behind something broken. */
  #isLost = false;

  constructor(builder: EventBuilder, gathered = GATHERED) {
    this.#builder = builder;
    this.#familiar = new Familiar(builder.sayings.steps);
    this.#gathered = gathered;
    this.#enough = gathered;
    this.#bytes = new Uint8Array(gathered + PADDING);
    this.#view = new DataView(this.#bytes.buffer);
  }

  open(): void {
    this.#length = 0;
    this.#enough = this.#gathered;
    this.#passed = 0;
    this.#isFirst = true;
    this.#isLost = false;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + this.#enough - this.#length);
      this.#bytes.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length === this.#enough) this.#scan();
    }
  }

  close(): void {
    this.#scan();
    this.#builder.tolerated.isCut = this.#length > 0;
    for (let retry = 0; retry < MAX_RETRIES && this.#length > 0; retry++) {
      this.#keepFrom(this.#nextLine());
      this.#scan();
    }
  }

  #scan(): void {
    const { scanner } = this.#builder.sayings;
    this.#bytes[this.#length] = 0;
    scanner.bytes = this.#bytes;
    scanner.end = this.#length;
    this.#keepFrom(this.#readObjects());
    if (2 * this.#length <= this.#gathered) this.#enough = this.#gathered;
    else if (2 * this.#length > this.#enough) this.#enough *= 2;
    if (this.#enough + PADDING <= this.#bytes.length) return;
    const wider = new Uint8Array(this.#enough + PADDING);
    wider.set(this.#bytes);
    this.#bytes = wider;
    this.#view = new DataView(wider.buffer);
  }

  #keepFrom(at: number): void {
    this.#bytes.copyWithin(0, at, this.#length);
    this.#length -= at;
    this.#passed += at;
  }

  /** Returns where the first object stands that is not yet there to its end. */
  #readObjects(): number {
    const builder = this.#builder;
    const { tolerated } = builder;
    const { scanner } = builder.sayings;
    const familiar = this.#familiar;
    const bytes = this.#bytes;
    const view = this.#view;
    const end = this.#length;
    let at = 0;
    for (;;) {
      if (this.#isLost) at = this.#findAgain(at);
      at = scanner.blanks(at);
      if (at >= end) return end;
      const byte = bytes[at];
      if (byte === Byte.openObject || byte === Byte.quote) {
        if (byte === Byte.openObject && !this.#isFirst) {
          const next = familiar.read(bytes, view, at);
          if (next >= 0 && next - at <= LONGEST) {
            builder.take(familiar.said, familiar.ts, familiar.dur, familiar.step);
            at = next;
            continue;
          }
        }
        const next = byte === Byte.quote ? scanner.pair(at) : scanner.object(at, this.#isFirst);
        const reached = next === INCOMPLETE ? end : next === BAD ? scanner.badAt : next;
        if (reached - at > LONGEST) at = this.#lose(at + LONGEST);
        else if (next === BAD) at = this.#lose(reached);
        else if (next === INCOMPLETE) return at;
        else {
          if (scanner.isWrapper) tolerated.isOpen = true;
          else if (byte === Byte.openObject) this.#takeScanned(at, next);
          this.#isFirst = false;
          at = next;
        }
      } else if (byte === Byte.comma || byte === Byte.closeObject || byte === MARK[this.#passed + at]) at++;
      else if (byte === Byte.openList || byte === Byte.closeList) {
        tolerated.isOpen = byte === Byte.openList;
        at++;
      } else at = this.#lose(at);
    }
  }

  #takeScanned(at: number, end: number): void {
    const { sayings } = this.#builder;
    const { scanner } = sayings;
    const said = sayings.read();
    this.#builder.take(said, scanner.number[Field.ts] as number, scanner.number[Field.dur] as number, said.step);
    this.#familiar.learn(this.#bytes, this.#view, at, end, scanner, said);
  }

  #lose(at: number): number {
    const { tolerated } = this.#builder;
    if (tolerated.bad++ === 0) tolerated.badAt = this.#passed + at;
    this.#isLost = true;
    return at;
  }

  /** Behind something broken, the next line or object. */
  #findAgain(from: number): number {
    let at = from;
    while (at < this.#length && this.#bytes[at] !== Byte.openObject && this.#bytes[at] !== Byte.line) at++;
    this.#isLost = at === this.#length;
    return at;
  }

  /** The next line that begins an object, or the end. */
  #nextLine(): number {
    for (let at = 0; at < this.#length; at++) {
      if (this.#bytes[at] !== Byte.line) continue;
      const start = this.#builder.sayings.scanner.blanks(at);
      if (this.#bytes[start] === Byte.openObject) return start;
    }
    return this.#length;
  }
}
