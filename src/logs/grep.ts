import { UsageError } from '../model/errors.ts';
import { isSlow } from './slow-pattern.ts';

/** How much of a line a pattern is tried on, so that even a slow one comes to an end. */
export const GREP_LENGTH = 2000;

/**
 * Whether a line matches what people asked for: a regular expression, case as they wrote it; a text without special characters is found as
 * it is. Looks at the first GREP_LENGTH characters of a line. Throws a UsageError for a pattern that is none, or that could take for ever.
 */
export function grepOf(pattern: string): (message: string) => boolean {
  if (pattern === '') throw new UsageError('--grep is empty: give a text or a regular expression.');
  let compiled: RegExp;
  try {
    compiled = new RegExp(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(error.message.lastIndexOf(': ') + 2) : 'not understood';
    const mend = 'put a \\ before characters that mean themselves.';
    throw new UsageError(`--grep '${pattern}' is no regular expression (${reason}): ${mend}`, { cause: error });
  }
  if (isSlow(pattern)) {
    throw new UsageError(
      `--grep '${pattern}' could take for ever: write it without repeating a group that repeats or has alternatives.`,
    );
  }
  return (message) => compiled.test(message.slice(0, GREP_LENGTH));
}

/** The lines that match; a UsageError as `grepOf`. */
export function grepLines<Line extends { readonly message: string }>(lines: readonly Line[], pattern: string): Line[] {
  const matches = grepOf(pattern);
  return lines.filter(({ message }) => matches(message));
}
