import { applyEdits, textOf } from './edits.ts';
import { planNotebook } from './notebook.ts';
import { planPage } from './page.ts';

export interface OptOut {
  /** The file as it is without its beacon; where nothing changes, the very bytes that were given. */
  readonly bytes: Uint8Array;
  /** What was changed, each a clause for people. */
  readonly changes: readonly string[];
  /** What may still tell of an opening and was left as it is because only a person can judge it, with what to do. */
  readonly left: readonly string[];
}

const UTF16 = 'it is UTF-16: save it as UTF-8, then run opt-out again';

/** True for the name of a file that may be a report with a beacon in it. */
export function isReportName(path: string): boolean {
  return /\.(html?|ipynb)$/i.test(path);
}

/**
 * Takes the beacon out of a report, html or notebook, ours or the service's: afterwards opening or running it tells nobody. Everything
 * else stays byte for byte, and doing it again changes nothing. Undefined where the file is no such report. Never throws.
 */
export function optOut(path: string, bytes: Uint8Array): OptOut | undefined {
  if (!isReportName(path)) return undefined;
  const wide = utf16Of(bytes);
  const read = wide === undefined ? undefined : optOut(path, new TextEncoder().encode(wide));
  if (read) return { bytes, changes: [], left: read.changes.length + read.left.length > 0 ? [UTF16] : [] };

  const text = textOf(bytes);
  const plan = /\.ipynb$/i.test(path) ? planNotebook(withoutMark(text), bytes) : planPage(text, bytes);
  if (!plan) return undefined;
  const { edits, changes, left } = plan;
  return { bytes: edits.length > 0 ? applyEdits(bytes, edits) : bytes, changes, left };
}

/** The text of a file in UTF-16, known by its byte order mark or by the empty half of its first letter. */
function utf16Of(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (second === 0 || (first === 0xff && second === 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 || (first === 0xfe && second === 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  return undefined;
}

/** A byte order mark is no JSON; its place is kept. */
function withoutMark(text: string): string {
  return text.replace(/^\u00ef\u00bb\u00bf/, '   ');
}
