import type { ActivityChart, GridChart } from '../model/chart.ts';
import { SMALL_UNIT_PX, units } from './labels.ts';
import { extent } from './numbers.ts';

/** Names of rows left of a grid, in units. */
export const TIME_LABEL_UNITS = 7;
/** Px from one such name to the next. */
export const NAME_PX = 13;
/** Names of lanes above their strips, in units: on a phone, and in half a page. */
export const LANE_UNITS = { narrow: 38, wide: 54 };
/** Lanes drawn; those with the most busy time. */
const MOST_LANES = 16;
/** The key to shades, on the line above the plot and before what is measured: px from the left end of the drawing. */
export const SCALE_START_PX = 14;
export const SCALE_BOX_PX = 9;
export const SCALE_SHADES = 7;

/** An end of that key, at most two decimals. */
export function scaleText(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Where the text after the key begins. */
export function afterScale({ domain }: Cells): number {
  return SCALE_START_PX + SCALE_SHADES * SCALE_BOX_PX + units(scaleText(domain[1])) * SMALL_UNIT_PX + 16;
}

/** Values of rows over time, of both kinds of charts that show them as shades. */
export interface Cells {
  readonly labels: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly columns: number;
  readonly valueTitle: string;
  readonly unit: string;
  readonly domain: readonly [number, number];
}

export function cellsOf(chart: GridChart | ActivityChart): Cells {
  const { startSeconds, stepSeconds } = chart;
  if (chart.kind === 'grid') {
    const { rows: labels, values, valueTitle, unit } = chart;
    return { labels, values, startSeconds, stepSeconds, columns: longest(values), valueTitle, unit, domain: extent(chart.range) };
  }
  const lanes = shownLanes(chart);
  const values = lanes.map(({ busySeconds }) => busySeconds.map((busy) => (busy / stepSeconds) * 100));
  const highest =
    Math.ceil(values.reduce((most, row) => row.reduce((high, value) => Math.max(high, value), most), 100) / 10) * 10;
  const labels = lanes.map(laneName);
  return {
    labels,
    values,
    startSeconds,
    stepSeconds,
    columns: longest(values),
    valueTitle: 'busy',
    unit: '%',
    domain: [0, highest],
  };
}

function longest(values: Cells['values']): number {
  return values.reduce((most, row) => Math.max(most, row.length), 0);
}

/** `Forward · node0`. */
export function laneName({ group, label }: ActivityChart['lanes'][number]): string {
  return group === '' ? label : `${group} · ${label}`;
}

/** The lanes with the most busy time, in their order. */
function shownLanes({ lanes }: ActivityChart): ActivityChart['lanes'] {
  if (lanes.length <= MOST_LANES) return lanes;
  const sums = lanes.map(({ busySeconds }) => busySeconds.reduce((sum, busy) => sum + busy, 0));
  const limit = sums.toSorted((a, b) => b - a)[MOST_LANES - 1] ?? 0;
  return lanes.filter((_, index) => (sums[index] ?? 0) >= limit).slice(0, MOST_LANES);
}
