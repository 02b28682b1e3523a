import { UsageError } from '../model/errors.ts';
import type { EventFile, FrameworkEvents } from '../model/framework-events.ts';
import type { TrainingRun } from '../model/run.ts';
import type { MetricFile, SystemMetrics } from '../model/system-metrics.ts';
import { count, utc } from '../model/text.ts';
import type { Mode } from './rule.ts';

/**
 * A minute of the job as rules look at it. In `compat` mode as the service cut it: rows and events on an edge are in two scans, and what
 * comes after the last whole minute is in none. In `fixed` mode each row and event (by its start) is in exactly one.
 */
export interface Scan {
  /** Microseconds since the epoch. */
  readonly startMicros: number;
  readonly endMicros: number;
  /** Batches of `SystemMetrics` in the order in which the service saw them; in `fixed` mode those of a node and metric in order of time. */
  readonly batches: Uint32Array;
  /** Events of `FrameworkEvents`. */
  readonly events: Uint32Array;
}

const SCAN_SECONDS = 60;
const SCAN_MICROS = SCAN_SECONDS * 1e6;
/** The service's reader looks for rows this far outside of a scan. */
const PADDING_SECONDS = 180;
/** More than two months; no training job runs longer than 28 days. */
const MAX_SCANS = 100_000;

/** Cuts the data of a job. Throws a UsageError where, in `compat` mode, the files' names reach over more minutes than any job has. */
export function scansOf({ metrics, events }: TrainingRun, mode: Mode): Scan[] {
  return mode === 'compat' ? serviceScans(metrics, events) : wholeScans(metrics, events);
}

/** Minutes from the first system file on, while there is a newer one, and a timeline that ends later where there is any. */
function serviceScans(metrics: SystemMetrics, events: FrameworkEvents): Scan[] {
  const minutes = [...new Set(metrics.files.map(({ minuteSeconds }) => minuteSeconds))].sort((a, b) => a - b);
  const [start, newest] = [minutes[0], minutes.at(-1)];
  if (start === undefined || newest === undefined) return [];
  const lastEvent = events.files.reduce((latest, { endMicros }) => Math.max(latest, endMicros), -Infinity);
  const end = events.files.length === 0 ? newest : Math.min(newest, lastEvent / 1e6);
  const scans = Math.max(0, Math.ceil((end - start) / SCAN_SECONDS));
  if (scans > MAX_SCANS) throw tooManyScans(metrics.files, start, newest, scans);

  const isRead = minutesRead(minutes, start, scans);
  const batches = grouped(scans, (add) => {
    for (const { minuteSeconds, firstBatch, endBatch } of metrics.files) {
      for (let batch = firstBatch; batch < endBatch; batch++) {
        const offset = (metrics.seconds[batch] as number) - start;
        const scan = Math.floor(offset / SCAN_SECONDS);
        if (offset === scan * SCAN_SECONDS && isRead(scan - 1, minuteSeconds)) add(scan - 1, batch);
        if (isRead(scan, minuteSeconds)) add(scan, batch);
      }
    }
  });
  const isTimelineRead = timelinesRead(events.files, start, scans);
  const touching = grouped(scans, (add) => {
    for (let event = 0; event < events.count; event++) {
      const offset = (events.startMicros[event] as number) - start * 1e6;
      const last = Math.min(scans - 1, Math.floor((offset + (events.durationMicros[event] as number)) / SCAN_MICROS));
      for (let scan = Math.max(0, Math.ceil(offset / SCAN_MICROS - 1)); scan <= last; scan++) {
        if (isTimelineRead(scan, events.file[event] as number)) add(scan, event);
      }
    }
  });
  return batches.map((own, i) => scanFrom(start * 1e6 + i * SCAN_MICROS, SCAN_MICROS, own, touching[i] as Uint32Array));
}

/**
 * The service reads, for a scan, from the last file at or before the start less the padding to the first at or after the end plus the
 * padding. True where the files of a minute are among them.
 */
function minutesRead(minutes: readonly number[], start: number, scans: number): (scan: number, minute: number) => boolean {
  const [from, to] = [new Float64Array(scans), new Float64Array(scans)];
  let [first, last] = [0, 0];
  for (let scan = 0; scan < scans; scan++) {
    const seconds = start + scan * SCAN_SECONDS;
    while ((minutes[first + 1] ?? Infinity) <= seconds - PADDING_SECONDS) first++;
    while (last < minutes.length - 1 && (minutes[last] as number) < seconds + SCAN_SECONDS + PADDING_SECONDS) last++;
    from[scan] = minutes[first] as number;
    to[scan] = minutes[last] as number;
  }
  return (scan, minute) => (from[scan] as number) <= minute && minute <= (to[scan] as number);
}

/**
 * Of the timelines it reads those whose latest event ends from the first such time at or after the start less the padding to the first at or
 * after the end plus the padding: an event that the file of its worker tells much later is missed.
 */
