import type { Report, Section } from '../model/report.ts';
import { duration, plural, utc, visibleName } from '../model/text.ts';
import { escapeMarkdown } from './markdown/escape.ts';
import { rulesMarkdown } from './markdown/rules.ts';
import { paragraphs, sectionMarkdown } from './markdown/section.ts';
import { failureText, kindTitle, reportTitle } from './monitored.ts';
import { VERDICT_KEYS, verdictCount } from './verdicts.ts';

export { sectionMarkdown };

/** First line of the text: by it a file, or an earlier comment, is known as ours. */
export const MARKDOWN_MARKER = '<!-- profiler-report -->';

/** GitHub takes comments of at most 65,536 characters; the rest is for the marker of whoever posts it. */
const MAX_CHARACTERS = 60_000;

/** The report as a comment on a pull request: verdicts, what to do first, all rules, and the section of each issue folded away, with that of damaged data. */
export function markdown(report: Report): string {
  const { job, counts, actions } = report;
  const head = paragraphs([
    MARKDOWN_MARKER,
    `## ${reportTitle(job)}: ${escapeMarkdown(job.name ?? 'training job')}`,
    bold(failureText(job)),
    `**${VERDICT_KEYS.filter((key) => counts[key] > 0 || key === 'issue')
      .map((key) => verdictCount(key, counts[key]))
      .join(' · ')}**`,
    escapeMarkdown(jobLine(report)),
    actions.length > 0
      ? `### Do this first\n\n${actions.map(({ text }, i) => `${i + 1}. ${escapeMarkdown(text)}`).join('\n')}`
      : '',
    `### Rules\n\n${rulesMarkdown(report)}`,
  ]);
  return `${withDetails(head, report)}\n`;
}

function bold(text: string | undefined): string {
  return text === undefined ? '' : `**${escapeMarkdown(text)}**`;
}

function jobLine({ job }: Report): string {
  const { kind, status, startSeconds: start, endSeconds: end, nodes, gpuCount, coresPerNode } = job;
  const host = kind ? 'host' : 'node';
  const parts = [
    kind === undefined ? '' : [kindTitle(kind), ...(status === undefined ? [] : [visibleName(status)])].join(', '),
    start === undefined || end === undefined ? '' : `${utc(start)}, ${kind ? 'asked' : 'sampled'} for ${duration(end - start)}`,
    nodes.length > 0 ? plural(nodes.length, host) : '',
    gpuCount === undefined ? '' : plural(gpuCount, 'GPU'),
    coresPerNode === undefined ? '' : `${plural(coresPerNode, 'core')} per ${host}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Adds the sections of the issues while they fit; those left out are named. */
function withDetails(head: string, report: Report): string {
  const issues = new Set(report.rules.filter(({ verdict }) => verdict === 'issue').map(({ rule }) => rule));
  const leftOut: string[] = [];
  let text = head;
  for (const section of report.sections) {
    if (!(section.rule ? issues.has(section.rule) : isDamage(section))) continue;
    const block = `\n\n<details>\n<summary>${escapeHtml(section.title)}</summary>\n\n${sectionMarkdown(section, report)}\n\n</details>`;
    if (text.length + block.length > MAX_CHARACTERS) leftOut.push(section.title);
    else text += block;
  }
  return leftOut.length > 0 ? `${text}\n\nToo long for a comment, see the html: ${escapeMarkdown(leftOut.join(', '))}` : text;
}

/** What was wrong with the raw data is told wherever there is something to tell: it bears upon all verdicts. */
function isDamage({ id, blocks }: Section): boolean {
  return id === 'data-quality' && blocks.some(({ kind }) => kind === 'table');
}

/** A summary stands in a block of html, where backslashes do not escape. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>@#]/g, (character) => `&#${character.charCodeAt(0)};`);
}
