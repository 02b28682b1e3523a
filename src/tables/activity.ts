import { isStepName } from '../measures/steps.ts';
import { metricName } from './framework.ts';
import type { DataTable, TableInput } from './table.ts';
import { real, text, whole } from './table.ts';
import { endMicros, microsWindow, timestamp } from './times.ts';

/**
 * What the framework of each worker did at given instants and in given intervals: B5 and B6 of the originals. `duration_us` adds up whole
 * events that touch the interval, as there, `overlap_us` only what lies within; `share` is the duration by the largest of its kind.
 */
export function activityTable({ run: { events }, originSeconds, intervals }: TableInput): DataTable {
  return {
    name: 'activity',
    columns: [
      ...[text('begin'), text('end'), real('begin_us'), real('end_us'), text('nodeID'), text('by'), text('name')],
      ...[whole('events'), real('duration_us'), real('overlap_us'), real('share')],
    ],
    *rows() {
      const sorted = intervals.map(microsWindow).sort((a, b) => a.from - b.from);
      const touching = finder(sorted);
      const sums = new Map<string, Sum>();
      for (let event = 0; event < events.count; event++) {
        if (events.isRepeat(event)) continue;
        const [from, to] = [events.startMicros[event] as number, endMicros(events, event)];
        for (const interval of touching(from, to)) {
          const process = events.phases[events.phase[event] as number] as string;
          const overlap = overlapOf(sorted[interval] as Interval, from, to);
          const worker = events.workers[events.worker[event] as number] as string;
          const add = (by: string, name: string) => {
            const key = `${interval} ${worker} ${by} ${name}`;
            const sum = sums.get(key) ?? { interval, worker, by, name, events: 0, duration: 0, overlap: 0 };
            sums.set(key, sum);
            sum.events++;
            sum.duration += to - from;
            sum.overlap += overlap;
          };
          add('process', process);
          add('framework_metric', metricName(events, event));
          if (isStepName(process)) add('training_phase', process);
        }
      }
      const kinds = Map.groupBy(sums.values(), ({ interval, by }) => `${interval} ${by}`);
      for (const same of [...kinds.values()].sort((a, b) => (a[0] as Sum).interval - (b[0] as Sum).interval)) {
        const most = same.reduce((largest, { duration }) => Math.max(largest, duration), 0);
        for (const { interval, worker, by, name, events: count, duration, overlap } of same) {
          const { from, to } = sorted[interval] as Interval;
          const times = [timestamp(from), timestamp(to), from - originSeconds * 1e6, to - originSeconds * 1e6];
          yield [...times, worker, by, name, count, duration, overlap, most > 0 ? duration / most : 0];
        }
      }
    },
  };
}

interface Sum {
  readonly interval: number;
  readonly worker: string;
  readonly by: string;
  readonly name: string;
  events: number;
  duration: number;
  overlap: number;
}

type Interval = ReturnType<typeof microsWindow>;

function overlapOf(interval: Interval, from: number, to: number): number {
  return Math.max(0, Math.min(to, interval.to) - Math.max(from, interval.from));
}

/** Which of the intervals (in order of their starts) a time touches. */
function finder(sorted: readonly Interval[]): (from: number, to: number) => number[] {
  const latest: number[] = [];
  for (const { to } of sorted) latest.push(Math.max(to, latest.at(-1) ?? Number.NEGATIVE_INFINITY));
  return (from, to) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Interval).from <= to) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let i = low - 1; i >= 0 && (latest[i] as number) >= from; i--) {
      if ((sorted[i] as Interval).to >= from) found.push(i);
    }
    return found.reverse();
  };
}
