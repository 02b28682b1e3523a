import type { Job, Report } from '../../model/report.ts';
import { bytes, count, duration, list, plural, visibleName, visibleText } from '../../model/text.ts';
import { failureText, kindTitle } from '../monitored.ts';
import { VERDICT_KEYS, verdictCount } from '../verdicts.ts';
import { momentView } from './moment.ts';
import { keepUnits } from './units.ts';

/** Name of the job or endpoint, or what stands for it where the files do not tell. */
export function jobTitle(job: Job): string {
  return job.name ?? 'Training job';
}

/** The head of the report: which job this is and how much of it was seen. */
export function headView(report: Report) {
  const { job, tool } = report;
  return {
    title: jobTitle(job),
    kind: job.kind && kindTitle(job.kind),
    arn: job.processingJobArn,
    source: visibleText(job.source),
    start: job.startSeconds === undefined ? undefined : momentView(job.startSeconds),
    end: job.endSeconds === undefined ? undefined : momentView(job.endSeconds),
    labels: job.kind ? { start: 'From', end: 'To' } : { start: 'First sample', end: 'Last sample' },
    read: readText(report),
    facts: extent(job),
    version: tool.version,
  };
}

function extent(job: Job) {
  const facts: { label: string; value: string; detail: string | undefined }[] = [];
  const add = (label: string, value: string, detail?: string) => facts.push({ label, value, detail });
  if (job.status !== undefined) add('Status', visibleName(job.status));
  if (job.startSeconds !== undefined && job.endSeconds !== undefined)
    add(job.kind ? 'Asked for' : 'Sampled for', keepUnits(duration(job.endSeconds - job.startSeconds)));
  if (job.nodes.length > 0) add(job.kind ? 'Hosts' : 'Nodes', count(job.nodes.length), list(job.nodes, 3));
  if (job.gpuCount !== undefined) add('GPUs', count(job.gpuCount));
  if (job.coresPerNode !== undefined)
    add('CPU cores', count(job.coresPerNode), job.nodes.length > 1 ? `per ${job.kind ? 'host' : 'node'}` : undefined);
  if (job.samplingIntervalSeconds !== undefined) {
    if (job.kind) add('Resolution', keepUnits(duration(job.samplingIntervalSeconds)));
    else add('Sampled every', keepUnits(duration(job.samplingIntervalSeconds)));
  }
  return facts;
}

/** What the report was made from, for its foot. */
export function madeFrom(report: Report): string {
  const { kind } = report.job;
  if (kind !== undefined) return `metrics and logs of the ${kind} in CloudWatch`;
  return `${isOfRawData(report) ? 'raw profiler output' : 'rule files'} of the job`;
}

/** Raw data is told by kind and node, not file by file. */
function isOfRawData({ inputs }: Report): boolean {
  const found = inputs.filter(({ status }) => status === 'read');
  return found.length > 0 && !found.some(({ file }) => file.endsWith('.json'));
}

function readText(report: Report): string {
  const { inputs, job } = report;
  const found = inputs.filter(({ status }) => status === 'read');
  if (job.kind) return found.flatMap(({ detail }) => detail ?? []).join(', ') || 'nothing was there';
  if (isOfRawData(report)) {
    return `${bytes(found.reduce((sum, input) => sum + (input.bytes ?? 0), 0))} read`;
  }
  const read = found.length;
  const wanted = inputs.filter(({ status }) => status !== 'ignored').length;
  return `${read === wanted ? plural(read, 'file') : `${count(read)} of ${plural(wanted, 'file')}`} read`;
}

/** The verdict strip and the things to do first. */
export function verdictsView(report: Report) {
  const sections = new Map(report.rules.map(({ rule, title, sectionId }) => [rule, { title, sectionId }]));
  return {
    failed: failureText(report.job),
    verdicts: VERDICT_KEYS.map((key) => ({
      key,
      count: count(report.counts[key]),
      label: verdictCount(key, report.counts[key]).replace(/^\S+ /, ''),
      none: report.counts[key] === 0,
    })),
    unjudged: report.counts.issue + report.counts.ok === 0 ? unjudgedText(report) : undefined,
    actions: report.actions.map(({ rule, text }) => ({
      text: keepUnits(text),
      ...(sections.get(rule) ?? { title: rule, sectionId: 'rules' }),
    })),
  };
}

/** Why there is neither an issue nor a pass: each reason once, in the order of the rules. */
function unjudgedText({ rules }: Report): string {
  const reasons = new Set(rules.filter(({ descriptive }) => !descriptive).map(({ reason }) => reason));
  return keepUnits(`Nothing could be judged: ${[...reasons].join('; ')}.`);
}
