import type { Decision } from '../../consent/decide.ts';
import { utc } from '../../model/text.ts';
import type { Sent } from './request.ts';
import type { Sight } from './sight.ts';

/** Where the answer is that decides. */
export type Keeping = 'browser' | 'view' | 'opening';

const KEEPING: Readonly<Record<Keeping, string>> = {
  browser: 'your choice, kept in this browser',
  view: 'your choice, until this page is closed: the browser keeps nothing for it',
  opening: 'your choice, for this opening only',
};

export function stateText({ allowed, reason }: Decision, keeping: Keeping): string {
  if (allowed && keeping === 'opening') return 'Told once, as you said; nothing more is sent.';
  return `${allowed ? 'On' : 'Off'}: ${reason}.`;
}

export function sourceText({ source }: Decision, keeping: Keeping): string {
  if (source === 'choice') return KEEPING[keeping];
  if (source === 'override') return 'the page around this one';
  if (source === 'unreadable') return 'what this browser keeps as your answer';
  return source === 'no choice' ? 'nobody yet' : `your browser's setting, whatever was chosen`;
}

/** The button that brings the question back. */
export function forgetText(answered: boolean): string {
  return answered ? 'Forget my answer' : 'Answer now';
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

/** What the bar says beside the question. */
export function remarkText(sight: Sight, sent: Sent | undefined): string {
  if (sight === 'in part') {
    return 'Another page covers this bar or cuts it off: a yes can be given where all of it is seen. Open the report by itself.';
  }
  return sent ? 'This opening was told already and is not told again. Always counts from the next one.' : '';
}
