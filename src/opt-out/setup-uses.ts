import type { Edit } from './edits.ts';
import { pythonTokens, type Token } from './python-tokens.ts';

/** The function by which notebooks tell that they are opened: the service's, and ours. */
export const SETUP = 'setup_profiler_report';

/** One use of the function in Python code; `start` is where its name, or the text that names it, begins. */
export type SetupUse = { readonly start: number } & (
  | SetupCall
  /** `saysOnly` where it prints a text and does nothing else. */
  | { readonly kind: 'definition'; readonly takesOptOut: boolean; readonly saysOnly: boolean }
  | { readonly kind: 'import' }
  /** A call that cannot be followed, with the clause that says why. */
  | { readonly kind: 'unclear'; readonly why: string }
  /** A text that names it, and may be code. */
  | { readonly kind: 'text' }
  /** It is given another name, or handed on. */
  | { readonly kind: 'other' }
);

export interface SetupCall {
  readonly kind: 'call';
  /** Whose opening it tells, as it is written; undefined where the call does not say. */
  readonly arn: readonly Token[] | undefined;
  /** The value of opt_out as it is written; undefined where the call gives none. */
  readonly optOut: readonly Token[] | undefined;
  /** Gives opt_out that value. */
  give(value: 'True' | 'False'): Edit;
}

/** Every use of the function, in their order. */
export function setupUses(code: string): SetupUse[] {
  if (!code.includes(SETUP)) return [];
  const tokens = pythonTokens(code);
  return tokens.flatMap((token, i): SetupUse[] => {
    const { start } = token;
    if (token.kind === 'string' && token.text.includes(SETUP)) return [{ kind: 'text', start }];
    if (token.kind !== 'name' || token.text !== SETUP) return [];
    if (/^(def|class)$/.test(tokens[i - 1]?.text ?? '')) return [{ ...definition(code, tokens, i + 1), start }];
    if (isCalled(code, tokens, i)) return [{ ...call(tokens, i + 1), start }];
    return [{ kind: isImported(tokens, i) ? 'import' : 'other', start }];
  });
}

/** True where nothing but that word is written. */
export function isWord(tokens: readonly Token[] | undefined, text: string): boolean {
  return tokens?.length === 1 && tokens[0]?.text === text;
}

function isCalled(code: string, tokens: readonly Token[], i: number): boolean {
  const [name, next] = [tokens[i], tokens[i + 1]];
  return name !== undefined && next?.text === '(' && /^(?:[ \t\f]|\\\r?\n)*$/.test(code.slice(name.end, next.start));
}

/** True within `from ... import ...`, unless it gets another name there. */
function isImported(tokens: readonly Token[], i: number): boolean {
  let at = i - 1;
  while (/^[\w,(]+$/.test(tokens[at]?.text ?? '') && tokens[at]?.text !== 'import') at--;
  return tokens[at]?.text === 'import' && tokens[i + 1]?.text !== 'as';
}

/** `open` is the bracket of its parameters. */
function definition(code: string, tokens: readonly Token[], open: number) {
  const parameters = argumentsOf(tokens, open) ?? [];
  const takesOptOut = parameters.some(
    ([first, second]) => first?.text === 'opt_out' || (first?.text === '*' && second?.text === '*'),
  );
  // Its bracket, its parameters with their commas, and the bracket's end.
  const body = open + parameters.reduce((sum, parameter) => sum + parameter.length + 1, 1);
  return { kind: 'definition', takesOptOut, saysOnly: saysOnly(code, tokens, body) } as const;
}

/** True where a text or none, one `print` of a text, and then a line that is not indented follow the colon. */
function saysOnly(code: string, tokens: readonly Token[], colon: number): boolean {
  const documented = tokens[colon + 1]?.kind === 'string' ? 1 : 0;
  const [print, bracket, text, end, next] = tokens.slice(colon + 1 + documented, colon + 6 + documented);
  const prints = print?.text === 'print' && bracket?.text === '(' && text?.kind === 'string' && end?.text === ')';
  return prints && /^[^f]/i.test(text.text) && (!next || code[next.start - 1] === '\n');
}

/** `open` is the bracket of its arguments. */
function call(tokens: readonly Token[], open: number): SetupCall | { kind: 'unclear'; why: string } {
  const unclear = (why: string) => ({ kind: 'unclear', why }) as const;
  const all = argumentsOf(tokens, open);
  if (!all) return unclear(`a call of ${SETUP} has no end`);
  const given = all.filter((argument) => argument.length > 0);
  if (given.some((argument) => argument.some(({ text }) => text === 'lambda' || text === 'for'))) {
    return unclear(`the arguments of a call of ${SETUP} cannot be told apart`);
  }
  const isKeyword = ([, equals, value]: readonly Token[]) => equals?.text === '=' && value?.text !== '=';
  const named = (name: string) => given.find((argument) => argument[0]?.text === name && isKeyword(argument))?.slice(2);
  const keyword = named('opt_out');
  if (!keyword && given.some(([first]) => first?.text === '*')) return unclear(`a call of ${SETUP} unpacks its arguments`);
  const [first, second] = given.filter((argument) => !isKeyword(argument));
  const arn = named('processing_job_arn') ?? first;
  const optOut = keyword ?? second;
  if (optOut) {
    const [from, to] = [optOut[0], optOut.at(-1)];
    if (!from || !to) return unclear(`a call of ${SETUP} gives opt_out no value`);
    return { kind: 'call', arn, optOut, give: (text) => ({ start: from.start, end: to.end, text }) };
  }

  const last = given.at(-1)?.at(-1);
  const comma = all.length > given.length;
  const after = last && comma ? tokens[tokens.indexOf(last, open) + 1] : (last ?? tokens[open]);
  const before = !last ? '' : comma ? ' ' : ', ';
  return { kind: 'call', arn, optOut, give: (value) => inserted(after, `${before}opt_out=${value}`) };
}

function inserted(after: Token | undefined, text: string): Edit {
  const at = after?.end ?? 0;
  return { start: at, end: at, text };
}

/** Brackets within brackets; Python reads no more, and more would be looked at again and again. */
const MAX_DEPTH = 200;

/** The tokens of each argument, an empty list behind a last comma; undefined where Python finds no end of the bracket. */
function argumentsOf(tokens: readonly Token[], open: number): Token[][] | undefined {
  const found: Token[][] = [[]];
  let depth = 0;
  for (let i = open; i < tokens.length && depth <= MAX_DEPTH; i++) {
    const token = tokens[i] as Token;
    if (token.kind === 'mark' && ')]}'.includes(token.text) && --depth === 0) return found;
    if (depth === 1 && token.kind === 'mark' && token.text === ',') found.push([]);
    else if (depth > 0) found.at(-1)?.push(token);
    if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
  }
  return undefined;
}
