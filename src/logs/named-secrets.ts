/**
 * A name, what ends it, what stands between, and the quote that opens the value. Everything in it is bounded, so that the time stays
 * linear in the length of a line.
 */
const NAMED =
  /(?<name>passw(?:or)?d|(?<=[_-])pass|passphrase|passcode|pwd|secret(?:[_-]?string)?|token|credentials?|authorization|cookie|auth|signature|key)(?:[_-]?(?:value|base64|b64|\d{1,2}))?(?<between>\\{0,3}["'`]?\s{0,4}(?:=>|:=|[:=]{1,2}|>)\s{0,4}|\s{1,3}(?:(?:is|was)\s)?)(?<quote>\\{0,3}["'`])?/gi;

/** Words before `key` and `token` with which the value is a secret whatever it looks like. */
const SURE_BEFORE =
  /(?:secret|access|api|account|private|shared|encryption|signing|session|refresh|auth|id|security|bearer|csrf|hub|bot)[_-]?(?:access[_-]?)?$/i;
const ALWAYS = /^(?:pass|pwd|secret|authorization|cookie)/i;
/** Values that are the name or the place of something, or nothing at all. */
const NO_SECRET =
  /^(?:(?:none|null|nil|true|false|undefined|missing|empty|required|invalid|[*x.]{0,40})$|<|\$|%|\{|\(|\[|arn:|s3:|https?:|\/)/i;
/** Within the ARN of a secret. */
const IN_ARN = /:\d{12}:$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How much before a name is looked at. */
const BEFORE = 24;

/** Masks the values of names such as password and token: `name=value`, JSON, YAML, XML, headers and options of commands. */
export function maskNamed(text: string): string {
  let masked = '';
  let done = 0;
  NAMED.lastIndex = 0;
  for (let found = NAMED.exec(text); found; found = NAMED.exec(text)) {
    const { name = '', between = '', quote = '' } = found.groups ?? {};
    const start = found.index + found[0].length;
    const before = text.slice(Math.max(0, found.index - BEFORE), found.index);
    const end = valueEnd(text, start, { name, between, quote, before });
    if (!isSecret(text.slice(start, end), name, between, before)) continue;
    masked += `${text.slice(done, start)}[masked: ${kindOf(name)}]`;
    done = end;
    NAMED.lastIndex = end;
  }
  return masked + text.slice(done);
}

interface Around {
  readonly name: string;
  readonly between: string;
  readonly quote: string;
  readonly before: string;
}

function valueEnd(text: string, start: number, { name, between, quote, before }: Around): number {
  if (quote !== '') return quoteEnd(text, start, quote);
  // A header, and a line of YAML, go on to the end of the line.
  const wholeLine =
    /^(?:authorization|cookie)/i.test(name) || (/:\s/.test(between) && /^pass/i.test(name) && /(?:^|\n)[\w.\s-]*$/.test(before));
  return nextOf(text, start, wholeLine ? /[\r\n"']/g : /[\s,;&"'`<]/g);
}

/** The same quote, with as many backslashes before it; a value without its end goes on to the end of the line. */
function quoteEnd(text: string, start: number, quote: string): number {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + quote.length)) {
    let slashes = 0;
    while (at - slashes > start && text[at - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return nextOf(text, start, /[\r\n]/g);
}

function nextOf(text: string, start: number, stop: RegExp): number {
  stop.lastIndex = start;
  return stop.exec(text)?.index ?? text.length;
}

function isSecret(value: string, name: string, between: string, before: string): boolean {
  if (value === '' || NO_SECRET.test(value) || IN_ARN.test(before)) return false;
  const sure = ALWAYS.test(name) || (/^(?:key|token)$/i.test(name) && SURE_BEFORE.test(before));
  if (/^["'`\\]*\s/.test(between) && !/[:=>]/.test(between))
    return (sure && /--?[\w-]*$/.test(before) && !value.startsWith('-')) || isMixed(value);
  if (sure) return true;
  if (UUID.test(value)) return false;
  if (/^(?:key|signature)$/i.test(name)) return isMixed(value) || /^[0-9a-f]{32,}$/i.test(value);
  return value.length >= 8 && /[a-z]/i.test(value) && /\d/.test(value);
}

/** Long, of capitals, small letters and digits, hardly any of them twice: nobody's words. */
function isMixed(value: string): boolean {
  const fits = value.length >= 20 && /^[\w+/=.~-]+$/.test(value);
  return fits && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && new Set(value).size >= 12;
}

function kindOf(name: string): string {
  const word = name.toLowerCase();
  if (/^(?:pass|pwd)/.test(word)) return 'password';
  return word
    .replace(/^auth$/, 'authorization')
    .replace(/s$/, '')
    .replace(/[_-]?string$/, '');
}