function timelinesRead(files: readonly EventFile[], start: number, scans: number): (scan: number, file: number) => boolean {
  const ends = [...new Set(files.map(({ endMicros }) => endMicros))].sort((a, b) => a - b);
  const [from, to] = [new Float64Array(scans), new Float64Array(scans)];
  let [first, last] = [0, 0];
  for (let scan = 0; scan < scans; scan++) {
    const seconds = start + scan * SCAN_SECONDS;
    while ((ends[first] ?? Infinity) < (seconds - PADDING_SECONDS) * 1e6) first++;
    while (last < ends.length - 1 && (ends[last] as number) < (seconds + SCAN_SECONDS + PADDING_SECONDS) * 1e6) last++;
    from[scan] = ends[first] ?? Infinity;
    to[scan] = ends[last] ?? -Infinity;
  }
  const endOf = Float64Array.from(files, ({ endMicros }) => endMicros);
  return (scan, file) => (from[scan] as number) <= (endOf[file] as number) && (endOf[file] as number) <= (to[scan] as number);
}

/** Every minute that holds data. */
function wholeScans(metrics: SystemMetrics, events: FrameworkEvents): Scan[] {
  // Rows of a broken clock may be in a minute each: longer scans then.
  for (let length = SCAN_SECONDS; ; length *= 2) {
    const batchRuns = runsOf(metrics.seconds, metrics.batchCount, 1, length);
    const eventRuns = runsOf(events.startMicros, events.count, 1e6, length);
    const starts = [...new Set([...batchRuns, ...eventRuns].map(({ start }) => start))].sort((a, b) => a - b);
    if (starts.length > MAX_SCANS) continue;
    const index = new Map(starts.map((start, i) => [start, i]));
    const batches = groupedRuns(batchRuns, index).map((own) => inTime(own, metrics));
    const starting = groupedRuns(eventRuns, index);
    return starts.map((start, i) => scanFrom(start * 1e6, length * 1e6, batches[i] as Uint32Array, starting[i] as Uint32Array));
  }
}

/** What follows one another in the same scan: indices from `from` to `to - 1`. */
interface Run {
  /** Of the scan, seconds. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts times, `perSecond` to a second, into scans of `length` seconds. */
function runsOf(times: Float64Array, count: number, perSecond: number, length: number): Run[] {
  const runs: Run[] = [];
  let [start, from] = [Number.NaN, 0];
  for (let i = 0; i < count; i++) {
    const seconds = (times[i] as number) / perSecond;
    if (seconds >= start && seconds < start + length) continue;
    if (i > 0) runs.push({ start, from, to: i });
    start = scanStart(seconds, length);
    from = i;
  }
  if (count > 0) runs.push({ start, from, to: count });
  return runs;
}

function scanStart(seconds: number, length: number): number {
  const start = Math.floor(seconds / length) * length;
  // The quotient may have been rounded up.
  return start > seconds ? start - length : start;
}

/** Indices by scan, each in their order. */
function groupedRuns(runs: readonly Run[], index: ReadonlyMap<number, number>): Uint32Array[] {
  const counts = new Uint32Array(index.size);
  for (const { start, from, to } of runs) (counts[index.get(start) as number] as number) += to - from;
  const all = Array.from(counts, (n) => (n === 0 ? NONE : new Uint32Array(n)));
  counts.fill(0);
  for (const { start, from, to } of runs) {
    const scan = index.get(start) as number;
    const own = all[scan] as Uint32Array;
    let at = counts[scan] as number;
    for (let i = from; i < to; i++) own[at++] = i;
    counts[scan] = at;
  }
  return all;
}

/** The batches with those of a node and metric in order of time; at one moment in order of arrival. */
function inTime(batches: Uint32Array, { seconds, node, metric, metrics }: SystemMetrics): Uint32Array {
  const latest: number[] = [];
  const at = (batch: number) => seconds[batch] as number;
  for (const batch of batches) {
    const series = (node[batch] as number) * metrics.length + (metric[batch] as number);
    if (at(batch) < (latest[series] ?? -Infinity)) return batches.toSorted((a, b) => at(a) - at(b));
    latest[series] = at(batch);
  }
  return batches;
}

const NONE = new Uint32Array();

/** Indices by group, each group in the order of adding. `visit` runs twice: to count, then to fill. Indices of groups beyond are left out. */
function grouped(groups: number, visit: (add: (group: number, index: number) => void) => void): Uint32Array[] {
  const counts = new Uint32Array(groups);
  visit((group) => (counts[group] as number)++);
  const all = Array.from(counts, (n) => (n === 0 ? NONE : new Uint32Array(n)));
  counts.fill(0);
  visit((group, index) => {
    const own = all[group];
    if (own) own[(counts[group] as number)++] = index;
  });
  return all;
}

function scanFrom(startMicros: number, length: number, batches: Uint32Array, events: Uint32Array): Scan {
  return { startMicros, endMicros: startMicros + length, batches, events };
}

function tooManyScans(files: readonly MetricFile[], start: number, newest: number, scans: number): UsageError {
  const path = (minute: number) => files.find(({ minuteSeconds }) => minuteSeconds === minute)?.path ?? '';
  return new UsageError(
    `the names of the system files reach from ${utc(start)} (${path(start)}) to ${utc(newest)} (${path(newest)}): the service's way looks at each of these ${count(scans)} minutes. Remove the file with the wrong time, or leave --compat out.`,
  );
}
