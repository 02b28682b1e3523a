import type { EventFile, FrameworkEvents } from '../model/framework-events.ts';
import type { Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';
import type { SystemMetrics } from '../model/system-metrics.ts';
import { endOf, eventObjects, sortedEvents } from './events.ts';
import { lanesOf, type Process } from './lanes.ts';
import { nodeProcesses, sortedBatches, systemObjects } from './system.ts';
import type { TraceObject } from './trace-object.ts';

/** What the reader calls the files that each kind of event comes from. */
const LABELS = {
  python: 'PythontimelineMetrics',
  model: 'DetailedframeworkMetrics',
  horovod: '',
  smdataparallel: 'SMDataParallelMetrics',
  tensorflow: 'TFProfilerMetrics',
} as const satisfies Record<string, EventFile['label']>;

export const TIMELINE_KINDS = [...(Object.keys(LABELS) as (keyof typeof LABELS)[]), 'system'] as const;

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export interface Timeline {
  readonly events: number;
  /** Moments at which a metric of a node was sampled. */
  readonly samples: number;
  /** `<end>_<worker>_merged_timeline.json`: the end of the last event in microseconds, and whose it is. */
  readonly fileName: string;
  /** The text, piece by piece. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** So many characters are handed on at once. */
const PIECE = 2 ** 16;

/** One trace of all workers and nodes for Perfetto and chrome://tracing: absolute microseconds, sorted by start. */
export function timelineOf({ events, metrics }: TrainingRun, window: Span, kinds: readonly TimelineKind[]): Timeline {
  const sorted = sortedEvents(events, window, new Set(kinds.flatMap((kind) => (kind === 'system' ? [] : LABELS[kind]))));
  const batches = kinds.includes('system') ? sortedBatches(metrics, window) : new Uint32Array(0);
  const lanes = lanesOf(events, sorted);
  const processes = [...lanes.processes, ...(batches.length > 0 ? nodeProcesses(metrics) : [])];
  return {
    events: sorted.length,
    samples: batches.length,
    fileName: `${lastEnd(events, sorted) ?? lastSample(metrics, batches)}_merged_timeline.json`,
    chunks: () => pieces([metadata(processes), merged(eventObjects(events, sorted, lanes), systemObjects(metrics, batches))]),
  };
}

function lastEnd(events: FrameworkEvents, sorted: Uint32Array): string | undefined {
  let last = sorted[0];
  if (last === undefined) return undefined;
  for (const event of sorted) if (endOf(events, event) > endOf(events, last)) last = event;
  return `${Math.trunc(endOf(events, last))}_${events.workers[events.worker[last] as number]}`;
}

function lastSample({ seconds, node, nodes }: SystemMetrics, batches: Uint32Array): string {
  const last = batches.at(-1) ?? 0;
  return `${Math.round((seconds[last] ?? 0) * 1e6)}_${nodes[node[last] ?? 0] ?? ''}`;
}

/** Names of the processes and their threads; viewers show them by number. */
function* metadata(processes: readonly Process[]): Generator<TraceObject> {
  for (const { pid, name, threads } of processes) {
    yield { ph: 'M', name: 'process_name', pid, ts: 0, args: { name } };
    yield { ph: 'M', name: 'process_sort_index', pid, ts: 0, args: { sort_index: pid } };
    for (const [tid, name] of threads.entries()) yield { ph: 'M', name: 'thread_name', pid, tid, ts: 0, args: { name } };
  }
}

/** Both are sorted. */
function* merged(first: Generator<TraceObject>, second: Generator<TraceObject>): Generator<TraceObject> {
  let [a, b] = [first.next(), second.next()];
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.ts <= b.value.ts)) {
      yield a.value;
      a = first.next();
    } else if (!b.done) {
      yield b.value;
      b = second.next();
    }
  }
}

/** A list, one object a line. */
async function* pieces(parts: readonly Iterable<TraceObject>[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '[';
  let separator = '\n';
  for (const part of parts) {
    for (const object of part) {
      text += separator + JSON.stringify(object);
      separator = ',\n';
      if (text.length < PIECE) continue;
      yield encoder.encode(text);
      text = '';
    }
  }
  yield encoder.encode(`${text}\n]\n`);
}
