import { isStepName } from '../measures/steps.ts';
import type { Span } from '../model/issue.ts';
import { metricName } from './framework.ts';
import type { DataTable, TableInput } from './table.ts';
import { real, text, whole } from './table.ts';
import { endMicros, timestamp } from './times.ts';

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
      const sorted = intervals.toSorted((a, b) => a.startSeconds - b.startSeconds);
      const touching = finder(sorted);
      const sums = new Map<string, Sum>();
      for (let event = 0; event < events.count; event++) {
        if (events.isRepeat(event)) continue;
        const [from, to] = [events.startMicros[event] as number, endMicros(events, event)];
        for (const interval of touching(from, to)) {
          const process = events.phases[events.phase[event] as number] as string;
          const overlap = overlapOf(sorted[interval] as Span, from, to);
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
          const { startSeconds, endSeconds } = sorted[interval] as Span;
          const times = [timestamp(startSeconds * 1e6), timestamp(endSeconds * 1e6)];
          const relative = [(startSeconds - originSeconds) * 1e6, (endSeconds - originSeconds) * 1e6];
          yield [...times, ...relative, worker, by, name, count, duration, overlap, most > 0 ? duration / most : 0];
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

function overlapOf({ startSeconds, endSeconds }: Span, from: number, to: number): number {
  return Math.max(0, Math.min(to, endSeconds * 1e6) - Math.max(from, startSeconds * 1e6));
}

/** Which of the intervals (in order of their starts) a time touches. */
function finder(sorted: readonly Span[]): (fromMicros: number, toMicros: number) => number[] {
  const latest: number[] = [];
  for (const { endSeconds } of sorted) latest.push(Math.max(endSeconds, latest.at(-1) ?? Number.NEGATIVE_INFINITY));
  return (fromMicros, toMicros) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Span).startSeconds * 1e6 <= toMicros) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let i = low - 1; i >= 0 && (latest[i] as number) * 1e6 >= fromMicros; i--) {
      if ((sorted[i] as Span).endSeconds * 1e6 >= fromMicros) found.push(i);
    }
    return found.reverse();
  };
}
