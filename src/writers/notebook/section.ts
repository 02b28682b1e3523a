import { isPacked } from '../../charts/pack.ts';
import { advice } from '../../generated/advice.ts';
import type { Block, PanelsBlock, Report, RuleResult, Section, Table } from '../../model/report.ts';
import { count, list } from '../../model/text.ts';
import { paragraphs } from '../markdown/section.ts';
import { markdownTable, rowLine } from '../markdown/table.ts';
import { hasParameters, isCounted, resolutionText, verdictKey, verdictLabel } from '../verdicts.ts';
import { hasSource } from './source.ts';
import { asEntities, cellText } from './text.ts';

/** Tables that no cell can compute from the rule files; the issues found in raw data are none of them either. */
const TOLD = /^(problems-table|job-parameters-table|.*-issues)$/;

/** Of charts over time, which are large, those of the first nodes or workers. */
const MOST_PANELS = 2;

/** True for the tables that the code cell of their section shows. */
export function isComputed(table: Table): boolean {
  return !TOLD.test(table.id);
}

/** Whether the section shows what the rule files do not hold: something over time, or a kind of section that only raw data gives. */
function isOverTime({ blocks, id }: Section): boolean {
  const charts = blocks.flatMap((block) => (block.kind === 'panels' ? block.panels.flatMap((panel) => panel.blocks) : [block]));
  return charts.some((block) => block.kind === 'chart' && isPacked(block.chart)) || !hasSource(`sections/${id}`);
}

/** Whether the code cell of a section draws it from the report's JSON: all that no cell can compute from rule files. */
export function isDrawn(section: Section, { job }: Report): boolean {
  return job.kind !== undefined || isOverTime(section);
}

/** Panels whose charts the cell shows. */
export function shownPanels(section: Section, { panels }: PanelsBlock, report: Report): PanelsBlock['panels'] {
  return isDrawn(section, report) ? panels.slice(0, MOST_PANELS) : panels;
}

/** The words of a section: verdict, what is checked, what was found, what to do. Its numbers are in the code cell that follows. */
export function sectionText(section: Section, report: Report): string {
  const rule = report.rules.find((result) => result.rule === section.rule);
  return paragraphs([
    `## ${cellText(section.title)}`,
    ...(rule && !rule.descriptive ? ruleText(rule) : []),
    ...section.blocks.flatMap((block) => blockText(block, report)),
    leftText(section, report),
    ...(rule && !rule.descriptive ? [adviceText(rule), serviceText(rule)] : []),
  ]);
}

function leftText(section: Section, report: Report): string {
  const left = section.blocks.flatMap((block) =>
    block.kind === 'panels' ? block.panels.slice(shownPanels(section, block, report).length) : [],
  );
  return left.length === 0
    ? ''
    : `${count(left.length)} more are left out here: ${cellText(
        list(
          left.map(({ title }) => title),
          3,
        ),
      )}. The html shows them all.`;
}

function ruleText(rule: RuleResult): string[] {
  const told = [rule.reason, resolutionText(rule) ?? ''].filter((text) => text !== '').join(' · ');
  const verdict = `**${verdictLabel(verdictKey(rule.verdict))}** · ${cellText(told)}`;
  return [verdict, cellText(rule.finding), `*Checked:* ${cellText(rule.checks)}`];
}

function blockText(block: Block, report: Report): string[] {
  switch (block.kind) {
    case 'text':
      return [cellText(block.text)];
    case 'note':
      return [`> ${cellText(block.text)}`];
    case 'rules':
      return [rulesTable(report)];
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

function rulesTable(report: Report): string {
  const counts = isCounted(report) ? ['Times triggered'] : [];
  const rows = report.rules
    .filter(({ descriptive }) => !descriptive)
    .map(({ verdict, title, finding, triggered }) =>
      rowLine([
        verdictLabel(verdictKey(verdict)),
        cellText(title),
        cellText(finding),
        ...counts.map(() => (triggered === undefined ? '–' : count(triggered))),
      ]),
    );
  return [
    rowLine(['Verdict', 'Rule', 'Found', ...counts]),
    rowLine(['---', '---', '---', ...counts.map(() => '---:')]),
    ...rows,
  ].join('\n');
}

function adviceText(rule: RuleResult): string {
  if (rule.verdict !== 'issue') return '';
  return paragraphs(['**What to do**', rule.action ? cellText(rule.action) : '', advice[rule.rule]?.markdown ?? '']);
}

function serviceText(rule: RuleResult): string {
  const { triggered, violations, datapoints, parameters } = rule;
  const isKnown = triggered !== undefined && violations !== undefined && datapoints !== undefined;
  if (!isKnown && !hasParameters(rule)) return '';
  const counts = isKnown
    ? `The rule counted: triggered ${count(triggered)}, violations ${count(violations)}, data points ${count(datapoints)}. `
    : '';
  if (parameters.length === 0) return counts.trim();
  const settings = parameters.map(({ name, value, changed }) =>
    changed ? `**${cellText(`${name} ${value}`)} (changed)**` : cellText(`${name} ${value}`),
  );
  return `${counts}Parameters: ${settings.join(', ')}.`;
}
