import type { Report } from '../../model/report.ts';
import { duration, list, plural, utc, visibleName } from '../../model/text.ts';
import { paragraphs } from '../markdown/section.ts';
import { failureText, kindTitle, reportTitle } from '../monitored.ts';
import { VERDICT_KEYS, verdictCount } from '../verdicts.ts';
import { isDrawn } from './section.ts';
import { cellText } from './text.ts';

/** Said where cells show what only the report's JSON holds. */
const BESIDE =
  'To run it, keep `profiler-report.json`, `findings.json` and `profiler-reports/` beside it, as they were made: without them a cell has nothing to draw, and what it shows now is gone.';

const COMPUTED =
  'Figures and tables are computed from the rule files in `profiler-reports/` by the code cells, whose code is folded away: ' +
  'unfold one to change or extend it, and run all cells after the files have changed. The words are those of the report as it was made.';

const MONITORED =
  'Figures and tables are drawn by the code cells, whose code is folded away, from `profiler-report.json` beside this notebook: keep it there, ' +
  'as it was made. Without it a cell that is run has nothing to draw.';

/** The head of the notebook: which job, how it went, what to do first, and how the notebook can be used. */
export function titleText(report: Report): string {
  const { job, counts, actions, tool } = report;
  const failed = failureText(job);
  return paragraphs([
    `# ${reportTitle(job)}: ${cellText(visibleName(job.name ?? 'training job'))}`,
    failed === undefined ? '' : `**${cellText(failed)}**`,
    `**${VERDICT_KEYS.map((key) => verdictCount(key, counts[key])).join(' · ')}**`,
    jobLines(report)
      .map((line) => `- ${cellText(line)}`)
      .join('\n'),
    actions.length > 0 ? `### Do this first\n\n${actions.map(({ text }, i) => `${i + 1}. ${cellText(text)}`).join('\n')}` : '',
    ...(job.kind ? [MONITORED] : [COMPUTED, report.sections.some((section) => isDrawn(section, report)) ? BESIDE : '']),
    `Made by ${cellText(`${tool.name} ${tool.version}`)}.`,
  ]);
}

function jobLines({ job }: Report): string[] {
  const { kind, startSeconds: start, endSeconds: end, samplingIntervalSeconds: interval, nodes, gpuCount, coresPerNode } = job;
  const size = [
    nodes.length > 0 ? `${plural(nodes.length, 'node')} (${list(nodes)})` : '',
    gpuCount === undefined ? '' : plural(gpuCount, 'GPU'),
    coresPerNode === undefined ? '' : `${plural(coresPerNode, 'CPU core')}${nodes.length > 1 ? ' per node' : ''}`,
  ];
  if (kind !== undefined) {
    return [
      kindTitle(kind),
      start === undefined || end === undefined ? '' : `Asked for ${utc(start)} to ${utc(end)}, ${duration(end - start)}`,
      interval === undefined ? '' : `A value every ${duration(interval)} at the most; what is shorter was not seen`,
      nodes.length > 0 ? `${plural(nodes.length, 'host')} (${list(nodes)})` : '',
      `Read from ${visibleName(job.source)}`,
    ].filter((line) => line !== '');
  }
  return [
    job.processingJobArn === undefined ? '' : `Processing job ${visibleName(job.processingJobArn)}`,
    start === undefined || end === undefined ? '' : `Sampled from ${utc(start)} to ${utc(end)}, for ${duration(end - start)}`,
    interval === undefined ? '' : `A sample every ${duration(interval)}, as estimated from their number`,
    size.filter((part) => part !== '').join(', '),
    `Read from ${visibleName(job.source)}`,
  ].filter((line) => line !== '');
}
