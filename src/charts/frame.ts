import type { Chart, Mark } from '../model/chart.ts';
import { cellsOf } from './cells.ts';
import { NARROW_PX, UNIT_PX, units } from './labels.ts';
import { extent, niceCount } from './numbers.ts';
import { drawnLines } from './stacked.ts';
import { LEGEND_PX, type LegendItem, legend, RIBBON_PX, spanLanes, TIME_GUTTER_PX, type TimeChart } from './time-chart.ts';
import { type ValueSteps, valueSteps } from './value-steps.ts';

/** Lines of a chart, px: tick labels with the axis title, an axis title alone, the key to a box, one line of mark labels. */
const AXIS_PX = 42;
const TITLE_PX = 26;
const KEY_PX = 24;
export const LANE_PX = 15;
/** Between labels and the plot beside them, and a margin before them. */
export const GUTTER_GAP_PX = 16;
/** A chart without data. */
const EMPTY_PX = 56;
/** Shares: the stacked bar, from the top to the list below it, one line of the list. */
export const SHARES_BAR_PX = 28;
export const SHARES_TOP_PX = 42;
export const SHARES_ROW_PX = 22;
/** Longest names in the list of shares and above rows, in units: on a phone, and on a wide screen. */
export const LIST_UNITS = { narrow: 32, wide: 84 };
export const ROW_UNITS = { narrow: 41, wide: 84 };
/** Names above strips leave room for the count that is written on the same line. */
export const STRIP_UNITS = 32;
/** Height of lines and points over time; of all rows of a grid together, where they are many; of a lane with its name. */
const LINES_PX = 132;
const GRID_PX = 312;
const LANE_NAME_PX = 14;
const LANE_STRIP_PX = 12;
/** Frames of a flame graph: a line of them, and how many lines are drawn. */
const FLAME_ROW_PX = 18;
export const FLAME_DEPTH = 60;
/** Left of a plot without labels there, and right of one: half a tick label. Right of bars: their numbers. */
const LEFT_PX = 4;
const RIGHT_PX = 14;
const BARS_RIGHT_PX = 96;
/** Heatmaps name their rows with at most so many units. */
export const HEAT_LABEL_UNITS = 14;
/** From this part of the scale on the numbers in the cells are white. */
export const STRONG_FRACTION = 0.68;
/** Narrowest cell with a number in it. */
export const CELL_TEXT_PX = 32;

/** How boxes and ranges are read, a line above them. */
export const BOX_KEY = 'Box: middle half · line: median · dot: p95';
export const RANGE_KEY = 'Line: min to max · bar: p50 to p95 · dot: p99';
export const FLAME_KEY = 'Callers above what they call · a colour for each file';

/** Where things stand in a drawing, the same in SVG and plotly so that one can take the other's place. */
export interface Frame {
  /** px above, inside and below the plot; they add up to `height`. */
  readonly top: number;
  readonly plot: number;
  readonly bottom: number;
  readonly height: number;
  /** px right of the plot. */
  readonly right: number;
  /** Value axis. */
  readonly domain: readonly [number, number];
  /** What the full height of a strip stands for. */
  readonly countTop: number;
  readonly rows: Rows;
  readonly marks: readonly PlacedMark[];
  /** Of charts over time: names above the plot, px for the ribbon of issues at the top of the plot, the axis of values left of it. */
  readonly legend: readonly LegendItem[];
  readonly ribbon: number;
  readonly values: ValueSteps;
}

/** Rows, or strips over one axis. Labels stand left of the rows while they are short, above them otherwise. */
export interface Rows {
  readonly beside: boolean;
  /** Distance of two rows, px. */
  readonly pitch: number;
  /** Middle of what is drawn, px below the row's top. */
  readonly middle: number;
  /** Height of what is drawn, px. */
  readonly size: number;
  /** Space left of the plot, px: for labels, where they stand there. */
  readonly gutter: number;
}

export interface PlacedMark extends Mark {
  /** Line of labels, 0 is the lowest. */
  readonly lane: number;
  /** The label ends at the mark instead of beginning there. */
  readonly leftwards: boolean;
}

