import type { RuleResult } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { verdictKey, verdictLabel, wasRead } from '../verdicts.ts';
import { escapeMarkdown } from './escape.ts';
import { rowLine } from './table.ts';

const HEADINGS = ['Verdict', 'Rule', 'Found', 'Triggered', 'Violations', 'Data points', 'Parameters'];

/** All rules with a verdict; those that only describe the job are left to their sections. */
export function rulesMarkdown(rules: readonly RuleResult[]): string {
  const rows = rules
    .filter(({ descriptive }) => !descriptive)
    .map((rule) =>
      rowLine([
        verdictLabel(verdictKey(rule.verdict)),
        escapeMarkdown(rule.title),
        escapeMarkdown(rule.finding),
        ...[rule.triggered, rule.violations, rule.datapoints].map((value) => (value === undefined ? '–' : count(value))),
        escapeMarkdown(wasRead(rule) ? settings(rule).join(', ') : ''),
      ]),
    );
  return [rowLine(HEADINGS), rowLine(['---', '---', '---', '---:', '---:', '---:', '---']), ...rows].join('\n');
}

/** `window 500`, `threshold_p95 60 (changed)`. */
export function settings({ parameters }: RuleResult): string[] {
  return parameters.map(({ name, value, changed }) => `${name} ${value}${changed ? ' (changed)' : ''}`);
}
