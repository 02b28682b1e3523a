import type { ActivityChart } from '../model/chart.ts';
import { laneName } from './time-chart.ts';

export interface BusyLane {
  readonly name: string;
  readonly busySeconds: number;
  /** Of the range, in percent; above 100 where several ran at once. */
  readonly percent: number;
}

/** What each lane did from `from` to `to` (seconds since the epoch), the busiest first; a step cut by the range counts in part. */
export function busyLanes(chart: ActivityChart, [from, to]: readonly [number, number]): BusyLane[] {
  const { startSeconds, stepSeconds, lanes } = chart;
  const length = to - from;
  return lanes
    .map((lane) => {
      const first = Math.max(0, Math.floor((from - startSeconds) / stepSeconds));
      const last = Math.min(lane.busySeconds.length - 1, Math.floor((to - startSeconds) / stepSeconds));
      let busySeconds = 0;
      for (let index = first; index <= last; index++) {
        const start = startSeconds + index * stepSeconds;
        const part = (Math.min(to, start + stepSeconds) - Math.max(from, start)) / stepSeconds;
        busySeconds += (lane.busySeconds[index] ?? 0) * part;
      }
      return { name: laneName(lane), busySeconds, percent: length > 0 ? (busySeconds / length) * 100 : 0 };
    })
    .sort((a, b) => b.busySeconds - a.busySeconds);
}
