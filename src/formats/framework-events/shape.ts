import { Literal } from './literal.ts';
import type { Said } from './said.ts';
import type { Variable } from './variable.ts';

/** Objects that are equal but for some numbers. */
export interface Shape {
  readonly literals: readonly Literal[];
  /** What stands between them. */
  readonly fields: Uint8Array;
  readonly said: Said;
  /** Place in the history where it came last. */
  lastAt: number;
}

/** Of an object, `at` to `end - 1`, and what varies in it. */
export function shapeOf(view: DataView, at: number, end: number, variable: Variable, said: Said): Shape {
  const fields = variable.field.slice(0, variable.count);
  const literals: Literal[] = [];
  let from = at;
  for (let i = 0; i < fields.length; i++) {
    literals.push(new Literal(view, from, variable.from[i] as number));
    from = variable.to[i] as number;
  }
  literals.push(new Literal(view, from, end));
  return { literals, fields, said, lastAt: -1 };
}

/** Of the bytes that do not vary. */
export function hashOf(bytes: Uint8Array, at: number, end: number, { count, from, to }: Variable): number {
  let hash = 0x811c9dc5 | 0;
  let start = at;
  for (let i = 0; i <= count; i++) {
    const stop = i < count ? (from[i] as number) : end;
    for (let k = start; k < stop; k++) hash = Math.imul(hash ^ (bytes[k] as number), 0x01000193);
    start = to[i] as number;
  }
  return hash ^ (hash >>> 15);
}
