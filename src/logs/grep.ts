import { UsageError } from '../model/errors.ts';
import { visibleName } from '../model/text.ts';
import { linearPattern } from './linear-pattern.ts';
import { maskSecrets } from './mask.ts';

/** How much of a line a pattern is tried on. */
export const GREP_LENGTH = 2000;

/**
 * Whether a line matches what people asked for: a regular expression, case as they wrote it; a text without special characters is found as
 * it is. Looks at the first GREP_LENGTH characters of a line, in time that no pattern and no line can make long. Throws a UsageError for a
 * pattern that is none, or that cannot be tried so.
 */
export function grepOf(pattern: string): (message: string) => boolean {
  if (pattern === '') throw new UsageError('--grep is empty: give a text or a regular expression.');
  // It would stand in the report as it was asked for.
  if (!/[\\*+?|()[\]^$]/.test(pattern) && maskSecrets(pattern) !== pattern) {
    throw new UsageError(
      '--grep holds what looks like a secret, and those are masked in log lines: look for what stands beside it.',
    );
  }
  const shown = `--grep '${visibleName(pattern)}'`;
  try {
    new RegExp(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(error.message.lastIndexOf(': ') + 2) : 'not understood';
    throw new UsageError(`${shown} is no regular expression (${reason}): put a \\ before characters that mean themselves.`, {
      cause: error,
    });
  }
  const matches = linearPattern(pattern);
  if (matches === undefined) {
    const mend = 'leave out what looks ahead, behind or back, (?=...), (?<=...), \\1, and counts of hundreds';
    throw new UsageError(`${shown} could take for ever: ${mend}.`);
  }
  return (message) => matches(message.slice(0, GREP_LENGTH));
}

/** The lines that match; a UsageError as `grepOf`. */
export function grepLines<Line extends { readonly message: string }>(lines: readonly Line[], pattern: string): Line[] {
  const matches = grepOf(pattern);
  return lines.filter(({ message }) => matches(message));
}
