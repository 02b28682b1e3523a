import type { TimelineChart } from '../../model/chart.ts';
import { plural } from '../../model/text.ts';
import type { Stats } from '../stats.ts';
import { utcDay } from '../tally.ts';

const DAY = 86_400;

/** Days shown at least: a single one would fill the chart and look like all there ever was. */
const FEWEST_DAYS = 30;

/** A bar for each UTC day from the first opening kept, or some weeks ago, to the day the counts were read. */
export function daysChart({ asOf, opens, perDay }: Stats): TimelineChart {
  const counted = new Map(perDay.map((day) => [secondsOf(day.day), day.opens]));
  const last = Math.max(secondsOf(asOf.slice(0, 10)), ...counted.keys());
  const first = Math.min(last - (FEWEST_DAYS - 1) * DAY, ...counted.keys());
  const days = Array.from({ length: (last - first) / DAY + 1 }, (_, i) => first + i * DAY);
  const most = perDay.reduce((best, day) => (day.opens > best.opens ? day : best), { day: '', opens: 0 });
  return {
    kind: 'timeline',
    id: 'per-day',
    title: `UTC days, ${utcDay(first * 1000)} to ${utcDay(last * 1000)}`,
    alt: `${plural(opens, 'open')} on ${perDay.length} of ${plural(days.length, 'day')}; most on ${most.day}: ${most.opens}.`,
    valueTitle: 'opens a day',
    unit: '',
    edgesSeconds: [...days, last + DAY],
    series: [{ label: 'Opens', values: days.map((day) => counted.get(day) ?? 0) }],
    marks: [],
  };
}

function secondsOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
