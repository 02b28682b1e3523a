import type { ActivityChart } from '../model/chart.ts';
import { count, duration, number } from '../model/text.ts';
import { laneName } from './cells.ts';
import { rangeText } from './time.ts';
import type { Range } from './time-chart.ts';

/** Lanes listed below the chart. */
const MOST_TOLD = 10;

export interface BusyLane {
  readonly name: string;
  readonly busySeconds: number;
  /** Of the range, in percent; above 100 where several ran at once. */
  readonly percent: number;
}

/** What each lane did from `from` to `to` (seconds since the epoch), the busiest first; a step cut by the range counts in part. */
export function busyLanes(chart: ActivityChart, [from, to]: Range): BusyLane[] {
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

/** The list below the chart as text: the busiest lanes of a range, always as many, with bars in proportion to the longest. */
export function drillDownOf(chart: ActivityChart, range: Range) {
  const all = busyLanes(chart, range);
  const lanes = all.slice(0, MOST_TOLD);
  const left = all.length - lanes.length;
  const longest = lanes[0]?.busySeconds ?? 0;
  return {
    title: `Busy from ${rangeText(range)}${left > 0 ? `: the first ${count(lanes.length)} of ${count(all.length)} lanes` : ''}`,
    lanes: lanes.map(({ name, busySeconds, percent }) => ({
      name,
      busy: duration(busySeconds),
      share: `${number(percent, 1, true)} %`,
      size: longest > 0 ? (busySeconds / longest).toFixed(3) : '0',
    })),
  };
}
