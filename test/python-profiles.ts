import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Asks test/python/profiles.py, one process for all items. */
function ask<T>(action: string, items: readonly unknown[]): T[] {
  const script = join(import.meta.dirname, 'python/profiles.py');
  const answer = execFileSync('python3', [script], { input: JSON.stringify({ action, items }), maxBuffer: 2 ** 28 });
  return JSON.parse(answer.toString());
}

/** Place, calls (primitive, all), own and cumulative seconds, callers: place, calls (all, primitive), own and cumulative seconds. */
export type DumpedFunction = [
  file: string,
  line: number,
  name: string,
  primitive: number,
  total: number,
  own: number,
  cumulative: number,
  callers: [file: string, line: number, name: string, total: number, primitive: number, own: number, cumulative: number][],
];

/** What Python itself reads in dumps of cProfile. */
export const pythonDumps = (paths: readonly string[]): DumpedFunction[][] => ask('dump', paths);

/** A dump that cProfile makes of a recursive function. */
export function smallDump(): Uint8Array {
  const [text = ''] = ask<string>('profile', [null]);
  return Buffer.from(text, 'base64');
}

/** The same plain values in each version of Python's marshal format. */
export const plainMarshals = (versions: readonly number[]): Uint8Array[] =>
  ask<string>('plain', versions).map((text) => Buffer.from(text, 'base64'));
