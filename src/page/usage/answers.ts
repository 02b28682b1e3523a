import type { Choice } from '../../consent/decide.ts';
import { type Kept, readKept, writeChoices } from '../../consent/inputs.ts';

const KEY = 'profiler-report.consent';

/** Answers where the browser keeps them for this page; where it keeps nothing, for as long as the page is looked at. */
export interface KeptAnswers {
  read(): Kept;
  write(choices: readonly Choice[]): void;
  /** False once the browser refused to keep an answer. */
  lasting(): boolean;
}

export function keptAnswers(window: Window): KeptAnswers {
  let held: Kept | undefined;
  return {
    read: () => held ?? readKept(stored(window)),
    write(choices) {
      try {
        window.localStorage.setItem(KEY, writeChoices(choices));
        held = undefined;
      } catch {
        held = { choices, unreadable: false };
        forget(window); // an older yes must not outlive a no
      }
    },
    lasting: () => held === undefined,
  };
}

function forget(window: Window): void {
  try {
    window.localStorage.removeItem(KEY);
  } catch {
    // Nothing is kept here anyway.
  }
}

/** A sandboxed frame, or a browser told to, throws at the very word. */
function stored(window: Window): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
