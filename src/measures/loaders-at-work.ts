import type { FrameworkEvents } from '../model/framework-events.ts';
import type { eventsOfLoader } from './data-loading.ts';
import { nodeOf } from './node-of.ts';

/** How many data loaders were at work on a node in a second in which a fetch or the life of a worker process began. */
export interface LoaderSecond {
  readonly node: string;
  /** Since the epoch, whole. */
  readonly second: number;
  /** Worker processes alive, or processes that fetched, whichever were more. */
  readonly loaders: number;
}

/** So many on a node: with a second since the epoch they still make a whole number. */
const MOST_PROCESSES = 2 ** 20;

/** In order of time; an event that is there twice counts once. */
export function loadersAtWork(
  events: FrameworkEvents,
  { worker, fetch }: Pick<ReturnType<typeof eventsOfLoader>, 'worker' | 'fetch'>,
): LoaderSecond[] {
  const nodes = events.workers.map(nodeOf);
  const onNode = (event: number) => nodes[events.worker[event] as number] as string;
  const fetches = Map.groupBy(fetch, onNode);
  const lives = Map.groupBy(worker, onNode);
  return [...new Set([...lives.keys(), ...fetches.keys()])]
    .flatMap((node) => secondsOf(events, node, fetches.get(node) ?? [], lives.get(node) ?? []))
    .sort((a, b) => a.second - b.second);
}

function secondsOf(events: FrameworkEvents, node: string, fetches: readonly number[], lives: readonly number[]): LoaderSecond[] {
  const begin = (event: number) => Math.floor((events.startMicros[event] as number) / 1e6);
  const end = (event: number) => ((events.startMicros[event] as number) + (events.durationMicros[event] as number)) / 1e6;
  /** By second, the processes that fetched. */
  const fetching = new Map<number, number>(lives.map((event) => [begin(event), 0]));
  const seen = new Set<number>();
  const processOf = processNumbers(events);
  for (const event of fetches) {
    const second = begin(event);
    const one = second * MOST_PROCESSES + processOf(event);
    if (seen.has(one)) continue;
    seen.add(one);
    fetching.set(second, (fetching.get(second) ?? 0) + 1);
  }
  const begins = Float64Array.from(lives, begin).sort();
  const ends = Float64Array.from(lives, end).sort();
  let [begun, ended] = [0, 0];
  return [...fetching]
    .sort(([a], [b]) => a - b)
    .map(([second, processes]) => {
      while (begun < begins.length && (begins[begun] as number) <= second) begun++;
      while (ended < ends.length && (ends[ended] as number) < second) ended++;
      return { node, second, loaders: Math.max(processes, begun - ended) };
    });
}

/** Numbers the processes of all workers; most events are of the process of the one before. */
function processNumbers({ worker, pid }: FrameworkEvents): (event: number) => number {
  const numbers = new Map<string, number>();
  let [lastWorker, lastPid, last] = [-1, Number.NaN, -1];
  return (event) => {
    if (worker[event] === lastWorker && pid[event] === lastPid) return last;
    [lastWorker, lastPid] = [worker[event] as number, pid[event] as number];
    const key = `${lastWorker} ${lastPid}`;
    last = numbers.get(key) ?? numbers.size;
    numbers.set(key, last);
    return last;
  };
}
