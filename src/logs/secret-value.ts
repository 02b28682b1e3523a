import type { SecretName } from './secret-names.ts';

/** A name after which a secret may stand. */
export interface Found {
  readonly name: SecretName;
  /** What it is set to is a secret whatever it looks like. */
  readonly isSure: boolean;
  /** `password=x`; an entry of a list after it; `password x`. */
  readonly how: 'assigned' | 'listed' | 'said';
  readonly between: string;
  /** That opens the value, with its backslashes. */
  readonly quote: string;
  /** What stands before the name. */
  readonly before: string;
}

/** Nothing at all, or what stands for the value: a type, a variable in capitals, a placeholder. */
const NOTHING =
  /^(?:none|null|nil|true|false|undefined|missing|empty|required|invalid|str|string|bytes|any|\d{1,2}|[*x.•…]{1,40}|<[a-z /_-]{1,40}>|%s|%\(\w{1,40}\)s|\$\(.*|\$\{.*\}?|\{\w{0,40}\}|\{\{.*|\[\]|\(\))$/is;
const VARIABLE = /^\$[A-Z_][A-Z\d_]*$/;
/** Where something is, or what it is called. */
const PLACE = /^(?:arn:|\w{1,10}:\/\/|\/(?:dev|etc|home|mnt|opt|proc|root|run|tmp|usr|var)\/|\.{1,2}\/)/;
/** What was masked or cut before. */
const MASK = /^(?:\[masked: [\w ]{2,40}\]|… \()/;
/** Within the ARN of a secret. */
const IN_ARN = /:\d{12}:$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FLAG = /(?:^|[\s"'`\\[(,=])--?[\w-]{0,40}$/;
const IN_TUPLE = /\(\s{0,4}[bru]?\\{0,3}["'][\w-]{0,40}$/;
/** The next name in YAML, where the value itself is left out. */
const NEXT_NAME = /^[\w.-]{1,60}\s?[:=]/;

/** Whether what stands after a name is a secret; `after` is what follows it. */
export function isSecret(value: string, { name, isSure, how, between, quote, before }: Found, after: string): boolean {
  const plain = quote === '' ? value.replace(/[)\]},.;:]+$/, '') : value;
  if (MASK.test(value + after)) return false;
  if (plain === '' || NOTHING.test(plain) || NOTHING.test(value) || VARIABLE.test(plain) || IN_ARN.test(before)) return false;
  if (PLACE.test(plain)) return false;
  if (name.notAfter?.test(before) || (/[\r\n]/.test(between) && NEXT_NAME.test(plain + after.slice(0, 2)))) return false;
  const isFlag = FLAG.test(before);
  if (how === 'listed' && !isFlag && !(IN_TUPLE.test(before) && /^\\{0,3}["']\s{0,4}\)/.test(after))) return false;
  if (isFlag && how !== 'assigned') return !plain.startsWith('-') && (isSure || /^(?:password|token)$/.test(name.kind));
  if (how === 'said')
    return isMixed(plain) || (name.kind === 'password' && isSure && /^(?=.*\d)(?=.*[a-z])[\w!@#$%^&*+.-]{6,}$/i.test(plain));
  return isSure || looksRandom(plain, name.kind, between, quote);
}

function looksRandom(value: string, kind: string, between: string, quote: string): boolean {
  if (UUID.test(value)) return false;
  if (kind === 'key' || kind === 'signature') return isMixed(value) || /^[0-9a-f]{32,}$/i.test(value);
  if (kind === 'password') return (quote !== '' || between.includes('=')) && !/^[\d.,:%/-]+$/.test(value);
  return /^(?=.*[a-z])(?=.*\d)[^\s#<>[\](){}]{8,}$/i.test(value);
}

/** Long, of capitals, small letters and digits, hardly any of them twice: nobody's words. */
function isMixed(value: string): boolean {
  const fits = value.length >= 20 && /^[\w+/=.~-]+$/.test(value);
  return fits && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && new Set(value).size >= 12;
}

/** A bracket this long is closed, or is none. */
const LONGEST_BRACKET = 1000;
/** What ends a value without quotes: separators only where another name or nothing follows, since passwords have them too. */
const END = /\s|\\{0,3}["'`](?!\w)|<\/|[)\]}](?=[\s,;)\]}"']|$)|[,;&](?=\s|$|\\{0,3}["'`]|[\w.-]{1,60}\s?[=:])/g;
const PLAIN_END = /[\s,;&"'`<]/g;
const LINE_END = /[\r\n]/g;
/** A header goes on to the end of its line, or of the text or list in which it is told. */
const HEADER_END = /[\r\n]|\\{0,3}["'](?=\s{0,4}(?:[}\])]|,\s{0,4}\\{0,3}["'{]|$))/g;

/** Where the value that `text` begins with ends. */
export function valueEnd(text: string, { name, isSure, how, between, quote, before }: Found): number {
  if (quote !== '') return quoteEnd(text, quote);
  if (!isSure && name.kind !== 'password') return nextOf(text, PLAIN_END);
  const bracket = how === 'assigned' ? bracketEnd(text) : undefined;
  if (bracket !== undefined) return bracket;
  if (how === 'assigned' && /^(?:authorization|cookie)$/.test(name.kind)) {
    const [, opened] = /\\{0,3}(["'`])[\w-]{0,40}$/.exec(before) ?? [];
    return nextOf(text, opened === undefined ? HEADER_END : new RegExp(`[\\r\\n]|\\\\{0,3}${opened}`, 'g'));
  }
  if (between === '>') return nextOf(text, PLAIN_END);
  // A line of YAML.
  const isLine = /:[ \t]+$/.test(between) && name.kind === 'password' && /(?:^|\n)[\w.\s-]*$/.test(before);
  return nextOf(text, isLine ? LINE_END : END);
}

/** The same quote, with as many backslashes before it; a value without its end goes on to the end of the line. */
function quoteEnd(text: string, quote: string): number {
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + quote.length)) {
    let slashes = 0;
    while (at > slashes && text[at - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return nextOf(text, LINE_END);
}

/** After the bracket that closes the one at the beginning; a list without its end goes on to the end of the line. */
function bracketEnd(text: string): number | undefined {
  if (!/^[[({]/.test(text) || text.startsWith('[masked: ')) return undefined;
  let open = 0;
  for (let at = 0; at < Math.min(text.length, LONGEST_BRACKET); at++) {
    if ('[({'.includes(text[at] as string)) open++;
    else if ('])}'.includes(text[at] as string) && --open === 0) return at + 1;
  }
  return /^.\s{0,20}\\{0,3}["'[({]/.test(text) ? nextOf(text, LINE_END) : undefined;
}

function nextOf(text: string, stop: RegExp): number {
  stop.lastIndex = 0;
  return stop.exec(text)?.index ?? text.length;
}
