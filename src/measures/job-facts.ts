import { optional } from '../model/optional.ts';
import type { Job } from '../model/report.ts';
import type { Analysis, RuleOutput } from '../model/rule-output.ts';
import type { RuleReports } from '../model/rule-report.ts';
import { byNumber } from '../model/text.ts';
import { instanceCounts, mayHaveGpus as typeMayHaveGpus } from './instance-types.ts';
import { samplingSeconds } from './job-span.ts';

/** What several rules and sections need to know of the job. */
export interface JobFacts {
  readonly job: Job;
  readonly reports: RuleReports;
  /** False only where the files say that there is no GPU; true also where nothing is known. */
  readonly mayHaveGpus: boolean;
  /** True where the system metrics say that no GPU did any work. */
  readonly gpusNeverUsed: boolean;
  /** Seconds from the first sample to the first step; undefined without step data, or where the step comes first. */
  readonly initializationSeconds?: number;
  /** Number of step events seen; 0 without step data, undefined where no file tells. */
  readonly stepEvents?: number;
  /** Only where the job's raw data was read: sections with a time axis are made from it. */
  readonly analysis?: Analysis;
}

/** Gathers the facts of a job from whichever rule files there are, and from its raw data where that was read. */
export function jobFacts(output: RuleOutput): JobFacts {
  const { reports } = output;
  const raw = output.analysis && rawFacts(output.analysis);
  const timing = reports.MaxInitializationTime?.details;
  const [start, end] = [timing?.job_start, timing?.job_end];
  const firstStep = timing?.step_num?.first;
  const stepEvents = reports.MaxInitializationTime?.datapoints ?? reports.StepOutlier?.datapoints;
  const balanced = [...(reports.LoadBalancing?.details.nodes.values() ?? [])];
  const subject = output.analysis?.run.monitored?.subject;
  const told = instanceCounts(subject?.instanceType);
  const ofType = (told.gpus ?? 0) * (subject?.instanceCount ?? raw?.nodes.length ?? 0);
  const gpuCount = balanced.reduce((sum, { workloads }) => sum + (workloads?.size ?? 0), ofType);
  const interval = raw ? raw.interval : samplingInterval(start, end, reports.OverallSystemUsage?.datapoints);
  const cores = raw?.cores ?? told.cores ?? reports.Dataloader?.details.cores;
  const usedGpus = reports.OverallSystemUsage?.details.get('GPU');
  const isOfGpus = subject !== undefined && typeMayHaveGpus(subject.instanceType);
  const mayHaveGpus = gpuCount > 0 || raw?.sampled === false || isOfGpus || !lacksGpus(reports);
  return {
    reports,
    mayHaveGpus,
    gpusNeverUsed: usedGpus !== undefined && usedGpus.size > 0 && [...usedGpus.values()].every(({ max }) => max === 0),
    job: {
      source: output.source,
      nodes: nodesOf(reports, raw?.nodes),
      ...(gpuCount > 0 ? { gpuCount } : mayHaveGpus ? {} : { gpuCount: 0 }),
      ...optional('name', output.trainingJobName),
      ...optional('processingJobArn', output.processingJobArn),
      ...optional('startSeconds', start),
      ...optional('endSeconds', end),
      ...optional('coresPerNode', cores),
      ...optional('samplingIntervalSeconds', interval),
    },
    ...(firstStep !== undefined && start !== undefined && firstStep / 1e6 >= start && raw?.sampled !== false
      ? { initializationSeconds: firstStep / 1e6 - start }
      : {}),
    ...optional('stepEvents', stepEvents),
    ...optional('analysis', output.analysis),
  };
}

/** True where the files say that there is no GPU: `GPU` in OverallSystemUsage is empty, or no GPU sample was counted. */
function lacksGpus({ OverallSystemUsage, LowGPUUtilization }: RuleReports): boolean {
  const usage = OverallSystemUsage?.details.get('GPU');
  if (usage) return usage.size === 0;
  return LowGPUUtilization?.datapoints === 0 && !LowGPUUtilization.unread.includes('datapoints');
}

/** What the samples tell of the machines; the files of the rules tell nothing where there are none. */
function rawFacts({ run: { metrics, events } }: Analysis) {
  const hosts = events.workers.flatMap((worker) => /^algo-\d+(?=-)/.exec(worker) ?? []);
  const cores = metrics.names.filter((name) => /^cpu\d+$/.test(name)).length;
  const distance = samplingSeconds(metrics);
  return {
    nodes: [...metrics.nodes, ...hosts],
    sampled: metrics.batchCount > 0,
    interval: distance === undefined ? undefined : setting(distance),
    ...(cores > 0 ? { cores } : {}),
  };
}

function nodesOf(reports: RuleReports, inRawData: readonly string[] = []): string[] {
  const usage = [...(reports.OverallSystemUsage?.details.values() ?? [])].flatMap((byNode) => [...byNode.keys()]);
  const byNode = [reports.LoadBalancing, reports.LowGPUUtilization, reports.GPUMemoryIncrease, reports.BatchSize];
  const names = new Set([...inRawData, ...usage, ...byNode.flatMap((report) => [...(report?.details.nodes.keys() ?? [])])]);
  return [...names].sort(byNumber);
}

/** Settings a profiler knows, seconds. */
const INTERVALS = [0.1, 0.2, 0.5, 1, 5, 10, 60];

/**
 * Distance of samples in seconds from their number in the job's span, snapped to a setting of the profiler where it is within 5 %;
 * undefined where the span or the number is not known.
 */
function samplingInterval(start: number | undefined, end: number | undefined, samples: number | undefined): number | undefined {
  if (start === undefined || end === undefined || samples === undefined || samples < 2 || end <= start) return undefined;
  return setting((end - start) / (samples - 1));
}

function setting(distance: number): number {
  return INTERVALS.find((known) => Math.abs(distance - known) <= 0.05 * known) ?? Number(distance.toPrecision(2));
}
