import { pythonTokens, type Token } from '../../../src/opt-out/python-tokens.ts';
import { SETUP } from '../../../src/opt-out/setup-uses.ts';

const NAME = 'processing_job_arn';

/** A line that gives a name a text in which nothing has to be understood first, and does nothing else. */
const ASSIGNMENT = /(?<!.)(?<!\\[\r\n]*)\w+[ \t]*=[ \t]*(["'])([^"'\\\r\n]*)\1[ \t]*(?:#.*)?$/my;

/** Functions that leave their arguments what they are. */
const READERS = new Set([SETUP, 'print', 'display']);

/** The ARN that a call is given, told from the code up to it; undefined where that is not written out. */
export function arnOf(argument: readonly Token[] | undefined, code: string): string | undefined {
  const [value, more] = argument ?? [];
  if (!value || more) return undefined;
  return value.text === NAME ? assigned(code) : /^(["'])([^"'\\]*)\1$/.exec(value.text)?.[2];
}

/** What the name stands for at the end; undefined unless it is only ever given a text by a line of its own, and read. */
function assigned(code: string): string | undefined {
  // The code of such a cell is run in another way, if at all.
  if (/^\s*%%/m.test(code)) return undefined;
  const tokens = pythonTokens(code);
  const open: number[] = [];
  let found: string | undefined;
  for (const [i, { kind, text, start }] of tokens.entries()) {
    if (kind === 'mark' && '([{'.includes(text)) open.push(i);
    if (kind === 'mark' && ')]}'.includes(text)) open.pop();
    if (kind === 'name' ? text !== NAME : !text.includes(NAME)) continue;
    ASSIGNMENT.lastIndex = start;
    const value = open.length === 0 && kind === 'name' ? ASSIGNMENT.exec(code)?.[2] : undefined;
    if (value === undefined && !isRead(tokens, i, open.at(-1))) return undefined;
    found = value ?? found;
  }
  return found;
}

/** True for an argument of a function that is known, or the name of one. `open` is the bracket around it. */
function isRead(tokens: readonly Token[], i: number, open = 0): boolean {
  const [before, bracket] = [tokens[open - 1], tokens[open]];
  return READERS.has(before?.text ?? '') && before?.end === bracket?.start && /^[,)=]$/.test(tokens[i + 1]?.text ?? '');
}
