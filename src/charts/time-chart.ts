import type { ActivityChart, Chart, GridChart, PointsChart, SeriesChart, ShadedSpan } from '../model/chart.ts';
import { NARROW_PX, SMALL_UNIT_PX, shorten, units } from './labels.ts';
import { extent } from './numbers.ts';
import { BAND_OPACITY, lineColour, ruleColour, STANDS_OUT } from './palette.ts';
import { drawnLines, lineColours } from './stacked.ts';

/** What all charts over the time of the job share: where their parts stand, and how issue spans are drawn. */
export type TimeChart = SeriesChart | GridChart | PointsChart | ActivityChart;

/** From and to: seconds since the epoch on a time axis, seconds on that of a flame graph. */
export type Range = readonly [number, number];

/** Left of the plot, the same in all of them so that moments stand under each other: room for a number or a short name. */
export const TIME_GUTTER_PX = 64;
/** One rule in the ribbon of issues: its line, and the bar in it. */
export const RIBBON_PX = 8;
export const RIBBON_BAR_PX = 5;
/** A line of the legend, and the square before its text. */
export const LEGEND_PX = 18;
export const SQUARE_PX = 10;
const LEGEND_GAP_PX = 16;
const LEGEND_UNITS = 34;

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

/** No rule has the colour of a line, or of another rule. @param parts of the period below which a gap is not seen. */
export function spanLanes(chart: TimeChart, parts: number): SpanLane[] {
  const { spans, period } = chart;
  const [low, high] = extent(period);
  const labels = [...new Set(spans.map(({ label }) => label))];
  const taken = new Set(chart.kind === 'series' ? lineColours(chart) : []);
  return labels.map((label) => {
    const own = spans.filter((span) => span.label === label).sort((a, b) => a.startSeconds - b.startSeconds);
    const colour = ruleColour(label, taken);
    taken.add(colour);
    return { label, colour, spans: joined(own, (high - low) / parts) };
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
    for (const { label, colour } of drawnLines(chart)) add(label, colour);
    if (!chart.stacked && chart.series.some(({ low }) => low)) add('lowest to highest', lineColour(0), BAND_OPACITY);
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
