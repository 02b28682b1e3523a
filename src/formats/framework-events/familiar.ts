import { isDigit } from './bytes.ts';
import { Field } from './fields.ts';
import type { Literal } from './literal.ts';
import { Numbers } from './numbers.ts';
import { NOTHING, type Said } from './said.ts';
import type { ObjectScanner } from './scanner.ts';
import { hashOf, type Shape, shapeOf } from './shape.ts';
import type { Texts } from './texts.ts';
import { STEP_TEXT } from './variable.ts';

/** Longer objects are no events that come again. */
const LONGEST = 2 ** 12;
/** So many objects back, what followed is known: a few steps of some workers. */
const REMEMBERED = 2 ** 15;
/** Shapes that are known at once. */
const SHAPES = 2 ** 13;

/** Of what is like nothing before, so many objects are too many: each takes of the credit, each that was expected gives some. */
const CREDIT = 2 ** 14;
const PRICE = 3;
/** So many objects are left alone when the credit is used up, twice as many the next time. */
const [SHORT_NAP, LONG_NAP] = [2 ** 12, 2 ** 16];

/**
 * Recognizes objects like earlier ones: a framework writes the same events in nearly the same order at each step. An object is compared with
 * the one that followed last time; what is unlike it is for the scanner.
 */
export class Familiar {
  /** Of the object that was read last; numbers that it does not have are of one before. */
  said: Said = NOTHING;
  ts = 0;
  dur = 0;
  step = -1;
  readonly #numbers = new Numbers();
  readonly #steps: Texts;
  /** By hash: a shape, and what came once and may be one. */
  readonly #shapes: (Shape | undefined)[] = Array(SHAPES).fill(undefined);
  readonly #once = new Int32Array(SHAPES);
  readonly #history: (Shape | undefined)[] = Array(REMEMBERED).fill(undefined);
  #written = 0;
  /** Place in the history of what should come next. */
  #expected = 0;
  #credit = CREDIT;
  #asleep = 0;
  #nap = SHORT_NAP;
  /** Of the last step that was written as text: its index, its digits as a number, and how many they are. */
  #stepId = -1;
  #stepDigits = -1;
  #stepLength = 0;

  constructor(steps: Texts) {
    this.#steps = steps;
  }

  /** Returns the place behind the object, -1 where it is not the one expected. */
  read(bytes: Uint8Array, view: DataView, at: number): number {
    if (this.#asleep > 0) return -1;
    const shape = this.#history[this.#expected & (REMEMBERED - 1)];
    if (shape === undefined) return -1;
    const end = this.#match(shape, bytes, view, at);
    if (end < 0) return -1;
    if (this.#credit < CREDIT) this.#credit++;
    this.#note(shape);
    return end;
  }

  /** Remembers an object that the scanner has just read, once it comes the second time. */
  learn(bytes: Uint8Array, view: DataView, at: number, end: number, scanner: ObjectScanner, said: Said): void {
    if (this.#asleep > 0) {
      this.#asleep--;
      return;
    }
    this.#credit -= PRICE;
    if (this.#credit < 0) {
      this.#asleep = this.#nap;
      this.#nap = Math.min(2 * this.#nap, LONG_NAP);
      this.#credit = CREDIT / 4;
    }
    if (scanner.hasTwice || end - at > LONGEST) return;
    const { variable } = scanner;
    const hash = hashOf(bytes, at, end, variable);
    const place = hash & (SHAPES - 1);
    let shape = this.#shapes[place];
    if (shape === undefined || this.#match(shape, bytes, view, at) !== end) {
      const isNew = this.#once[place] !== hash;
      this.#once[place] = hash;
      if (isNew) return;
      shape = shapeOf(view, at, end, variable, said);
      this.#shapes[place] = shape;
    }
    this.#expected = shape.lastAt;
    this.#note(shape);
  }

  #note(shape: Shape): void {
    this.#expected++;
    shape.lastAt = this.#written;
    this.#history[this.#written++ & (REMEMBERED - 1)] = shape;
  }

  #match({ literals, fields, said }: Shape, bytes: Uint8Array, view: DataView, start: number): number {
    const first = literals[0] as Literal;
    if (!first.isAt(view, start)) return -1;
    let at = start + first.length;
    this.step = said.step;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i];
      at = field === STEP_TEXT ? this.#readStep(bytes, at) : this.#readNumber(bytes, at, field as number);
      if (at < 0) return -1;
      const literal = literals[i + 1] as Literal;
      if (!literal.isAt(view, at)) return -1;
      at += literal.length;
    }
    this.said = said;
    return at;
  }

  #readNumber(bytes: Uint8Array, at: number, field: number): number {
    const numbers = this.#numbers;
    const end = numbers.read(bytes, at);
    if (field === Field.ts) this.ts = numbers.value;
    else if (field === Field.dur) this.dur = numbers.value;
    else if (field === Field.step && end >= 0) this.step = this.#steps.id(String(numbers.value));
    return end;
  }

  #readStep(bytes: Uint8Array, from: number): number {
    let to = from;
    let digits = 0;
    for (; isDigit(bytes[to] as number); to++) digits = (Math.imul(digits, 10) + (bytes[to] as number) - 0x30) | 0;
    const length = to - from;
    if (length === 0 || length > 9) return -1;
    if (digits !== this.#stepDigits || length !== this.#stepLength) {
      this.#stepDigits = digits;
      this.#stepLength = length;
      this.#stepId = this.#steps.idAt(bytes, from, to, false);
    }
    this.step = this.#stepId;
    return to;
  }
}
