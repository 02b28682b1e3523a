import type { PythonCaller, PythonFunction } from '../../model/python-profile.ts';
import { type MarshalValue, readMarshal } from '../python-marshal.ts';

/**
 * Functions of a dump of cProfile, and how many callers point at functions that are not in it. Throws where the file is damaged or is no
 * such dump: a table of which a part is missing would show wrong shares.
 */
export function readCProfile(bytes: Uint8Array): { functions: PythonFunction[]; strayCallers: number } {
  const table = readMarshal(bytes);
  if (!(table instanceof Map)) throw new Error('it holds no table of functions');
  const places = placeNumbers();
  const indices = new Map<string, number>();
  for (const [index, key] of [...table.keys()].entries()) indices.set(places(key), index);

  // A forged file may let every function point at one large list of callers; an honest one has bytes for each.
  let left = bytes.length;
  let strayCallers = 0;
  const functions = [...table].map(([key, value]): PythonFunction => {
    const [file, line, name] = placeOf(key);
    const [primitiveCalls, totalCalls, ownSeconds, cumulativeSeconds, callers] = listOf(value, 5);
    if (!(callers instanceof Map)) throw new Error(`${name} has no table of callers`);
    left -= callers.size;
    if (left < 0) throw new Error('it has more callers than bytes');
    const known: PythonCaller[] = [];
    for (const [caller, share] of callers) {
      const index = indices.get(places(caller));
      const [total, primitive, own, cumulative] = listOf(share, 4);
      if (index === undefined) strayCallers++;
      else known.push({ caller: index, ...amounts(primitive, total, own, cumulative) });
    }
    return { file, line, name, ...amounts(primitiveCalls, totalCalls, ownSeconds, cumulativeSeconds), callers: known };
  });
  return { functions, strayCallers };
}

function amounts(
  primitive: MarshalValue | undefined,
  total: MarshalValue | undefined,
  own: MarshalValue | undefined,
  cumulative: MarshalValue | undefined,
): Omit<PythonCaller, 'caller'> {
  return {
    primitiveCalls: finite(primitive),
    totalCalls: finite(total),
    ownSeconds: finite(own),
    cumulativeSeconds: finite(cumulative),
  };
}

/** A short text for each place, the same for equal places, however long the names in it are. */
function placeNumbers(): (key: MarshalValue) => string {
  const numbers = new Map<string, number>();
  const numberOf = (text: string) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  return (key) => {
    const [file, line, name] = placeOf(key);
    return `${numberOf(file)}:${line}:${numberOf(name)}`;
  };
}

function placeOf(key: MarshalValue): [file: string, line: number, name: string] {
  const [file, line, name] = listOf(key, 3);
  if (typeof file !== 'string' || typeof name !== 'string') throw new Error('a function has no name');
  return [file, finite(line), name];
}

function listOf(value: MarshalValue, length: number): readonly MarshalValue[] {
  if (!Array.isArray(value) || value.length !== length) throw new Error(`an entry does not hold ${length} values`);
  return value;
}

function finite(value: MarshalValue | undefined): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error('a count or a time is not a number');
}
