import type { Edit } from './edits.ts';
import { pythonTokens, type Token } from './python-tokens.ts';

/** The function by which notebooks tell that they are opened: the service's, and ours. */
export const SETUP = 'setup_profiler_report';

const BY_HAND = 'give it opt_out=True by hand';

export interface Calls {
  readonly edits: readonly Edit[];
  /** Uses that cannot be followed with certainty, and what to do. */
  readonly left: readonly string[];
}

/** Gives every call of the function in Python code `opt_out=True`. */
export function optOutCalls(code: string): Calls {
  if (!code.includes(SETUP)) return { edits: [], left: [] };
  const tokens = pythonTokens(code);
  const edits: Edit[] = [];
  const left = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'string' && /setup_profiler_report\s*\(/.test(token.text)) {
      left.add(`a text holds a call of ${SETUP}: if it is ever run, add opt_out=True to it`);
    }
    if (token.kind !== 'name' || token.text !== SETUP) continue;
    if (/^(def|class)$/.test(tokens[i - 1]?.text ?? '')) {
      if (!takesOptOut(tokens, i + 1)) left.add(`it defines a ${SETUP} of its own that takes no opt_out: ${BY_HAND}`);
    } else if (isCalled(code, tokens, i)) {
      const edit = callEdit(tokens, i + 1);
      if (typeof edit === 'string') left.add(`${edit}: ${BY_HAND}`);
      else if (edit) edits.push(edit);
    } else if (!isImported(tokens, i)) {
      left.add(`it uses ${SETUP} other than by calling it: make sure that every call has opt_out=True`);
    }
  }
  return { edits, left: [...left] };
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

function takesOptOut(tokens: readonly Token[], open: number): boolean {
  const parameters = argumentsOf(tokens, open) ?? [];
  return parameters.some(([first, second]) => first?.text === 'opt_out' || (first?.text === '*' && second?.text === '*'));
}

/** What makes a call an opt-out: nothing where it is one, a clause where that is not certain. `open` is its bracket. */
function callEdit(tokens: readonly Token[], open: number): Edit | string | undefined {
  const all = argumentsOf(tokens, open);
  if (!all) return `a call of ${SETUP} has no end`;
  const given = all.filter((argument) => argument.length > 0);
  if (given.some((argument) => argument.some(({ text }) => text === 'lambda' || text === 'for'))) {
    return `the arguments of a call of ${SETUP} cannot be told apart`;
  }
  const keyword = given.find(([name, equals, value]) => name?.text === 'opt_out' && equals?.text === '=' && value?.text !== '=');
  if (keyword) return toTrue(keyword.slice(2));
  if (given.some(([first]) => first?.text === '*')) return `a call of ${SETUP} unpacks its arguments`;
  const second = given.filter(([, equals, value]) => equals?.text !== '=' || value?.text === '=')[1];
  if (second) return toTrue(second);

  const last = given.at(-1)?.at(-1);
  if (!last) return inserted(tokens[open], 'opt_out=True');
  const comma = all.length > given.length;
  return comma ? inserted(tokens[tokens.indexOf(last, open) + 1], ' opt_out=True') : inserted(last, ', opt_out=True');
}

function toTrue(value: readonly Token[]): Edit | string | undefined {
  const [first, last] = [value[0], value.at(-1)];
  if (!first || !last) return `a call of ${SETUP} gives opt_out no value`;
  return first === last && first.text === 'True' ? undefined : { start: first.start, end: last.end, text: 'True' };
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
