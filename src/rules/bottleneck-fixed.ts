import { type BottleneckLimits, firstAfter, momentsInFile } from '../measures/bottleneck-moments.ts';
import { type Breakdown, frameworkBreakdown } from '../measures/framework-breakdown.ts';
import { type GpuTick, gpuTicks, usualDistance } from '../measures/gpu-ticks.ts';
import { mean } from '../measures/moments.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Issue } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';
import { count, number, percent, plural } from '../model/text.ts';
import { issueOver, scannedRows } from './raw.ts';
import { notJudged, type RuleRun, type RunContext } from './rule.ts';

/**
 * The rule by ticks of each node's GPUs. As with the service any idle GPU and any busy core make a bottleneck. `busy` goes on from the
 * number of cores: `above 90 %`.
 */
export function runByTicks(
  run: TrainingRun,
  { parameter: p, ...context }: RunContext,
  limits: BottleneckLimits,
  busy: string,
): RuleRun {
  const ticks = gpuTicks(scannedRows(run, context), limits);
  const all = [...ticks.values()].flat();
  const bottlenecks = all.filter(isBottleneck).sort((a, b) => a.seconds - b.seconds);
  const inScan = (some: readonly GpuTick[]) => Map.groupBy(some, ({ scan }) => scan);
  const [sampled, found] = [inScan(all), inScan(bottlenecks)];
  let [triggered, snapshots, hits] = [0, 0, 0];
  for (const scan of context.scans.keys()) {
    snapshots += sampled.get(scan)?.length ?? 0;
    hits += found.get(scan)?.length ?? 0;
    if (snapshots > p('patience') && (hits / snapshots) * 100 > p('threshold')) triggered++;
  }
  const breakdown = frameworkBreakdown(run.events);
  if (triggered > 0) addDuring(breakdown, run.events, bottlenecks);
  return {
    triggered,
    violations: bottlenecks.length,
    datapoints: all.length,
    details: {
      low_gpu_utilization: all.filter(({ gpus }) => gpus > 0).length,
      bottlenecks: momentsInFile(bottlenecks),
      ...breakdown.details(),
    },
    issues: triggered > 0 ? issues(ticks, p('threshold'), busy, run.monitored !== undefined) : [],
    ...(all.length > 0 && all.every(({ sampledCores }) => sampledCores === 0)
      ? { judgement: notJudged('no samples', `There are no samples of ${limits.dimension}.`) }
      : {}),
  };
}

function isBottleneck({ gpus, cores }: GpuTick): boolean {
  return gpus > 0 && cores > 0;
}

/** Adds each event during which there was a bottleneck, once. */
function addDuring(breakdown: Breakdown, events: FrameworkEvents, bottlenecks: readonly GpuTick[]): void {
  const ordered = Float64Array.from(bottlenecks, ({ seconds }) => seconds * 1e6);
  for (let event = 0; event < events.count; event++) {
    const start = events.startMicros[event] as number;
    const next = ordered[firstAfter(ordered, start)] ?? Infinity;
    if (next < start + (events.durationMicros[event] as number) && !events.isRepeat(event)) breakdown.add(event);
  }
  breakdown.write();
}

/** The nodes over the limit; where none is at the end of the job, the worst one. `areMeans` where a sample is that of all cores or GPUs. */
function issues(ticks: ReadonlyMap<string, readonly GpuTick[]>, threshold: number, busy: string, areMeans: boolean): Issue[] {
  const nodes = [...ticks]
    .map(([node, all]) => ({ node, all, hits: all.filter(isBottleneck) }))
    .map((one) => ({ ...one, share: (100 * one.hits.length) / one.all.length }))
    .filter(({ hits }) => hits.length > 0)
    .sort((a, b) => b.share - a.share);
  return nodes
    .filter(({ share }, i) => i === 0 || share > threshold)
    .map(({ node, all, hits, share }) => {
      const interval = Math.min(usualDistance(all), 60);
      const shown = `(${percent(share)}, limit ${percent(threshold)})`;
      const evidence = areMeans
        ? `In ${count(hits.length)} of ${plural(all.length, 'minute')} ${shown} the GPUs were idle while the mean of the cores was ${busy}.`
        : `In ${count(hits.length)} of ${count(all.length)} moments ${shown} a GPU was idle while cores were ${busy}: ${coresAt(hits)}.`;
      const spans = hits.map(({ seconds }) => ({ startSeconds: seconds, endSeconds: seconds + interval }));
      return issueOver({ node, evidence }, spans, interval);
    });
}

function coresAt(hits: readonly GpuTick[]): string {
  const cores = mean(hits.map((tick) => tick.cores));
  const sampled = mean(hits.map((tick) => tick.sampledCores));
  return `${number(cores, 1)} of ${number(sampled, 1)} on average (${percent((100 * cores) / sampled)})`;
}
