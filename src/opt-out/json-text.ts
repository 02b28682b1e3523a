import type { Edit } from './edits.ts';

/** A string of a JSON file: what it says, and where its token stands, quotes included. */
export interface Literal {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** One character of a string's value, as it is written. */
const UNIT = /\\u[0-9a-f]{4}|\\?./gisy;

/** The text that strings make together: a notebook keeps one as a string or as a list of its lines. */
export function joined(literals: readonly Literal[]): string {
  return literals.map(({ value }) => value).join('');
}

/** An edit of the joined text as edits of the file. A line that goes as a whole goes with its comma. The new text needs no escapes. */
export function editsInFile(file: string, literals: readonly Literal[], { start, end, text }: Edit): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let rest = text;
  /** The end of what stays before the lines that go as a whole. */
  let stays: number | undefined;
  for (const [i, literal] of literals.entries()) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, literal.value.length);
    at += literal.value.length;
    if (text === '' && from === 0 && to === literal.value.length && from < to) {
      stays ??= literals[i - 1]?.end ?? literal.start;
      const next = literals[i + 1];
      edits.push(next ? { start: literal.start, end: next.start, text } : { start: stays, end: literal.end, text });
    } else if (from < to || (rest !== '' && from <= literal.value.length)) {
      // Between two strings, new text goes to the end of the first.
      const first = place(file, literal, from);
      edits.push({ start: first, end: from < to ? place(file, literal, to) : first, text: rest });
      rest = '';
    }
  }
  return edits;
}

/** Where the character of that index stands in the file. */
function place(file: string, { start }: Literal, index: number): number {
  UNIT.lastIndex = start + 1;
  for (let i = 0; i < index; i++) UNIT.exec(file);
  return UNIT.lastIndex;
}
