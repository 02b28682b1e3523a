/**
 * Wrong use or unreadable input: one line that says what is wrong, where, and how to mend it.
 * The command prints the message without a stack and exits with 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
