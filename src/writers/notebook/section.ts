import { advice } from '../../generated/advice.ts';
import type { Block, Report, RuleResult, Section, Table } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { paragraphs } from '../markdown/section.ts';
import { markdownTable, rowLine } from '../markdown/table.ts';
import { verdictKey, verdictLabel } from '../verdicts.ts';
import { asEntities, cellText } from './text.ts';

/** Tables that no cell can compute from the rule files. */
const TOLD = new Set(['problems-table', 'job-parameters-table']);

/** True for the tables that the code cell of their section shows. */
export function isComputed(table: Table): boolean {
  return !TOLD.has(table.id);
}

/** The words of a section: verdict, what is checked, what was found, what to do. Its numbers are in the code cell that follows. */
export function sectionText(section: Section, report: Report): string {
  const rule = report.rules.find((result) => result.rule === section.rule);
  return paragraphs([
    `## ${cellText(section.title)}`,
    ...(rule && !rule.descriptive ? ruleText(rule) : []),
    ...section.blocks.flatMap((block) => blockText(block, report)),
    ...(rule && !rule.descriptive ? [adviceText(rule), serviceText(rule)] : []),
  ]);
}

function ruleText(rule: RuleResult): string[] {
  const verdict = `**${verdictLabel(verdictKey(rule.verdict))}** · ${cellText(rule.reason)}`;
  return [verdict, cellText(rule.finding), `*Checked:* ${cellText(rule.checks)}`];
}

function blockText(block: Block, report: Report): string[] {
  switch (block.kind) {
    case 'text':
      return [cellText(block.text)];
    case 'note':
      return [`> ${cellText(block.text)}`];
    case 'rules':
      return [rulesTable(report.rules)];
    case 'table':
      return isComputed(block.table) ? [] : [`**${cellText(block.table.title)}**`, asEntities(markdownTable(block.table))];
    case 'panels':
      return block.panels.flatMap(({ title, blocks }) => {
        const texts = blocks.flatMap((inner) => blockText(inner, report));
        const named = texts.every((text) => text.startsWith(`${cellText(title)}:`));
        return named ? texts : [`**${cellText(title)}**`, ...texts];
      });
    default:
      return [];
  }
}

function rulesTable(rules: readonly RuleResult[]): string {
  const rows = rules
    .filter(({ descriptive }) => !descriptive)
    .map(({ verdict, title, finding, triggered }) =>
      rowLine([
        verdictLabel(verdictKey(verdict)),
        cellText(title),
        cellText(finding),
        triggered === undefined ? '–' : count(triggered),
      ]),
    );
  return [rowLine(['Verdict', 'Rule', 'Found', 'Times triggered']), rowLine(['---', '---', '---', '---:']), ...rows].join('\n');
}

function adviceText(rule: RuleResult): string {
  if (rule.verdict !== 'issue') return '';
  return paragraphs(['**What to do**', rule.action ? cellText(rule.action) : '', advice[rule.rule]?.markdown ?? '']);
}

function serviceText({ triggered, violations, datapoints, parameters }: RuleResult): string {
  if (triggered === undefined || violations === undefined || datapoints === undefined) return '';
  const counts = `The service counted: triggered ${count(triggered)}, violations ${count(violations)}, data points ${count(datapoints)}.`;
  if (parameters.length === 0) return counts;
  const settings = parameters.map(({ name, value, changed }) =>
    changed ? `**${cellText(`${name} ${value}`)} (changed)**` : cellText(`${name} ${value}`),
  );
  return `${counts} Parameters: ${settings.join(', ')}.`;
}
