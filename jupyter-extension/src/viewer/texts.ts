import type { Decision } from '../../../src/consent/decide.ts';
import type { Sent } from '../../../src/page/usage/request.ts';
import type { PageRead } from './read.ts';
import type { Scripts } from './scripts.ts';

/** What the toolbar says of usage statistics. */
export function stateText({ kind, usage }: PageRead, decision: Decision | undefined, sent: Sent | undefined): string {
  const said = (text: string) => `Usage statistics: ${text}.`;
  if (kind === undefined) return '';
  if (usage === 'wrong') return said('off, this report would tell something else than what it shows');
  if (usage === 'silent' || !decision) return said('off, this report sends nothing');
  const told = sent ? '; this opening was told' : '';
  return said(`${decision.allowed ? 'on' : 'off'}, ${decision.reason}${told}`);
}

/** What stands above a page that is not a report of this version. */
export function noteText({ kind, known }: PageRead, scripts: Scripts): string {
  if (kind === undefined) return 'This file is no profiling report. Use Open With to see it in another viewer.';
  if (kind === 'own')
    return known || scripts === 'all' ? '' : 'The scripts of this report are not those of this version, so they do not run.';
  const without = scripts === 'all' ? '' : ' Its scripts do not run.';
  return `A report of the original service.${without} What it would load from elsewhere is not loaded, and its hidden picture is left out.`;
}
