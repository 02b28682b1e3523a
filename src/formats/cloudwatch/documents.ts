import { UsageError } from '../../model/errors.ts';
import { visibleName } from '../../model/text.ts';
import { parsePythonJson } from '../python-json.ts';

/** A file as it was given. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How the command line tool prints what is no JSON: tables, tab-separated text, YAML. */
const PRINTED_OTHERWISE = /^(?:[-+]{5,}|\||(?:METRICDATARESULTS|TIMESTAMPS|DATAPOINTS)\t|(?:MetricDataResults|Datapoints):)/m;

/**
 * The JSON of a file: one value, or several one after the other, as `>>` collects them; the values of a list each for itself. Throws a
 * UsageError for what is empty, cut off, or no JSON.
 */
export function documentsOf({ name, bytes }: GivenFile): unknown[] {
  const text = decoded(bytes);
  const file = visibleName(name);
  if (text.trim() === '') throw new UsageError(`${file} is empty: write what \`aws cloudwatch get-metric-data\` prints into it.`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new UsageError(`${file} is compressed: unpack it first.`);
  const whole = parsed(text);
  if (whole !== undefined) return [whole].flat();
  if (PRINTED_OTHERWISE.test(text)) {
    throw new UsageError(`${file} was not printed as JSON: ask the AWS command again with \`--output json\`.`);
  }
  const { parts, rest, isOpen } = split(text);
  const values = parts.map(parsed);
  if (isOpen && values.every((value) => value !== undefined)) {
    throw new UsageError(`${file} ends in the middle of its JSON: it was cut off, fetch it again.`);
  }
  if (rest !== '' || values.includes(undefined)) {
    throw new UsageError(`${file} is not JSON: give what \`aws cloudwatch ... --output json\` printed, unchanged.`);
  }
  return values.flat();
}

/** UTF-8, with or without its mark; UTF-16 as some shells write it. */
function decoded(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** NaN becomes null. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return parsePythonJson(new TextEncoder().encode(text)).value;
    } catch {
      return undefined;
    }
  }
}

/** Cuts a text where brackets are all closed; `rest` is what is behind, `isOpen` where its brackets are not. */
function split(text: string): { parts: string[]; rest: string; isOpen: boolean } {
  const parts: string[] = [];
  const open: string[] = [];
  let from = 0;
  for (const { 0: token, index } of text.matchAll(/[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)/gs)) {
    if (token === '{' || token === '[') open.push(token);
    if (token !== '}' && token !== ']') continue;
    if (open.pop() !== (token === '}' ? '{' : '[')) return { parts, rest: text.slice(from).trim(), isOpen: false };
    if (open.length > 0) continue;
    parts.push(text.slice(from, index + 1));
    from = index + 1;
  }
  return { parts, rest: text.slice(from).trim(), isOpen: open.length > 0 };
}
