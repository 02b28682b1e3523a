import type { Chart } from '../model/chart.ts';
import { type Frame, frame, isEmpty } from './frame.ts';
import { plotText } from './plot-text.ts';
import { activity, grid } from './plotly/cells.ts';
import { flame } from './plotly/flame.ts';
import { heatmap } from './plotly/heatmap.ts';
import { points, series } from './plotly/lines.ts';
import { bars, boxes, ranges } from './plotly/rows.ts';
import { shares } from './plotly/shares.ts';
import { histogram, timeline } from './plotly/strips.ts';
import type { Range } from './time-chart.ts';

/** A plotly figure as plain JSON; plotly's own types reach far beyond what is used here. */
export interface PlotlyFigure {
  readonly data: Json[];
  readonly layout: Json;
}

export type Json = Readonly<Record<string, unknown>>;

/** How text becomes harmless to plotly; tests switch it off to show what it prevents. */
export type TextGate = (text: string) => string;

/** The place a figure stands in. Without colours of a page there are no gaps between parts, and small text has the colour of all text. */
export interface Look {
  readonly gate: TextGate;
  /** Colour of small text: ticks, titles, notes. */
  readonly quiet?: string;
  /** Colour of names on coloured bars; otherwise plotly chooses one. */
  readonly text?: string;
  /** Colour of what lies behind the figure. */
  readonly surface?: string;
  /** A screen of at least `WIDE_SCREEN` has room for longer names. */
  readonly wide?: boolean;
  /** Width of the figure in px, where it is known; otherwise that of a phone. */
  readonly width?: number;
  /** What is shown of the horizontal axis of a chart over time, or of a flame graph; otherwise all. */
  readonly range?: Range;
}

const TITLE_PX = 40;

/** The chart as a plotly figure without title, theme and background, as high as `chartHeight(chart)`. Traces: bar, box, heatmap, scatter. */
export function plotlyFigure(chart: Chart, place: Partial<Look> = {}): PlotlyFigure {
  const look = { gate: plotText, ...place };
  const at = frame(chart);
  if (isEmpty(chart)) return { data: [], layout: emptyLayout(at) };
  const { data, layout } = draw(chart, at, look);
  const common = { height: at.height, showlegend: false, hovermode: 'closest', dragmode: 'zoom', barmode: 'overlay', bargap: 0 };
  return { data, layout: { ...common, ...layout } };
}

/** The same with the chart's title above it: for places that show nothing but the figure. `charts.figure` in the notebook gives the same. */
export function titledFigure(chart: Chart, gate: TextGate = plotText): PlotlyFigure {
  const { data, layout } = plotlyFigure(chart, { gate });
  const margin = layout.margin as { readonly t: number };
  const title = {
    text: gate(chart.title),
    x: 0,
    xanchor: 'left',
    y: 1,
    yref: 'container',
    yanchor: 'top',
    pad: { t: 12, l: 4 },
  };
  const height = (layout.height as number) + TITLE_PX;
  return { data, layout: { ...layout, title, height, margin: { ...margin, t: margin.t + TITLE_PX } } };
}

function draw(chart: Chart, at: Frame, look: Look): PlotlyFigure {
  switch (chart.kind) {
    case 'shares':
      return shares(chart, at, look);
    case 'bars':
      return bars(chart, at, look);
    case 'boxes':
      return boxes(chart, at, look);
    case 'ranges':
      return ranges(chart, at, look);
    case 'histogram':
      return histogram(chart, at, look);
    case 'heatmap':
      return heatmap(chart, at, look);
    case 'timeline':
      return timeline(chart, at, look);
    case 'series':
      return series(chart, at, look);
    case 'points':
      return points(chart, at, look);
    case 'grid':
      return grid(chart, at, look);
    case 'activity':
      return activity(chart, at, look);
    case 'flame':
      return flame(chart, at, look);
  }
}

function emptyLayout(at: Frame): Json {
  const note = { text: 'No data', x: 0.5, y: 0.5, xref: 'paper', yref: 'paper', showarrow: false };
  const hidden = { visible: false, fixedrange: true };
  return { height: at.height, margin: { l: 0, r: 0, t: 0, b: 0 }, xaxis: hidden, yaxis: hidden, annotations: [note] };
}
