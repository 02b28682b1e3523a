import type { ActivityChart, Chart, GridChart, PointsChart, SeriesChart, ShadedSpan } from '../model/chart.ts';
import { NARROW_PX, SMALL_UNIT_PX, shorten, units } from './labels.ts';
import { extent } from './numbers.ts';
import { BAND_OPACITY, lineColour, SPAN_COLOURS, STANDS_OUT } from './palette.ts';

/** What all charts over the time of the job share: where their parts stand, and how issue spans are drawn. */
export type TimeChart = SeriesChart | GridChart | PointsChart | ActivityChart;

/** From and to: seconds since the epoch on a time axis, seconds on that of a flame graph. */
export type Range = readonly [number, number];

/** Left of the plot, the same in all of them so that moments stand under each other: room for a number or a short name. */
export const TIME_GUTTER_PX = 64;
/** Names of rows there, in units. */
export const TIME_LABEL_UNITS = 6;
/** Px from one such name to the next. */
export const NAME_PX = 13;
/** Names of lanes above their strips, in units. */
export const LANE_UNITS = { narrow: 38, wide: 84 };
/** Lanes drawn; those with the most busy time. */
const MOST_LANES = 16;
/** One rule in the ribbon of issues: its line, and the bar in it. */
export const RIBBON_PX = 8;
export const RIBBON_BAR_PX = 5;
/** A line of the legend, and the square before its text. */
export const LEGEND_PX = 18;
export const SQUARE_PX = 10;
const LEGEND_GAP_PX = 16;
const LEGEND_UNITS = 34;

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

/** A name in the legend; px from the upper left of the drawing. */
export interface LegendItem {
  readonly label: string;
  /** Fit for its place. */
  readonly short: string;
  readonly colour: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
}

/** The spans of one rule, joined where nobody could see them apart. */
export interface SpanLane {
  readonly label: string;
  readonly colour: string;
  readonly spans: readonly { readonly startSeconds: number; readonly endSeconds: number }[];
}

export function isTimeChart(chart: Chart): chart is TimeChart {
  return 'period' in chart;
}

/** @param parts of the period below which a gap is not seen. */
export function spanLanes({ spans, period }: TimeChart, parts: number): SpanLane[] {
  const [low, high] = extent(period);
  const labels = [...new Set(spans.map(({ label }) => label))];
  return labels.map((label, index) => {
    const own = spans.filter((span) => span.label === label).sort((a, b) => a.startSeconds - b.startSeconds);
    return { label, colour: SPAN_COLOURS[index % SPAN_COLOURS.length] ?? STANDS_OUT, spans: joined(own, (high - low) / parts) };
  });
}

function joined(spans: readonly ShadedSpan[], gap: number): SpanLane['spans'] {
  const result: { startSeconds: number; endSeconds: number }[] = [];
  for (const { startSeconds, endSeconds } of spans) {
    const last = result.at(-1);
    if (last && startSeconds - last.endSeconds <= gap) last.endSeconds = Math.max(last.endSeconds, endSeconds);
    else result.push({ startSeconds, endSeconds });
  }
  return result;
}

/** Squares with names above the plot, on as many lines as a phone needs; `top` px. */
export function legend(chart: TimeChart, top: number): LegendItem[] {
  let x = 0;
  let y = top;
  return entries(chart).map(({ label, ...rest }) => {
    const short = shorten(label, LEGEND_UNITS);
    const width = SQUARE_PX + 5 + units(short) * SMALL_UNIT_PX + LEGEND_GAP_PX;
    if (x > 0 && x + width - LEGEND_GAP_PX > NARROW_PX) {
      x = 0;
      y += LEGEND_PX;
    }
    const item = { label, short, ...rest, x, y };
    x += width;
    return item;
  });
}

type Entry = Pick<LegendItem, 'label' | 'colour' | 'opacity'>;

function entries(chart: TimeChart): Entry[] {
  const found: Entry[] = [];
  const add = (label: string, colour: string, opacity = 1) => found.push({ label, colour, opacity });
  if (chart.kind === 'series') {
    chart.series.forEach(({ label }, index) => {
      add(label, lineColour(index));
    });
    if (chart.series.some(({ low }) => low)) add('lowest to highest', lineColour(0), BAND_OPACITY);
  }
  if (chart.kind === 'points') {
    chart.groups.forEach(({ label }, index) => {
      add(label, lineColour(index));
    });
    if (chart.groups.some(({ flagged }) => flagged.length > 0)) add('stands out', STANDS_OUT);
  }
  for (const { label, colour } of spanLanes(chart, 1)) add(label, colour);
  return found;
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

/** Part of a step that nobody sees: packed numbers are exact to seven digits. */
const HARDLY = 1e-5;

/** The axis of values: at most five round numbers from at or below the least value (or zero) to at or above the largest. */
export interface ValueSteps {
  readonly domain: readonly [number, number];
  readonly step: number;
}

export function valueSteps(values: Iterable<number>): ValueSteps {
  const [low, high] = extent([0, ...values]);
  const part = (high - low) / 4;
  let power = 1;
  while (power * 10 <= part) power *= 10;
  while (power > part) power /= 10;
  const step = power * ([1, 2, 5].find((factor) => factor * power >= part) ?? 10);
  return { domain: [Math.floor(low / step + HARDLY) * step + 0, Math.ceil(high / step - HARDLY) * step + 0], step };
}

/** Where the numbers of the axis stand. */
export function stepValues({ domain: [low, high], step }: ValueSteps): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
}
