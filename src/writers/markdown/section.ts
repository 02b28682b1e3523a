import { advice } from '../../generated/advice.ts';
import type { Block, PanelsBlock, Report, RuleResult, Section } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { hasParameters, resolutionText, verdictKey, verdictLabel, wasRead } from '../verdicts.ts';
import { escapeMarkdown } from './escape.ts';
import { rulesMarkdown, settings } from './rules.ts';
import { markdownTable } from './table.ts';

/** Panels beyond the worst few stay in the html. */
const MAX_PANELS = 4;

/** One section as markdown, heading of level 3 first, fit to be pasted into an issue or a chat. */
export function sectionMarkdown(section: Section, report: Report): string {
  const rule = report.rules.find((result) => result.rule === section.rule);
  return paragraphs([
    `### ${escapeMarkdown(section.title)}${rule && !rule.descriptive ? `: ${verdictLabel(verdictKey(rule.verdict)).toLowerCase()}` : ''}`,
    ...(rule ? ruleMarkdown(rule) : []),
    ...blocksMarkdown(section.blocks, report),
    ...(rule ? [adviceMarkdown(rule), serviceLine(rule)] : []),
  ]);
}

/** A rule that only describes has neither verdict nor finding. */
function ruleMarkdown(rule: RuleResult): string[] {
  const { descriptive, finding, checks, reason } = rule;
  if (descriptive) return [escapeMarkdown(checks)];
  const resolution = resolutionText(rule);
  return [finding, `Checks: ${checks}`, `Verdict: ${reason}${resolution ? ` (${resolution})` : ''}.`].map(escapeMarkdown);
}

/** A chart right before a table shows what the table holds: the numbers are not told twice. */
function blocksMarkdown(blocks: readonly Block[], report: Report): string[] {
  return blocks
    .filter(({ kind }, i) => kind !== 'chart' || blocks[i + 1]?.kind !== 'table')
    .map((block) => blockMarkdown(block, report));
}

function blockMarkdown(block: Block, report: Report): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'note':
      return `> ${escapeMarkdown(block.text)}`;
    case 'facts':
      return block.facts
        .map(
          ({ label, value, detail }) =>
            `- **${escapeMarkdown(label)}:** ${escapeMarkdown(detail ? `${value} (${detail})` : value)}`,
        )
        .join('\n');
    case 'rules':
      return rulesMarkdown(report);
    case 'table':
      return paragraphs([`**${escapeMarkdown(block.table.title)}**`, markdownTable(block.table)]);
    case 'chart':
      // Its sentence holds the main numbers; the section has a table where all of them matter.
      return paragraphs([`**${escapeMarkdown(block.chart.title)}**`, escapeMarkdown(block.chart.alt)]);
    case 'panels':
      return panelsMarkdown(block, report);
  }
}

function panelsMarkdown({ panels }: PanelsBlock, report: Report): string {
  const shown = panels
    .slice(0, MAX_PANELS)
    .map(({ title, blocks }) => paragraphs([`#### ${escapeMarkdown(title)}`, ...blocksMarkdown(blocks, report)]));
  const left = panels.length - shown.length;
  return paragraphs([...shown, left > 0 ? `… and ${count(left)} more` : '']);
}

function adviceMarkdown(rule: RuleResult): string {
  if (rule.verdict !== 'issue') return '';
  return paragraphs(['**What to do**', rule.action ? escapeMarkdown(rule.action) : '', advice[rule.rule]?.markdown ?? '']);
}

function serviceLine(rule: RuleResult): string {
  if (!wasRead(rule)) return hasParameters(rule) ? escapeMarkdown(settings(rule).join(', ')) : '';
  const { triggered, violations, datapoints } = rule;
  const counts = [`triggered ${counted(triggered)}`, `violations ${counted(violations)}`, `data points ${counted(datapoints)}`];
  return `The rule’s own count: ${escapeMarkdown([...counts, ...settings(rule)].join(', '))}`;
}

function counted(value: number | undefined): string {
  return value === undefined ? 'unknown' : count(value);
}

/** Blocks with an empty line between, empty ones left out. */
export function paragraphs(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n');
}
