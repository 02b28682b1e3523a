import type { Report } from '../../model/report.ts';
import { duration, list, plural, utc, visibleName } from '../../model/text.ts';
import { paragraphs } from '../markdown/section.ts';
import { VERDICT_KEYS, verdictCount } from '../verdicts.ts';
import { isOverTime } from './section.ts';
import { cellText } from './text.ts';

/** Said where cells show what only the report's JSON holds. */
const BESIDE =
  'To run it, keep `profiler-report.json`, `findings.json` and `profiler-reports/` beside it, as they were made: without them a cell has nothing to draw, and what it shows now is gone.';

/** The head of the notebook: which job, how it went, what to do first, and how the notebook can be used. */
export function titleText(report: Report): string {
  const { job, counts, actions, tool } = report;
  return paragraphs([
    `# Profiler report: ${cellText(visibleName(job.name ?? 'training job'))}`,
    `**${VERDICT_KEYS.map((key) => verdictCount(key, counts[key])).join(' · ')}**`,
    jobLines(report)
      .map((line) => `- ${cellText(line)}`)
      .join('\n'),
    actions.length > 0 ? `### Do this first\n\n${actions.map(({ text }, i) => `${i + 1}. ${cellText(text)}`).join('\n')}` : '',
    'Figures and tables are computed from the rule files in `profiler-reports/` by the code cells, whose code is folded away: ' +
      'unfold one to change or extend it, and run all cells after the files have changed. The words are those of the report as it was made.',
    report.sections.some(isOverTime) ? BESIDE : '',
    `Made by ${cellText(`${tool.name} ${tool.version}`)}.`,
  ]);
}

function jobLines({ job }: Report): string[] {
  const { startSeconds: start, endSeconds: end, samplingIntervalSeconds: interval, nodes, gpuCount, coresPerNode } = job;
  const size = [
    nodes.length > 0 ? `${plural(nodes.length, 'node')} (${list(nodes)})` : '',
    gpuCount === undefined ? '' : plural(gpuCount, 'GPU'),
    coresPerNode === undefined ? '' : `${plural(coresPerNode, 'CPU core')}${nodes.length > 1 ? ' per node' : ''}`,
  ];
  return [
    job.processingJobArn === undefined ? '' : `Processing job ${visibleName(job.processingJobArn)}`,
    start === undefined || end === undefined ? '' : `Sampled from ${utc(start)} to ${utc(end)}, for ${duration(end - start)}`,
    interval === undefined ? '' : `A sample every ${duration(interval)}, as estimated from their number`,
    size.filter((part) => part !== '').join(', '),
    `Read from ${visibleName(job.source)}`,
  ].filter((line) => line !== '');
}
