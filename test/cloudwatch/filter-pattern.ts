import { Refused } from './refused.ts';

/**
 * Whether a log message fits a filter pattern of CloudWatch Logs: plain terms (all of them, upper and lower case apart), `?one ?other`
 * (any; beside plain terms they do not count), `-term` (not), quoted ones with spaces; or one regular expression, `%ERR|[Ee]rror%`.
 * Patterns for JSON and columns are refused.
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  if (pattern.startsWith('%')) return expression(pattern);
  const terms = pattern.match(/[?-]?"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  const read = terms.map((term) => {
    const [, sign = '', text = ''] = /^([?-]?)(.*)$/s.exec(term) ?? [];
    if (text.startsWith('"')) return { sign, text: text.slice(1, -1).replace(/\\(.)/g, '$1') };
    // All but letters, digits and underscores need quotes (CloudWatch Logs, filter pattern syntax).
    if (!/^\w+$/.test(text)) throw new Refused('InvalidParameterException', `Invalid character(s) in term '${term}'`);
    return { sign, text };
  });
  const with_ = (sign: string) => read.filter((term) => term.sign === sign).map(({ text }) => text);
  const [all, any, none] = [with_(''), with_('?'), with_('-')];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    !none.some((text) => message.includes(text)) &&
    (any.length === 0 || all.length > 0 || any.some((text) => message.includes(text)));
}

/** Characters and operators that expressions may have (CloudWatch Logs, supported regular expressions): no blanks, no parentheses. */
function expression(pattern: string): (message: string) => boolean {
  const [, inner] = /^%((?:[\w:#=@/;,\-^$?[\]{}|*+.]|\\[^\s])+)%$/.exec(pattern) ?? [];
  if (inner === undefined || pattern.length > 1024) throw new Refused('InvalidParameterException', `Invalid regex '${pattern}'`);
  const compiled = new RegExp(inner);
  return (message) => compiled.test(message);
}
