import type { RuleResult } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { verdictKey, verdictLabel } from '../verdicts.ts';
import { escapeMarkdown } from './escape.ts';
import { rowLine } from './table.ts';

/** All rules with a verdict; those that only describe the job are left to their sections. */
export function rulesMarkdown(rules: readonly RuleResult[]): string {
  const rows = rules
    .filter(({ descriptive }) => !descriptive)
    .map(({ verdict, title, finding, triggered }) => {
      const times = triggered === undefined ? '–' : count(triggered);
      return rowLine([verdictLabel(verdictKey(verdict)), escapeMarkdown(title), escapeMarkdown(finding), times]);
    });
  return [rowLine(['Verdict', 'Rule', 'Found', 'Triggered']), rowLine(['---', '---', '---', '---:']), ...rows].join('\n');
}
