import { SECRET_NAMES, type SecretName } from './secret-names.ts';
import { type Found, isSecret, valueEnd } from './secret-value.ts';

const QUOTE = '\\\\{0,3}["\'`]';
/** Up to the value, which may stand on the next line where that is indented or the value has quotes. */
const GAP = `[ \\t]{0,40}(?:\\r?\\n[ \\t]{1,40}|\\r?\\n(?=["']))?`;
/** `password: str = ...` */
const TYPE = '(?:(?:str|string|bytes|SecretStr|Optional\\[\\w{1,20}\\])(?: ?\\| ?None)? ?= ?)?';
const ASSIGNED = [
  `[ \\t]{0,40}(?:[-=]>|→|:=|[:=]{1,2}|[＝：]|&#(?:0?61|0?58|x3[ad]);|%(?:25)?3[ad])${GAP}${TYPE}`,
  '>',
  '[ \\t]{1,40}\\|[ \\t]{1,40}',
  ' {0,3}\\t\\s{0,20}',
  // `{"name": "DB_PASSWORD", "value": "..."}`
  `,\\s{0,20}(?:${QUOTE})?value(?:${QUOTE})?\\s{0,4}[:=]\\s{0,4}`,
].join('|');

/**
 * A name, what ends it, what stands between, and the quote that opens the value. Everything in it is bounded, so that the time stays
 * linear in the length of a line.
 */
const NAMED = new RegExp(
  `(?:${SECRET_NAMES.map(({ ending }, i) => `(?<n${i}>${ending})`).join('|')})(?:[_-]?(?:value|base64|b64|\\d{1,2}))?` +
    `(?:(?<assigned>(?:${QUOTE}|&quot;)?(?:${ASSIGNED}))|(?<listed>${QUOTE},\\s{0,4}(?=[bru]?${QUOTE}))|(?:${QUOTE})?\\s{1,3}(?:(?:is|was)\\s)?)` +
    `(?:[brfu]{1,2}(?=${QUOTE}))?(?<quote>${QUOTE})?`,
  'gi',
);

/** How much before a name is looked at. */
const BEFORE = 48;
/** How much of a value tells whether it is a secret; lists of them are longer. */
const HEAD = { sure: 1000, other: 400 };

/** Masks the values of names such as password and token: `name=value`, JSON, YAML, XML, tables, lists of arguments, headers and options of commands. */
export function maskNamed(text: string): string {
  let masked = '';
  let done = 0;
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(text); match; match = NAMED.exec(text)) {
    const start = match.index + match[0].length;
    const found = foundIn(match, text.slice(Math.max(0, match.index - BEFORE), match.index));
    const head = text.slice(start, start + (found.isSure ? HEAD.sure : HEAD.other));
    const near = valueEnd(head, found);
    if (!isSecret(head.slice(0, near), found, head.slice(near))) continue;
    masked += `${text.slice(done, start)}[masked: ${found.name.kind}]`;
    // All of a long value is looked at only where it is masked, so that each character is looked at once.
    done = start + (near < head.length ? near : valueEnd(text.slice(start), found));
    NAMED.lastIndex = done;
  }
  return masked + text.slice(done);
}

function foundIn({ groups = {} }: RegExpExecArray, before: string): Found {
  const name = SECRET_NAMES.find((_, i) => groups[`n${i}`] !== undefined) as SecretName;
  const { assigned, listed, quote = '' } = groups;
  const how = assigned !== undefined ? 'assigned' : listed !== undefined ? 'listed' : 'said';
  const isSure = name.when === 'always' || name.sureAfter?.test(before) === true;
  return { name, isSure, how, between: assigned ?? '', quote, before };
}
