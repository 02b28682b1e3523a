import type { FrameworkEvents } from '../model/framework-events.ts';
import { byNumber } from '../model/text.ts';

/** First `pid` of each kind of phase, in the order in which viewers show them: what a phase's name contains decides. */
const RANGES: readonly (readonly [part: string, first: number])[] = [
  ['Step', 1],
  ['Forward', 10_000],
  ['Backward', 20_000],
  ['DataIterator', 30_000],
  ['Dataset', 40_000],
  ['/device', 50_000],
  ['/host', 60_000],
  ['gpu_functions', 70_000],
  ['cpu_functions', 80_000],
  ['Horovod', 90_000],
];
const OTHERS = 1_000_000;

/** What viewers show as a process: one phase of one worker. */
export interface Process {
  readonly pid: number;
  readonly name: string;
  /** Its threads by number, from 0. */
  readonly threads: readonly string[];
}

/** Where each event stands: index into `processes`, and the thread. Both by position in the list of events. */
export interface Lanes {
  readonly processes: readonly Process[];
  readonly process: Uint32Array;
  readonly thread: Uint32Array;
}

/** Lanes of one thread; what would need more comes into the last one, over others. */
const MOST_LANES = 64;

/** A thread as viewers can draw it: its events lie within each other or apart. */
interface Thread {
  readonly number: number;
  /** Ends of the events that are still open. */
  readonly ends: number[];
}

interface Place {
  readonly index: number;
  /** By the number that the events give. */
  readonly byTid: Map<number, Thread[]>;
  readonly names: string[];
}

/** Puts events, sorted by their start, into lanes; those of one thread that overlap without one holding the other come to lie in several. */
export function lanesOf(events: FrameworkEvents, sorted: Uint32Array): Lanes {
  const places = new Map<number, Place>();
  const process = new Uint32Array(sorted.length);
  const thread = new Uint32Array(sorted.length);
  for (const [i, event] of sorted.entries()) {
    const key = (events.worker[event] as number) * events.phases.length + (events.phase[event] as number);
    let place = places.get(key);
    if (!place) {
      place = { index: places.size, byTid: new Map(), names: [] };
      places.set(key, place);
    }
    process[i] = place.index;
    thread[i] = threadFor(place, events, event);
  }
  return { processes: processesOf(events, places), process, thread };
}

function threadFor(place: Place, { startMicros, durationMicros, tid }: FrameworkEvents, event: number): number {
  const start = startMicros[event] as number;
  const end = start + (durationMicros[event] as number);
  const number = tid[event] as number;
  const threads = place.byTid.get(number) ?? [];
  place.byTid.set(number, threads);
  for (const { ends, number: found } of threads) {
    while (ends.length > 0 && (ends.at(-1) as number) <= start) ends.pop();
    if (ends.length > 0 && (ends.at(-1) as number) < end) continue;
    ends.push(end);
    return found;
  }
  const last = threads.at(-1);
  if (last && threads.length === MOST_LANES) return last.number;
  const added = { number: place.names.length, ends: [end] };
  place.names.push(threads.length === 0 ? `thread ${number}` : `thread ${number}, beside (${threads.length + 1})`);
  threads.push(added);
  return added.number;
}

/** Numbered within their range by phase, then by worker; in the order of `places`. */
function processesOf({ phases, workers }: FrameworkEvents, places: ReadonlyMap<number, Place>): Process[] {
  const named = [...places].map(([key, { names }]) => {
    const phase = phases[key % phases.length] as string;
    const worker = workers[Math.floor(key / phases.length)] as string;
    const first = RANGES.find(([part]) => phase.includes(part))?.[1] ?? OTHERS;
    return { phase, worker, first, threads: names };
  });
  const next = new Map<number, number>();
  const pids = new Map(
    named
      .toSorted((a, b) => byNumber(a.phase, b.phase) || byNumber(a.worker, b.worker))
      .map((one) => {
        const pid = next.get(one.first) ?? one.first;
        next.set(one.first, pid + 1);
        return [one, pid];
      }),
  );
  return named.map((one) => ({ pid: pids.get(one) as number, name: `${one.phase} ${one.worker}`, threads: one.threads }));
}
