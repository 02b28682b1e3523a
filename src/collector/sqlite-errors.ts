/** By result code, https://sqlite.org/rescode.html */
const REASONS: Readonly<Record<number, string>> = {
  8: 'it cannot be written to. Change its permissions or name another file with --database.',
  10: 'the disk cannot be read or written. See that it is there and has space.',
  11: 'it is damaged. Restore it from a copy, or name another file with --database.',
  13: 'the disk is full. Free some space.',
  14: 'it cannot be opened. Check that its folder exists and that you may write there.',
  26: 'it is not an SQLite database. Name another file with --database.',
};

/** Why a database cannot be used and how to mend it; undefined for what SQLite did not tell. */
export function sqliteReason(error: unknown): string | undefined {
  if (!(error instanceof Error && 'errcode' in error)) return undefined;
  // Extended codes tell the main one in their lowest byte.
  return REASONS[Number(error.errcode) & 0xff] ?? `${error.message}.`;
}
