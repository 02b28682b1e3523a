import { bottleneckShares } from '../measures/bottlenecks.ts';
import type { JobFacts } from '../measures/job-facts.ts';
import { timeBins } from '../measures/time-bins.ts';
import type { Chart } from '../model/chart.ts';
import type { Block } from '../model/report.ts';
import type { RuleReport } from '../model/rule-report.ts';
import { count, percent, plural, utc } from '../model/text.ts';
import { frameworkBlocks } from './framework-charts.ts';
import { chart, type SectionMaker, warning } from './section.ts';
import { stepMarks } from './step-marks.ts';

/** Bars on the time axis. */
const BINS = 120;
/** Moments may lie this far outside of the job's span: its ends are those of the whole minutes analysed. */
const MARGIN_SECONDS = 3600;

export const cpuBottlenecks: SectionMaker = (facts) => ({
  id: 'cpu-bottlenecks',
  title: 'CPU bottlenecks',
  rule: 'CPUBottleneck',
  blocks: blocks('cpu-bottleneck', 'a core saturated', facts.reports.CPUBottleneck, facts),
});

export const ioBottlenecks: SectionMaker = (facts) => ({
  id: 'io-bottlenecks',
  title: 'I/O bottlenecks',
  rule: 'IOBottleneck',
  blocks: blocks('io-bottleneck', 'a core waiting for I/O', facts.reports.IOBottleneck, facts),
});

function blocks(
  prefix: string,
  cause: string,
  report: RuleReport<'CPUBottleneck' | 'IOBottleneck'> | undefined,
  facts: JobFacts,
) {
  if (report === undefined || report.datapoints === 0 || !facts.mayHaveGpus) return [];
  const { bottleneck, idle, busy } = bottleneckShares(report);
  return [
    chart({
      kind: 'shares',
      id: `${prefix}-shares`,
      title: 'What the GPUs did',
      alt: `A GPU idle and ${cause}: ${percent(bottleneck)} of all moments; a GPU idle for other reasons: ${percent(idle)}; no GPU idle: ${percent(busy)}.`,
      parts: [
        { label: `GPU idle, ${cause}`, value: bottleneck, detail: plural(report.violations, 'moment') },
        { label: 'GPU idle, other reasons', value: idle },
        { label: 'No GPU idle', value: busy },
      ],
    }),
    ...timelineBlocks(prefix, report, facts),
    ...frameworkBlocks(prefix, report.details, { when: 'during bottlenecks', crossed: facts.analysis?.mode !== 'fixed' }),
  ];
}

/** When the bottlenecks were: the file lists their times, the service never drew them. */
function timelineBlocks(prefix: string, report: RuleReport<'CPUBottleneck' | 'IOBottleneck'>, facts: JobFacts): Block[] {
  const { startSeconds = -Infinity, endSeconds = Infinity } = facts.job;
  const all = report.details.bottlenecks.map(({ seconds }) => seconds);
  const times = all.filter((seconds) => seconds >= startSeconds - MARGIN_SECONDS && seconds <= endSeconds + MARGIN_SECONDS);
  const left = all.length - times.length;
  return [
    ...(times.length > 0 ? [chart(timeline(prefix, times, facts))] : []),
    ...(left > 0 ? [warning(`Far outside of the job, and not drawn: ${plural(left, 'moment')} of the file.`)] : []),
  ];
}

function timeline(prefix: string, times: readonly number[], facts: JobFacts): Chart {
  const { job } = facts;
  const [first = 0] = times;
  const { edges, counts } = timeBins(times, job.startSeconds ?? first, job.endSeconds ?? first, BINS);
  const peak = counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0));
  return {
    kind: 'timeline',
    id: `${prefix}-times`,
    title: 'When the bottlenecks were',
    alt: `${plural(times.length, 'bottleneck moment')} between ${utc(times.reduce((a, b) => Math.min(a, b)))} and ${utc(times.reduce((a, b) => Math.max(a, b)))}; most of them (${count(counts[peak] ?? 0)} in one bar) around ${utc(edges[peak] ?? 0)}.`,
    valueTitle: 'Bottleneck moments',
    unit: '',
    edgesSeconds: edges,
    series: [{ label: 'Bottlenecks', values: counts }],
    marks: stepMarks(facts),
  };
}
