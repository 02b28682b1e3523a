import type { Edit } from './edits.ts';
import { isWord, SETUP, setupUses } from './setup-uses.ts';

const BY_HAND = 'give it opt_out=True by hand';

export interface Calls {
  readonly edits: readonly Edit[];
  /** Uses that cannot be followed with certainty, and what to do. */
  readonly left: readonly string[];
}

/** Gives every call of the function in Python code `opt_out=True`. */
export function optOutCalls(code: string): Calls {
  const edits: Edit[] = [];
  const left = new Set<string>();
  for (const use of setupUses(code)) {
    if (use.kind === 'text') left.add(`a text names ${SETUP}: if it is ever run, add opt_out=True to the call`);
    if (use.kind === 'other') left.add(`it uses ${SETUP} other than by calling it: make sure that every call has opt_out=True`);
    if (use.kind === 'unclear') left.add(`${use.why}: ${BY_HAND}`);
    if (use.kind === 'definition' && !use.takesOptOut) {
      left.add(`it defines a ${SETUP} of its own that takes no opt_out: ${BY_HAND}`);
    }
    if (use.kind === 'call' && !isWord(use.optOut, 'True')) edits.push(use.give('True'));
  }
  return { edits, left: [...left] };
}
