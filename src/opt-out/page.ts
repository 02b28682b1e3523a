import { VERSION } from '../model/version.ts';
import { usageHtml } from '../writers/html/usage.ts';
import { applyEdits, type Plan, textOf, UNPAIRED } from './edits.ts';
import { kindOfPage, OPEN } from './kind.ts';
import { ELSEWHERE, namesPicture, picturesIn } from './picture.ts';
import { withoutBeacon } from './policy.ts';

const CLOSE = '<!--/usage-statistics-->';

/** Why a page sends nothing after its opt-out. */
export const TAKEN_OUT = 'profiler-report opt-out took them out of this file';

/** What to do about a page; undefined where it is no report, neither ours nor the service's. */
export function planPage(text: string, bytes: Uint8Array): Plan | undefined {
  const kind = kindOfPage(text);
  if (kind === undefined) return undefined;
  return kind === 'own' ? planOwn(text, bytes) : planServices(text, bytes);
}

/** Only the marks and the policy are relied on: all versions of this tool have them. */
function planOwn(text: string, bytes: Uint8Array): Plan {
  const start = text.indexOf(OPEN);
  const end = text.indexOf(CLOSE) + CLOSE.length;
  const paired = start >= 0 && end > start && text.lastIndexOf(OPEN) === start && text.lastIndexOf(CLOSE) === end - CLOSE.length;
  const region = text.slice(start, end);
  const asks = paired && /<script\b/i.test(region);

  const policy = withoutBeacon(text, bytes, asks ? { start, end } : { start: 0, end: 0 });
  const marked = start >= 0 || text.includes(CLOSE);
  if (!paired && (marked || policy)) {
    return { edits: [], changes: [], left: [UNPAIRED] };
  }
  const silent = usageHtml({ kind: 'silent', reason: TAKEN_OUT }, VERSION).trim();
  return {
    edits: [...(asks ? [{ start, end, text: silent }] : []), ...(policy ? [policy] : [])],
    changes: [
      ...(asks ? ['removed the question and its script'] : []),
      ...(policy ? ['closed its content security policy'] : []),
    ],
    left: [],
  };
}

function planServices(text: string, bytes: Uint8Array): Plan {
  const edits = picturesIn(text);
  const named = namesPicture(textOf(applyEdits(bytes, edits)));
  return {
    edits,
    changes: edits.map(() => 'removed the hidden picture'),
    left: named ? [ELSEWHERE] : [],
  };
}
