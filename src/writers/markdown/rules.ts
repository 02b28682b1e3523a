import type { Report, RuleResult } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { hasParameters, isCounted, verdictKey, verdictLabel } from '../verdicts.ts';
import { escapeMarkdown } from './escape.ts';
import { rowLine } from './table.ts';

const COUNTS = ['Triggered', 'Violations', 'Data points'];

/** All rules with a verdict; those that only describe the job are left to their sections. */
export function rulesMarkdown(report: Pick<Report, 'job' | 'rules'>): string {
  const counts = isCounted(report) ? COUNTS : [];
  const rows = report.rules
    .filter(({ descriptive }) => !descriptive)
    .map((rule) =>
      rowLine([
        verdictLabel(verdictKey(rule.verdict)),
        escapeMarkdown(rule.title),
        escapeMarkdown(rule.finding),
        ...[rule.triggered, rule.violations, rule.datapoints]
          .slice(0, counts.length)
          .map((value) => (value === undefined ? '–' : count(value))),
        escapeMarkdown(hasParameters(rule) ? settings(rule).join(', ') : ''),
      ]),
    );
  const headings = ['Verdict', 'Rule', 'Found', ...counts, 'Parameters'];
  return [rowLine(headings), rowLine(headings.map((heading) => (counts.includes(heading) ? '---:' : '---'))), ...rows].join('\n');
}

/** `window 500`, `threshold_p95 60 (changed)`. */
export function settings({ parameters }: RuleResult): string[] {
  return parameters.map(({ name, value, changed }) => `${name} ${value}${changed ? ' (changed)' : ''}`);
}
