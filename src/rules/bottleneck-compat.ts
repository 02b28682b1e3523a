import { BatchCounter, type BottleneckLimits, firstAfter, type Moment, momentsInFile } from '../measures/bottleneck-moments.ts';
import { type Breakdown, frameworkBreakdown } from '../measures/framework-breakdown.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { TrainingRun } from '../model/run.ts';
import { scannedRows } from './raw.ts';
import type { RuleRun, RunContext } from './rule.ts';

/** Any row farther than this from the last snapshot begins a new one: late network rows do. */
const SNAPSHOT_SECONDS = 0.02;

/** The rule as the service ran it (Q12): rows of one node follow those of the other, so that nodes share no snapshot. */
export function runAsService(run: TrainingRun, context: RunContext, limits: BottleneckLimits): RuleRun {
  const { parameter: p, scans } = context;
  const counter = new BatchCounter(scannedRows(run, context), limits);
  const breakdown = frameworkBreakdown(run.events, { crossed: true });
  const bottlenecks = new Map<number, Moment>();
  let [snapshot, snapshots, low, triggered] = [0, 0, 0, 0];
  for (const { batches, events } of scans) {
    // Of this scan alone: what stands on its edge counts again in the next one, and replaces the moment there.
    const hits = { gpus: new Map<number, number>(), cores: new Map<number, number>() };
    for (const batch of batches) {
      const seconds = run.metrics.seconds[batch] as number;
      if (Math.abs(seconds - snapshot) > SNAPSHOT_SECONDS) {
        snapshot = seconds;
        snapshots++;
      }
      const kind = counter.count(batch);
      if (kind && counter.hits > 0) hits[kind].set(snapshot, (hits[kind].get(snapshot) ?? 0) + counter.hits);
    }
    low += hits.gpus.size;
    const found = [...hits.cores].flatMap(([seconds, cores]) => {
      const gpus = hits.gpus.get(seconds);
      return gpus === undefined ? [] : [{ seconds, gpus, cores }];
    });
    for (const moment of found) bottlenecks.set(moment.seconds, moment);
    if (!(snapshots > p('patience') && (bottlenecks.size / snapshots) * 100 > p('threshold'))) continue;
    triggered++;
    addDuring(breakdown, run.events, events, found);
  }
  return {
    triggered,
    violations: bottlenecks.size,
    datapoints: snapshots,
    details: { low_gpu_utilization: low, bottlenecks: momentsInFile([...bottlenecks.values()]), ...breakdown.details() },
    issues: [],
  };
}

/** Adds and writes, for each moment in turn, the events of the scan that began before it and end after it. */
function addDuring(breakdown: Breakdown, events: FrameworkEvents, inScan: Uint32Array, moments: readonly Moment[]): void {
  const micros = Float64Array.from(moments, ({ seconds }) => seconds * 1e6);
  const ordered = micros.toSorted();
  const during = new Map([...micros].map((at): [number, number[]] => [at, []]));
  for (const event of inScan) {
    const start = events.startMicros[event] as number;
    const end = start + (events.durationMicros[event] as number);
    for (let at = firstAfter(ordered, start); (ordered[at] ?? Infinity) < end; at++)
      during.get(ordered[at] as number)?.push(event);
  }
  for (const own of during.values()) {
    for (const event of own) breakdown.add(event);
    breakdown.write();
  }
}