/** @param width px the drawing must be readable at. */
export function frame(chart: Chart, width = NARROW_PX): Frame {
  const none: Rows = { beside: false, pitch: 0, middle: 0, size: 0, gutter: 0 };
  if (isEmpty(chart)) return assemble(0, EMPTY_PX, 0, [0, 1], none);
  switch (chart.kind) {
    case 'shares':
      return assemble(0, SHARES_TOP_PX + chart.parts.length * SHARES_ROW_PX, 0, [0, 100], none);
    case 'bars': {
      const rows = labelledRows(chart.bars, width);
      return assemble(4, chart.bars.length * rows.pitch, TITLE_PX, extent([0, ...chart.bars.map(({ value }) => value)]), rows, {
        right: BARS_RIGHT_PX,
      });
    }
    case 'boxes': {
      const rows = labelledRows(chart.boxes, width);
      const marks = chart.threshold ? [chart.threshold] : [];
      const domain = extent([...chart.range, ...chart.boxes.flatMap((box) => [box.lower, box.upper, box.p95]), ...values(marks)]);
      return assemble(KEY_PX, chart.boxes.length * rows.pitch, AXIS_PX, domain, rows, { marks, right: RIGHT_PX });
    }
    case 'ranges': {
      const rows = labelledRows(chart.rows, width);
      const domain = extent([...chart.range, ...chart.rows.flatMap((row) => [row.min, row.max])]);
      return assemble(KEY_PX, chart.rows.length * rows.pitch, AXIS_PX, domain, rows, { right: RIGHT_PX });
    }
    case 'histogram': {
      const rows = strips(chart.series.length);
      const { value = [], largestCount = 0 } = chart.axes ?? {};
      const domain = extent([...value, ...chart.series.flatMap(({ edges }) => edges), ...values(chart.marks)]);
      const top = niceCount([largestCount, ...chart.series.flatMap(({ counts }) => counts)]);
      return assemble(10, chart.series.length * rows.pitch, AXIS_PX, domain, rows, {
        marks: chart.marks,
        right: RIGHT_PX,
        countTop: top,
      });
    }
    case 'timeline': {
      const rows = strips(chart.series.length);
      const domain = extent([...chart.edgesSeconds, ...values(chart.marks)]);
      const top = niceCount(chart.series.flatMap((series) => series.values));
      return assemble(10, chart.series.length * rows.pitch, AXIS_PX, domain, rows, {
        marks: chart.marks,
        right: RIGHT_PX,
        countTop: top,
      });
    }
    case 'heatmap': {
      const pitch = chart.rows.length > 16 ? 18 : 26;
      const gutter = Math.min(longestOf(chart.rows), HEAT_LABEL_UNITS) * UNIT_PX + GUTTER_GAP_PX;
      const rows = { beside: true, pitch, middle: pitch / 2, size: pitch, gutter };
      return assemble(40, chart.rows.length * pitch, 28, extent(chart.range), rows);
    }
    case 'series': {
      const drawn = () => drawnLines(chart).flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high]);
      const values = valueSteps(chart.range ?? drawn().filter((value) => value !== null));
      return timeFrame(chart, timeRows(LINES_PX), LINES_PX, values);
    }
    case 'points': {
      const values = valueSteps(chart.groups.flatMap((group) => group.values));
      return timeFrame(chart, timeRows(LINES_PX), LINES_PX, values);
    }
    case 'grid': {
      const count = chart.rows.length;
      const pitch = count > 16 ? Math.max(3, Math.floor(GRID_PX / count)) : 18;
      return timeFrame(chart, timeRows(pitch), count * pitch);
    }
    case 'activity': {
      const pitch = LANE_NAME_PX + LANE_STRIP_PX;
      const rows = { ...timeRows(pitch), beside: false, middle: LANE_NAME_PX + LANE_STRIP_PX / 2, size: LANE_STRIP_PX };
      return timeFrame(chart, rows, cellsOf(chart).labels.length * pitch);
    }
    case 'flame': {
      const deepest = chart.frames.reduce((most, { depth }) => Math.max(most, depth), 0);
      const domain = extent([0, ...chart.frames.map(({ startSeconds, widthSeconds }) => startSeconds + widthSeconds)]);
      const rows = { beside: false, pitch: FLAME_ROW_PX, middle: FLAME_ROW_PX / 2, size: FLAME_ROW_PX - 1, gutter: LEFT_PX };
      const lines = Math.min(deepest + 1, FLAME_DEPTH);
      return assemble(KEY_PX, lines * FLAME_ROW_PX, AXIS_PX, domain, rows, { right: RIGHT_PX });
    }
  }
}

function timeRows(pitch: number): Rows {
  return { beside: true, pitch, middle: pitch / 2, size: pitch, gutter: TIME_GUTTER_PX };
}

