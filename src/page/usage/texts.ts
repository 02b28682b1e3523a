import type { Decision } from '../../consent/decide.ts';
import { utc } from '../../model/text.ts';
import type { Sent } from './request.ts';

/** Where the answer is that decides. */
export type Keeping = 'browser' | 'view' | 'opening';

const KEEPING: Readonly<Record<Keeping, string>> = {
  browser: 'your choice, kept in this browser',
  view: 'your choice, until this page is closed: the browser keeps nothing for it',
  opening: 'your choice, for this opening only',
};

export function stateText({ allowed, reason }: Decision): string {
  return `${allowed ? 'On' : 'Off'}: ${reason}.`;
}

export function sourceText({ source }: Decision, keeping: Keeping): string {
  if (source === 'choice') return KEEPING[keeping];
  return source === 'no choice' ? 'no choice yet; nothing is sent' : `${source}, whatever was chosen`;
}

const OUTCOME: Readonly<Record<Sent['outcome'], string>> = {
  waiting: 'went out, no answer yet',
  answered: 'went out and was answered',
  failed: 'failed; it is not repeated',
};

export function sentText(sent: Sent | undefined): string {
  if (!sent) return 'none since this page was opened';
  return `GET ${sent.url} at ${utc(sent.at.getTime() / 1000)}, ${OUTCOME[sent.outcome]}`;
}

/** What the bar says of a real press that was not taken for a yes. */
export const NOT_SEEN =
  'That did not count: a yes needs this bar in full view for half a second. Where another page surrounds or covers it, open the report by itself.';

/** What the bar says where it asks again after the request was made. */
export const SENT_ALREADY = 'This opening was told already and is not told again. Always counts from the next one.';
