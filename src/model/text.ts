/** Longest name shown in full; longer ones keep head and length. */
const MAX_NAME_LENGTH = 160;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * A name from a file, fit to be shown: control, bidirectional and zero-width characters become visible escapes, a name longer than
 * MAX_NAME_LENGTH keeps its head, its length and a checksum (so that two long names stay two names).
 */
export function visibleName(raw: string): string {
  const head = raw.length > MAX_NAME_LENGTH ? raw.slice(0, MAX_NAME_LENGTH) : raw;
  const visible = visibleText(head);
  if (raw.length <= MAX_NAME_LENGTH) return visible;
  return `${visible}… (${count(raw.length)} characters, checksum ${checksum(raw)})`;
}

/** The same for a sentence that holds names, whatever its length. */
export function visibleText(raw: string): string {
  return raw.toWellFormed().replace(INVISIBLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** FNV-1a, 32 bits: tells names apart, nothing more. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** `11467` as `11,467`. */
export function count(value: number): string {
  return number(value, 0);
}

/** A number for a sentence or a cell: groups of thousands and at most `digits` decimals, trailing zeros kept only if `fixed`. */
export function number(value: number, digits = 2, fixed = false): string {
  const least = fixed ? digits : 0;
  const key = `${least} ${digits}`;
  const format =
    FORMATS.get(key) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: digits });
  FORMATS.set(key, format);
  return format.format(value);
}

/** Made when first asked for: that takes far longer than their use. */
const FORMATS = new Map<string, Intl.NumberFormat>();

/** `37.5 %`, at most one decimal unless told otherwise. */
export function percent(value: number, digits = 1): string {
  return `${number(value, digits)} %`;
}

/** `3 nodes`, `1 node`. */
export function plural(value: number, singular: string, many = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : many}`;
}

/** `1.2 MB`, in powers of 1000. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${number(value / 1000 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
}

/** A span in words: `455 days`, `3 h 59 min`, `29 min 48 s`, `5 min`, `0.84 s`, `16 ms`; from two days on in days. */
export function duration(seconds: number): string {
  if (seconds < 0) return `−${duration(-seconds)}`;
  if (seconds < 1) return seconds === 0 ? '0 s' : `${number(seconds * 1000, seconds < 0.01 ? 2 : 0)} ms`;
  if (seconds < 60) return `${number(seconds, seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole >= 2 * 86_400) return parts([plural(Math.floor(whole / 86_400), 'day'), Math.floor((whole % 86_400) / 3600), 'h']);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? parts([`${h} h`, min, 'min']) : parts([`${min} min`, s, 's']);
}

/** Nothing is said of none. */
function parts([large, small, unit]: readonly [large: string, small: number, unit: string]): string {
  return small === 0 ? large : `${large} ${small} ${unit}`;
}

/** `2022-04-02 06:13:11 UTC`. */
export function utc(epochSeconds: number): string {
  const milliseconds = Math.round(epochSeconds * 1000);
  if (Math.abs(milliseconds) > 8.64e15) return `${epochSeconds} s since 1970`;
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `a, b and c`; beyond `most` names `a, b and 7 more`. */
export function list(names: readonly string[], most = 4): string {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${count(names.length - most + 1)} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Natural order, by code unit otherwise: `algo-2` before `algo-10`. */
export function byNumber(a: string, b: string): number {
  const [x, y] = [padded(a), padded(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function padded(name: string): string {
  return name.replace(/[0-9]+/g, (digits) => digits.padStart(12, '0'));
}
