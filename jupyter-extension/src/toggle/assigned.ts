import { pythonTokens, type Token } from '../../../src/opt-out/python-tokens.ts';

/**
 * What Python code assigns to each name at the beginning of a line, by the name: the one word, number or text, or undefined for
 * anything else. The last one counts.
 */
export function assigned(code: string): Map<string, Token | undefined> {
  const tokens = pythonTokens(code);
  const found = new Map<string, Token | undefined>();
  for (const [i, name] of tokens.entries()) {
    const [equals, value, next] = tokens.slice(i + 1, i + 4);
    const first = name.start === 0 || code[name.start - 1] === '\n';
    if (name.kind !== 'name' || !first || equals?.text !== '=' || !value || value.text === '=') continue;
    const whole = !next || code.slice(value.end, next.start).includes('\n');
    found.set(name.text, whole ? value : undefined);
  }
  return found;
}

/** What a text says; undefined for any other value, and for a text written in a way that would have to be understood first. */
export function textOf(value: Token | undefined): string | undefined {
  const [, double, single] = /^(?:"([^"\\]*)"|'([^'\\]*)')$/.exec(value?.kind === 'string' ? value.text : '') ?? [];
  return double ?? single;
}