/** What is measured and the legend above; the ribbon, then `height` px of data in the plot. */
function timeFrame(chart: TimeChart, rows: Rows, height: number, values?: ValueSteps): Frame {
  const names = legend(chart, KEY_PX - 2);
  const top = KEY_PX + names.reduce((most, { y }) => Math.max(most, y - KEY_PX + 2 + LEGEND_PX), 0);
  const lanes = spanLanes(chart, 1).length;
  const ribbon = lanes > 0 ? lanes * RIBBON_PX + 3 : 0;
  const frame = assemble(top, ribbon + height, AXIS_PX, extent(chart.period), rows, { marks: chart.marks, right: RIGHT_PX });
  return { ...frame, legend: names, ribbon, ...(values ? { values } : {}) };
}

function assemble(
  top: number,
  plot: number,
  bottom: number,
  domain: [number, number],
  rows: Rows,
  {
    marks = [],
    right = 0,
    countTop = 0,
  }: { readonly marks?: readonly Mark[]; readonly right?: number; readonly countTop?: number } = {},
): Frame {
  const placed = placeMarks(marks, domain);
  const above = top + placed.reduce((most, { lane }) => Math.max(most, lane + 1), 0) * LANE_PX;
  return { top: above, plot, bottom, height: above + plot + bottom, right, domain, countTop, rows, marks: placed, ...NO_TIME };
}

/** Of charts that are not over time. */
const NO_TIME = { legend: [], ribbon: 0, values: { domain: [0, 1], step: 1 } } as const;

/** Labels left of the rows take at most a third of the width. */
function labelledRows(items: readonly { readonly label: string }[], width: number): Rows {
  const gutter = longestOf(items.map(({ label }) => label)) * UNIT_PX + GUTTER_GAP_PX;
  if (gutter > width / 3) return { beside: false, pitch: 40, middle: 26, size: 14, gutter: LEFT_PX };
  const pitch = items.length > 16 ? 20 : 28;
  return { beside: true, pitch, middle: pitch / 2, size: pitch / 2, gutter };
}

/** Histograms and timelines: one strip per series, below a line for its label and the title of the counts; a single one is tall. */
function strips(series: number): Rows {
  const label = series > 1 ? 22 : 18;
  const size = series > 12 ? 34 : series > 1 ? 54 : 140;
  return { beside: false, pitch: label + size, middle: label + size / 2, size, gutter: LEFT_PX };
}

/** Labels of marks, on as many lines as it takes not to overlap at the narrowest width. */
function placeMarks(marks: readonly Mark[], [low, high]: readonly [number, number]): PlacedMark[] {
  const ends: number[] = [];
  return [...marks]
    .sort((a, b) => a.value - b.value)
    .map(({ label, value }) => {
      const at = (value - low) / (high - low);
      const leftwards = at > 0.5;
      const length = (units(label) * UNIT_PX + 10) / NARROW_PX;
      const start = leftwards ? at - length : at;
      const free = ends.findIndex((end) => end <= start);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = start + length;
      return { label, value, lane, leftwards };
    });
}

function values(marks: readonly Mark[]): number[] {
  return marks.map(({ value }) => value);
}

/** Every how many columns of a heatmap a label fits. */
export function columnStep(labels: readonly string[], cellPx: number): number {
  return Math.max(1, Math.ceil((longestOf(labels) * UNIT_PX + 4) / cellPx));
}

/** In units. */
function longestOf(labels: readonly string[]): number {
  return labels.reduce((most, label) => Math.max(most, units(label)), 0);
}

/** Whether there is nothing to draw. */
export function isEmpty(chart: Chart): boolean {
  switch (chart.kind) {
    case 'shares':
      return chart.parts.length === 0;
    case 'bars':
      return chart.bars.length === 0;
    case 'boxes':
      return chart.boxes.length === 0;
    case 'ranges':
      return chart.rows.length === 0;
    case 'histogram':
      return chart.series.every(({ counts }) => counts.length === 0);
    case 'heatmap':
      return chart.rows.length === 0 || chart.columns.length === 0;
    case 'timeline':
      return chart.series.length === 0 || chart.edgesSeconds.length < 2;
    case 'series':
      return chart.series.length === 0 || chart.seconds.length === 0;
    case 'grid':
      return chart.rows.length === 0 || chart.values.every((row) => row.length === 0);
    case 'points':
      return chart.groups.every(({ seconds }) => seconds.length === 0);
    case 'activity':
      return chart.lanes.every(({ busySeconds }) => busySeconds.length === 0);
    case 'flame':
      return chart.frames.length === 0;
  }
}

/** What the full height of a strip stands for, in words. */
export function countText({ countTop }: Frame, title: string): string {
  return `${countTop.toLocaleString('en-US')} ${title}`;
}
