import { isDigit } from './bytes.ts';

/** More of them than this are taken as never changing. */
const MAX = 16;
const STEP_DIGITS = 9;

/** A step written as text, `"840"`: its digits. */
export const STEP_TEXT = 200;

/** The places of an object's values that change from one object to the next like it, in their order. */
export class Variable {
  count = 0;
  /** `Field`, STEP_TEXT, or anything else for a number that nobody asks for. */
  readonly field = new Uint8Array(MAX);
  readonly from = new Uint32Array(MAX);
  readonly to = new Uint32Array(MAX);

  add(field: number, from: number, to: number): void {
    if (this.count === MAX) return;
    this.field[this.count] = field;
    this.from[this.count] = from;
    this.to[this.count++] = to;
  }

  /** The text of a step; only where it is a number of few digits. */
  addText(bytes: Uint8Array, from: number, to: number): void {
    if (to === from || to - from > STEP_DIGITS) return;
    for (let at = from; at < to; at++) if (!isDigit(bytes[at] as number)) return;
    this.add(STEP_TEXT, from, to);
  }
}
