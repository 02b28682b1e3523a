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
  const text = textOf(bytes);
  const plan = /\.ipynb$/i.test(path) ? planNotebook(withoutMark(text)) : planPage(text, bytes);
  if (!plan) return undefined;
  const { edits, changes, left } = plan;
  return { bytes: edits.length > 0 ? applyEdits(bytes, edits) : bytes, changes, left };
}

/** A byte order mark is no JSON; its place is kept. */
function withoutMark(text: string): string {
  return text.replace(/^\u00ef\u00bb\u00bf/, '   ');
}
