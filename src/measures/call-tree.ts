import type { PythonFrame, PythonFunction } from '../model/python-profile.ts';
import { totalSeconds } from './python-functions.ts';

/** A function where it was called from. */
export interface CallNode {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** In it and in what it called. */
  readonly seconds: number;
  readonly ownSeconds: number;
  /** Together no longer than this. */
  readonly children: readonly CallNode[];
}

/** Time below this share of all is not followed further down. */
const LEAST_SHARE = 0.0001;
/** Calls followed at most, one for each time that time is shared out: even a forged profile ends. */
const MAX_CALLS = 500_000;

/**
 * The call tree behind functions of cProfile, as well as they tell. cProfile keeps who called whom, not the stacks: the time of a function
 * is shared out among what it calls in the proportions of all its calls, whoever called it. Time that comes back to a function on the way
 * down (recursion) goes on from where that function came first, so that no function is below itself; own times add up to those of the
 * functions nevertheless. (In terms of chance: the loop-erased random walk from the roots to the function that spent the time.)
 *
 * Time of a function that no caller accounts for makes a root. Roots add up to the own times of all functions.
 */
export function callTree(functions: readonly PythonFunction[], maxDepth: number): CallNode[] {
  const total = totalSeconds(functions);
  if (total === 0) return [];
  const calls = callsOf(functions);
  const least = total * LEAST_SHARE;
  const roots = rootsOf(functions);
  const weight = roots.reduce((sum, { seconds }) => sum + seconds, 0);
  const trees = roots.map(({ index, seconds }) => frameOf(index, undefined, (seconds / weight) * total));
  const waiting = trees.filter(({ arrived }) => arrived >= least);
  let left = MAX_CALLS;

  for (let frame = waiting.pop(); frame && left > 0; frame = waiting.pop()) {
    const called = calls[frame.index] as Calls;
    const { arrived } = frame;
    if (called.seconds === 0) continue;
    frame.arrived = 0;
    frame.own += arrived * (called.ownSeconds / called.seconds);
    left -= called.list.length;
    for (const { index, seconds } of called.list) {
      const target = above(frame, index) ?? below(frame, index);
      const before = target.arrived;
      target.arrived += arrived * (seconds / called.seconds);
      if (before < least && target.arrived >= least && target.depth < maxDepth) waiting.push(target);
    }
  }
  return trees.map((frame) => nodeOf(frame, functions)).sort(longestFirst);
}

/** The trees of pyinstrument, which keeps stacks: as they are, but for times that do not add up because they are rounded. */
export function sampledTree(frames: readonly PythonFrame[], scale = 1): CallNode[] {
  return frames
    .map(({ name, file, line, seconds: written, children: called }) => {
      const seconds = Math.max(0, written) * scale;
      const inner = called.reduce((sum, child) => sum + Math.max(0, child.seconds), 0);
      const children = sampledTree(called, inner > 0 ? Math.min(scale, seconds / inner) : scale);
      return { name, file, line, seconds, ownSeconds: Math.max(0, seconds - sumOf(children)), children };
    })
    .sort(longestFirst);
}

export function sumOf(nodes: readonly CallNode[]): number {
  return nodes.reduce((sum, { seconds }) => sum + seconds, 0);
}

function longestFirst(a: CallNode, b: CallNode): number {
  return b.seconds - a.seconds;
}

/** A frame while the tree grows. */
interface Frame {
  readonly index: number;
  readonly depth: number;
  readonly caller: Frame | undefined;
  readonly called: Map<number, Frame>;
  /** Seconds that came here and are not shared out yet. */
  arrived: number;
  own: number;
}

function frameOf(index: number, caller: Frame | undefined, arrived: number): Frame {
  return { index, depth: (caller?.depth ?? 0) + 1, caller, called: new Map(), arrived, own: 0 };
}

function above(frame: Frame, index: number): Frame | undefined {
  for (let at: Frame | undefined = frame; at; at = at.caller) if (at.index === index) return at;
  return undefined;
}

function below(frame: Frame, index: number): Frame {
  const known = frame.called.get(index) ?? frameOf(index, frame, 0);
  frame.called.set(index, known);
  return known;
}

function nodeOf({ index, called, arrived, own }: Frame, functions: readonly PythonFunction[]): CallNode {
  const { name, file, line } = functions[index] as PythonFunction;
  const children = [...called.values()].map((child) => nodeOf(child, functions)).sort(longestFirst);
  return { name, file, line, seconds: arrived + own + sumOf(children), ownSeconds: own, children };
}

/** What a function does with its time: own seconds and those of each function it calls, itself left out; `seconds` is all of it. */
interface Calls {
  readonly list: { readonly index: number; readonly seconds: number }[];
  readonly ownSeconds: number;
  seconds: number;
}

function callsOf(functions: readonly PythonFunction[]): Calls[] {
  const calls = functions.map(({ ownSeconds: own }): Calls => {
    const ownSeconds = Math.max(0, own);
    return { list: [], ownSeconds, seconds: ownSeconds };
  });
  for (const [index, { callers }] of functions.entries()) {
    for (const { caller, cumulativeSeconds: seconds } of callers) {
      const by = calls[caller] as Calls;
      if (caller === index || seconds <= 0) continue;
      by.list.push({ index, seconds });
      by.seconds += seconds;
    }
  }
  return calls;
}

/** Functions with the time for which no other function called them; the longest one where each has its callers. */
function rootsOf(functions: readonly PythonFunction[]): { index: number; seconds: number }[] {
  const roots = functions.map(({ cumulativeSeconds, callers }, index) => {
    const called = callers.reduce((sum, part) => sum + (part.caller === index ? 0 : part.cumulativeSeconds), 0);
    return { index, seconds: cumulativeSeconds - called };
  });
  const found = roots.filter(({ seconds }) => seconds > 0);
  if (found.length > 0) return found;
  const [longest] = [...functions.entries()].sort(([, a], [, b]) => b.cumulativeSeconds - a.cumulativeSeconds);
  return longest ? [{ index: longest[0], seconds: 1 }] : [];
}
