import type { EventDetails, FrameworkEvents } from '../model/framework-events.ts';
import { eventsWith } from './events-with.ts';
import { quantile, sorted } from './quantile.ts';

/** What PyTorch's data loader did (features F1 to F4 of the originals). Empty lists and no counts where it was not profiled. */
export interface DataLoading {
  /** How long iterators took to start, by their kind and setting. */
  readonly starts: readonly IteratorStarts[];
  /** How long worker processes lived. */
  readonly workers: Timing;
  /** How long the training waited for a batch. */
  readonly fetches: Timing;
  /** From the start of a fetch to the start of the next, by process. */
  readonly batches: readonly BatchTiming[];
}

export interface Timing {
  readonly count: number;
  /** NaN without any. */
  readonly medianSeconds: number;
  readonly maxSeconds: number;
  /** At least twice the median, in order of time. */
  readonly outliers: readonly SlowLoad[];
}

export interface SlowLoad {
  /** `algo-1-27`. */
  readonly worker: string;
  /** Number of the worker process of the loader, where the event tells. */
  readonly workerId?: number;
  /** Since the epoch. */
  readonly startSeconds: number;
  readonly seconds: number;
}

export interface IteratorStarts extends Timing {
  /** `_SingleProcessDataLoaderIter`, `_MultiProcessingDataLoaderIter`. */
  readonly type: string;
  /** Worker processes it was told to use. */
  readonly workers?: number;
  readonly pinMemory?: boolean;
}

export interface BatchTiming extends Timing {
  readonly worker: string;
  /** Process, as the events tell it. */
  readonly pid: number;
}

/** Phases of the events of the data loader. */
const LOADING_PHASES = {
  start: 'DataLoaderIterInitialize',
  worker: 'DataLoaderWorker',
  fetch: 'DataLoaderIter',
} as const;

type LoadingKind = keyof typeof LOADING_PHASES;

/** Gathers the events of the data loader; one that is there twice counts once. */
export function dataLoading(events: FrameworkEvents): DataLoading {
  const { start, worker, fetch } = eventsOfLoader(events);
  return {
    starts: [...Map.groupBy(start, (event) => settingKey(events, event)).values()].map((group) => ({
      type: typeOf(events, group[0] as number),
      ...settingOf(events.details.get(group[0] as number)),
      ...timing(events, group),
    })),
    workers: timing(events, worker),
    fetches: timing(events, fetch),
    batches: [...Map.groupBy(fetch, (event) => `${events.worker[event]} ${events.pid[event]}`).values()].flatMap((group) =>
      batchesOf(events, group),
    ),
  };
}

/** Its events by kind, without repeats. */
export function eventsOfLoader(events: FrameworkEvents): Record<LoadingKind, number[]> {
  const kinds = loadingKinds(events);
  const found = eventsWith(events, 'phase', (phase) => kindOf(phase) !== undefined);
  const {
    start = [],
    worker = [],
    fetch = [],
  } = Object.groupBy(found, (event) => kinds[events.phase[event] as number] as LoadingKind);
  return { start, worker, fetch };
}

/** By phase; undefined where it is none of the data loader. */
export function loadingKinds({ phases }: FrameworkEvents): (LoadingKind | undefined)[] {
  return phases.map(kindOf);
}

function kindOf(phase: string): LoadingKind | undefined {
  return (Object.keys(LOADING_PHASES) as LoadingKind[]).find((kind) => LOADING_PHASES[kind] === phase);
}

/** `_SingleProcessDataLoaderIter` of `_SingleProcessDataLoaderIter.__init__`. */
function typeOf({ names, name }: FrameworkEvents, event: number): string {
  return (names[name[event] as number] as string).replace(/\.__init__$/, '');
}

function settingKey(events: FrameworkEvents, event: number): string {
  const { workers, pinMemory } = events.details.get(event) ?? {};
  return `${typeOf(events, event)} ${workers} ${pinMemory}`;
}

function settingOf({ workers, pinMemory }: EventDetails = {}): { workers?: number; pinMemory?: boolean } {
  return { ...(workers === undefined ? {} : { workers }), ...(pinMemory === undefined ? {} : { pinMemory }) };
}

function timing(events: FrameworkEvents, group: readonly number[], secondsOf = durationsOf(events)): Timing {
  const ordered = sorted(group.map(secondsOf));
  const medianSeconds = quantile(ordered, 0.5);
  const slow = (event: number) => secondsOf(event) >= 2 * medianSeconds && secondsOf(event) > medianSeconds;
  return {
    count: group.length,
    medianSeconds,
    maxSeconds: quantile(ordered, 1),
    outliers: inOrder(events, group.filter(slow)).map((event) => ({
      worker: events.workers[events.worker[event] as number] as string,
      ...workerIdOf(events.details.get(event)),
      startSeconds: (events.startMicros[event] as number) / 1e6,
      seconds: secondsOf(event),
    })),
  };
}

function workerIdOf({ workerId }: EventDetails = {}): { workerId?: number } {
  return workerId === undefined ? {} : { workerId };
}

function durationsOf({ durationMicros }: FrameworkEvents) {
  return (event: number) => (durationMicros[event] as number) / 1e6;
}

/** Of one process; the last fetch has no next one. Nothing of a single fetch. */
function batchesOf(events: FrameworkEvents, group: readonly number[]): BatchTiming[] {
  const ordered = inOrder(events, group);
  const start = (event: number) => events.startMicros[event] as number;
  const next = new Map(ordered.slice(0, -1).map((event, i) => [event, (start(ordered[i + 1] as number) - start(event)) / 1e6]));
  if (next.size === 0) return [];
  const first = ordered[0] as number;
  const worker = events.workers[events.worker[first] as number] as string;
  return [
    { worker, pid: events.pid[first] as number, ...timing(events, ordered.slice(0, -1), (event) => next.get(event) as number) },
  ];
}

function inOrder({ startMicros }: FrameworkEvents, group: readonly number[]): number[] {
  return group.toSorted((a, b) => (startMicros[a] as number) - (startMicros[b] as number));
}
