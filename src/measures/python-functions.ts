import type { PythonCaller, PythonFrame, PythonFunction, PythonProfile } from '../model/python-profile.ts';

/** Counts and seconds of several cProfile profiles added up, function by function and caller by caller. */
export function addFunctions(profiles: readonly Pick<PythonProfile, 'functions'>[]): PythonFunction[] {
  const indices = new Map<string, number>();
  const sums: Sum[] = [];
  for (const { functions } of profiles) {
    const local = functions.map(({ file, line, name }) => {
      const key = JSON.stringify([file, line, name]);
      const index = indices.get(key) ?? sums.push({ ...zero(), file, line, name, callers: new Map() }) - 1;
      indices.set(key, index);
      return index;
    });
    for (const [i, called] of functions.entries()) {
      const sum = sums[local[i] as number] as Sum;
      add(sum, called);
      for (const part of called.callers) {
        const caller = local[part.caller] as number;
        const known = sum.callers.get(caller) ?? { ...zero(), caller };
        sum.callers.set(caller, known);
        add(known, part);
      }
    }
  }
  return sums.map((sum) => ({ ...sum, callers: [...sum.callers.values()] }));
}

/** Seconds of all functions together: the length of the profile, less what ran outside of any function. */
export function totalSeconds(functions: readonly PythonFunction[]): number {
  return functions.reduce((sum, { ownSeconds }) => sum + Math.max(0, ownSeconds), 0);
}

/** Several trees of pyinstrument as one: frames of one function below the same callers are added up, in order of first appearance. */
export function addFrames(trees: readonly PythonFrame[]): PythonFrame[] {
  const groups = Map.groupBy(trees, ({ file, line, name }) => JSON.stringify([file, line, name]));
  return [...groups.values()].map((same) => ({
    ...(same[0] as PythonFrame),
    seconds: same.reduce((sum, { seconds }) => sum + seconds, 0),
    children: addFrames(same.flatMap(({ children }) => children)),
  }));
}

/** A function as the function table shows it. */
export interface FunctionRow {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly totalCalls: number;
  readonly primitiveCalls: number;
  readonly ownSeconds: number;
  readonly cumulativeSeconds: number;
  /** Who called it, largest part of its cumulative time first; shares are percent of all of its calls. */
  readonly callers: readonly { readonly name: string; readonly share: number }[];
}

/** The `most` functions with the largest own time. */
export function topFunctions(functions: readonly PythonFunction[], most: number): FunctionRow[] {
  return functions
    .toSorted((a, b) => b.ownSeconds - a.ownSeconds)
    .slice(0, most)
    .map(({ callers, ...row }) => {
      const all = callers.reduce((sum, { totalCalls }) => sum + totalCalls, 0);
      const sorted = callers.toSorted((a, b) => b.totalCalls - a.totalCalls);
      return {
        ...row,
        callers: sorted.map(({ caller, totalCalls }) => ({
          name: functions[caller]?.name ?? '',
          share: all > 0 ? (100 * totalCalls) / all : 0,
        })),
      };
    });
}

type Amounts = { -readonly [Key in Exclude<keyof PythonCaller, 'caller'>]: PythonCaller[Key] };
type Sum = Amounts &
  Pick<PythonFunction, 'file' | 'line' | 'name'> & { callers: Map<number, Amounts & Pick<PythonCaller, 'caller'>> };

function zero(): Amounts {
  return { primitiveCalls: 0, totalCalls: 0, ownSeconds: 0, cumulativeSeconds: 0 };
}

function add(sum: Amounts, part: Amounts): void {
  sum.primitiveCalls += part.primitiveCalls;
  sum.totalCalls += part.totalCalls;
  sum.ownSeconds += part.ownSeconds;
  sum.cumulativeSeconds += part.cumulativeSeconds;
}
