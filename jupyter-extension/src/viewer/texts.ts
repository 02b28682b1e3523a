import type { Decision } from '../../../src/consent/decide.ts';
import type { Sent } from '../../../src/page/usage/request.ts';
import type { PageRead } from './read.ts';

/** What the toolbar says of usage statistics. */
export function stateText({ kind, usage }: PageRead, decision: Decision | undefined, sent: Sent | undefined): string {
  const said = (text: string) => `Usage statistics: ${text}.`;
  if (kind === undefined) return '';
  if (usage === 'wrong') return said('off, this report would tell something else than what it shows');
  if (usage === 'silent' || !decision) return said('off, this report sends nothing');
  const told = sent ? '; this opening was told' : '';
  return said(`${decision.allowed ? 'on' : 'off'}, ${decision.reason}${told}`);
}

/** What stands above a page that is no report of ours. */
export function noteText({ kind }: PageRead): string {
  if (kind === 'own') return '';
  return kind === 'service'
    ? 'A report of the original service. What it would load from elsewhere is not loaded, and its hidden picture is left out.'
    : 'This file is no profiling report. Use Open With to see it in another viewer.';
}
