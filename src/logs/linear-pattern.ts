import { type Part, partsOf } from './pattern-parts.ts';

type Step = Extract<Part, { kind: 'one' | 'place' }> | { readonly kind: 'fork'; readonly ways: number[] };

/** Longest program: a hundred times something takes a hundred steps. */
const MOST_STEPS = 300;

/**
 * Whether a text matches a regular expression, in time that grows with its length only, whatever it repeats: all ways through it are gone
 * at once, character by character (K. Thompson, Regular expression search algorithm, 1968). Undefined for an expression that needs to look ahead,
 * behind or back at what it found, or is too long for that.
 */
export function linearPattern(pattern: string): ((text: string) => boolean) | undefined {
  const part = partsOf(pattern);
  const steps: Step[] = [];
  if (part === undefined || !append(steps, part)) return undefined;
  return (text) => matches(steps, text);
}

/** Adds the steps of a part, which go on to the step after them; false where they are too many. */
function append(steps: Step[], part: Part): boolean {
  if (steps.length > MOST_STEPS) return false;
  if (part.kind === 'group') return appendWays(steps, part.ways);
  if (part.kind !== 'repeat') return steps.push(part) > 0;
  for (let i = 0; i < part.least; i++) if (!append(steps, part.part)) return false;
  if (part.most === Number.POSITIVE_INFINITY) {
    const start = steps.length;
    const ways = [start + 1];
    steps.push({ kind: 'fork', ways });
    if (!append(steps, part.part)) return false;
    steps.push({ kind: 'fork', ways: [start] });
    ways.push(steps.length);
    return true;
  }
  const forks: number[][] = [];
  for (let i = part.least; i < part.most; i++) {
    const ways = [steps.length + 1];
    forks.push(ways);
    steps.push({ kind: 'fork', ways });
    if (!append(steps, part.part)) return false;
  }
  for (const ways of forks) ways.push(steps.length);
  return true;
}

function appendWays(steps: Step[], alternatives: readonly (readonly Part[])[]): boolean {
  const starts: number[] = [];
  const ends: number[][] = [];
  steps.push({ kind: 'fork', ways: starts });
  for (const parts of alternatives) {
    starts.push(steps.length);
    for (const part of parts) if (!append(steps, part)) return false;
    const ways: number[] = [];
    ends.push(ways);
    steps.push({ kind: 'fork', ways });
  }
  for (const ways of ends) ways.push(steps.length);
  return true;
}

function matches(steps: readonly Step[], text: string): boolean {
  /** At which character each step was last come to. */
  const seen = new Int32Array(steps.length).fill(-1);
  let here: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    const [before, after] = [text[at - 1] ?? '', text[at] ?? ''];
    const next: number[] = [];
    // It may begin anywhere; what is added on the way is gone through as well.
    const open = [...here, 0];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      if (step === steps.length) return true;
      if (seen[step] === at) continue;
      seen[step] = at;
      const one = steps[step] as Step;
      if (one.kind === 'fork') open.push(...one.ways);
      else if (one.kind === 'place') {
        if (one.isHere(before, after)) open.push(step + 1);
      } else if (after !== '' && one.fits(after)) next.push(step + 1);
    }
    here = next;
  }
  return false;
}
