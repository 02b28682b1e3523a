import type { EventDetails, EventFile, FrameworkEvents } from '../src/model/framework-events.ts';
import type { Damage, TrainingRun } from '../src/model/run.ts';
import type { SystemMetrics } from '../src/model/system-metrics.ts';

/** One row of a system file. */
export interface Sample {
  readonly node: string;
  readonly type: string;
  readonly dimension: string;
  readonly name: string;
  readonly value: number;
  readonly seconds: number;
}

export interface SmallEvent {
  readonly worker: string;
  readonly phase: string;
  readonly name: string;
  readonly startSeconds: number;
  readonly seconds: number;
  readonly step?: string;
  /** `args.pid`. */
  readonly pid?: number;
  /** Of the file that has it: PythontimelineMetrics unless told. */
  readonly label?: EventFile['label'];
  readonly details?: EventDetails;
}

interface Given {
  readonly samples?: readonly Sample[];
  /** In place of samples. */
  readonly metrics?: SystemMetrics;
  readonly events?: readonly SmallEvent[];
  readonly damage?: readonly Damage[];
  readonly ended?: boolean;
}

/** A run made by hand: every sample is a batch of its own, in one file for each node and minute. */
export function smallRun({
  samples = [],
  metrics = metricsOf(samples),
  events = [],
  damage = [],
  ended = true,
}: Given): TrainingRun {
  return { kind: 'training', metrics, events: eventsOf(events), profiles: [], damage, ended };
}

function metricsOf(samples: readonly Sample[]): SystemMetrics {
  const minute = ({ seconds }: Sample) => Math.floor(seconds / 60) * 60;
  const rows = samples.toSorted((a, b) => minute(a) - minute(b) || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0));
  const nodes = unique(rows.map(({ node }) => node));
  const names = unique(rows.map(({ name }) => name));
  const metrics = unique(rows.map(({ type, dimension }) => `${type}|${dimension}`));
  const seen = new Set<string>();
  const repeats = rows.map((row) => {
    const key = JSON.stringify(row);
    const known = seen.has(key);
    seen.add(key);
    return known;
  });
  const files = [...Map.groupBy(rows.keys(), (i) => `${minute(rows[i] as Sample)}.${rows[i]?.node}`)].map(([path, indices]) => ({
    path: `${path}.json`,
    node: rows[indices[0] as number]?.node as string,
    minuteSeconds: minute(rows[indices[0] as number] as Sample),
    firstBatch: indices[0] as number,
    endBatch: (indices.at(-1) as number) + 1,
  }));
  return {
    files,
    nodes,
    metrics: metrics.map((metric) => ({ type: metric.split('|')[0] as string, dimension: metric.split('|')[1] as string })),
    names,
    batchCount: rows.length,
    seconds: Float64Array.from(rows, ({ seconds }) => seconds),
    node: Uint16Array.from(rows, ({ node }) => nodes.indexOf(node)),
    metric: Uint16Array.from(rows, ({ type, dimension }) => metrics.indexOf(`${type}|${dimension}`)),
    firstRow: Uint32Array.from({ length: rows.length + 1 }, (_, i) => i),
    nameOf: (row) => names.indexOf(rows[row]?.name as string),
    valueOf: (row) => rows[row]?.value as number,
    isRepeat: (row) => repeats[row] === true,
    hasRepeats: repeats.includes(true),
  };
}

function eventsOf(events: readonly SmallEvent[]): FrameworkEvents {
  const [workers, names] = [unique(events.map(({ worker }) => worker)), unique(events.map(({ name }) => name))];
  const [phases, steps] = [unique(events.map(({ phase }) => phase)), unique(events.flatMap(({ step }) => step ?? []))];
  const files = [...Map.groupBy(events, ({ worker, label }) => `${worker} ${label}`).values()];
  const ordered = files.flat();
  const seen = new Set<string>();
  const repeats = ordered.map((event) => seen.size === seen.add(JSON.stringify(event)).size);
  return {
    files: files.map((own) => {
      const { worker, label = 'PythontimelineMetrics' } = own[0] as SmallEvent;
      const firstEvent = ordered.indexOf(own[0] as SmallEvent);
      const endMicros = Math.max(...own.map(({ startSeconds, seconds }) => 1e6 * (startSeconds + seconds)));
      return {
        path: `${worker}.json`,
        label,
        worker,
        endMicros,
        firstEvent,
        endEvent: firstEvent + own.length,
      };
    }),
    count: ordered.length,
    startMicros: Float64Array.from(ordered, ({ startSeconds }) => startSeconds * 1e6),
    durationMicros: Float64Array.from(ordered, ({ seconds }) => seconds * 1e6),
    name: Uint32Array.from(ordered, ({ name }) => names.indexOf(name)),
    phase: Uint32Array.from(ordered, ({ phase }) => phases.indexOf(phase)),
    worker: Uint32Array.from(ordered, ({ worker }) => workers.indexOf(worker)),
    file: Uint32Array.from(files.flatMap((own, i) => own.map(() => i))),
    step: Int32Array.from(ordered, ({ step }) => (step === undefined ? -1 : steps.indexOf(step))),
    pid: Float64Array.from(ordered, ({ pid, phase }) => pid ?? phases.indexOf(phase)),
    tid: new Float64Array(ordered.length),
    names,
    phases,
    workers,
    steps,
    hasPid: (event) => ordered[event]?.pid !== undefined,
    details: new Map(ordered.flatMap(({ details }, i) => (details ? [[i, details] as const] : []))),
    isRepeat: (event) => repeats[event] === true,
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
