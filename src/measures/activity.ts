import type { FrameworkEvents } from '../model/framework-events.ts';
import { endOf, type TimeAxis } from './time-axis.ts';

/** What a worker's framework spent time on. */
export interface Lane {
  readonly phase: string;
  readonly name: string;
  /** Of a data loader, where known. */
  readonly loaderWorker?: number;
  /** By bin of the axis. */
  readonly busySeconds: readonly number[];
}

export interface WorkerActivity {
  readonly worker: string;
  /** The busiest, by phase as the phases come, in a phase the busiest first. */
  readonly lanes: readonly Lane[];
  /** The others together; undefined where there are none. */
  readonly rest?: { readonly lanes: number; readonly busySeconds: readonly number[] };
}

interface Gathering {
  readonly event: number;
  readonly loaderWorker: number | undefined;
  micros: number;
  bins?: Float64Array;
}

/**
 * Busy seconds of each phase and name by worker and bin: of the `most` busiest of a worker, the others summed up. Events may run at once and
 * nest, so that lanes add up to more than the time. Two passes over the events; repeats and what lies outside of the axis do not count.
 */
export function activityOverTime(
  events: FrameworkEvents,
  workers: readonly string[],
  axis: TimeAxis,
  most: number,
): readonly WorkerActivity[] {
  const drawn = events.workers.map((worker) => (workers.includes(worker) ? new Map<number, Gathering>() : undefined));
  const [from, to] = [axis.startSeconds * 1e6, endOf(axis) * 1e6];
  const stepMicros = axis.stepSeconds * 1e6;

  for (let event = 0; event < events.count; event++) {
    const lanes = drawn[events.worker[event] as number];
    const start = Math.max(from, events.startMicros[event] as number);
    const end = Math.min(to, (events.startMicros[event] as number) + (events.durationMicros[event] as number));
    if (lanes === undefined || end < start || events.isRepeat(event)) continue;
    const lane = lanes.get(keyOf(events, event));
    if (lane) lane.micros += end - start;
    else lanes.set(keyOf(events, event), { event, loaderWorker: loaderWorkerOf(events, event), micros: end - start });
  }

  const rests = drawn.map((lanes) => {
    const all = [...(lanes?.values() ?? [])].sort((a, b) => b.micros - a.micros);
    for (const lane of all.slice(0, most)) lane.bins = new Float64Array(axis.bins);
    return all.length > most ? { lanes: all.length - most, bins: new Float64Array(axis.bins) } : undefined;
  });

  for (let event = 0; event < events.count; event++) {
    const worker = events.worker[event] as number;
    const bins = drawn[worker]?.get(keyOf(events, event))?.bins ?? rests[worker]?.bins;
    const start = Math.max(from, events.startMicros[event] as number);
    const end = Math.min(to, (events.startMicros[event] as number) + (events.durationMicros[event] as number));
    if (bins === undefined || end <= start || events.isRepeat(event)) continue;
    const last = Math.min(axis.bins - 1, Math.floor((end - from) / stepMicros));
    for (let bin = Math.floor((start - from) / stepMicros); bin <= last; bin++) {
      const [low, high] = [from + bin * stepMicros, from + (bin + 1) * stepMicros];
      bins[bin] = (bins[bin] as number) + Math.max(0, Math.min(end, high) - Math.max(start, low));
    }
  }

  return workers.flatMap((name) => {
    const worker = events.workers.indexOf(name);
    const lanes = [...(drawn[worker]?.values() ?? [])].filter(({ bins }) => bins !== undefined);
    if (lanes.length === 0) return [];
    const phaseOf = ({ event }: Gathering) => events.phase[event] as number;
    lanes.sort((a, b) => phaseOf(a) - phaseOf(b) || b.micros - a.micros);
    const rest = rests[worker];
    return [
      {
        worker: name,
        lanes: lanes.map(({ event, loaderWorker, bins = new Float64Array() }) => ({
          phase: events.phases[events.phase[event] as number] as string,
          name: events.names[events.name[event] as number] as string,
          ...(loaderWorker === undefined ? {} : { loaderWorker }),
          busySeconds: seconds(bins),
        })),
        ...(rest ? { rest: { lanes: rest.lanes, busySeconds: seconds(rest.bins) } } : {}),
      },
    ];
  });
}

/** A number for phase, name and process of the data loader. */
function keyOf(events: FrameworkEvents, event: number): number {
  const lane = (events.phase[event] as number) * events.names.length + (events.name[event] as number);
  return lane * 1024 + (((loaderWorkerOf(events, event) ?? -1) + 1) % 1024);
}

function loaderWorkerOf({ details }: FrameworkEvents, event: number): number | undefined {
  return details.size === 0 ? undefined : details.get(event)?.workerId;
}

/** To the millisecond. */
function seconds(micros: Float64Array): number[] {
  return Array.from(micros, (one) => Math.round(one / 1000) / 1000);
}
