import type { Frame } from '../frame.ts';
import { MARK, SPAN_OPACITY } from '../palette.ts';
import type { Json, Look, PlotlyFigure } from '../plotly.ts';
import { dateText, isDate } from '../time.ts';
import { RIBBON_BAR_PX, RIBBON_PX, SQUARE_PX, spanLanes, type TimeChart } from '../time-chart.ts';
import { axisTitle, HOVER_LABEL, hoverName, margin, marks, note, type Position, smallFont, valueAxis } from './parts.ts';

/** Spans closer than this part of the period are one: a figure can be zoomed. */
const SPAN_PARTS = 4000;

/** What a kind of chart puts into the time plot. */
interface Inside {
  readonly data: readonly Json[];
  /** The axis left of the data, without its place. */
  readonly yaxis: Json;
  /** What is measured, above the plot. */
  readonly title: string;
  /** Px to the left of it, for what stands before. */
  readonly after?: number;
  /** Whether shades may lie behind the data. */
  readonly shaded: boolean;
  readonly shapes?: readonly Json[];
  readonly annotations?: readonly Json[];
  readonly layout?: Json;
}

/** Seconds as text; as numbers plotly would show them in the time zone of whoever reads. */
export function positionOf(at: Frame): Position {
  return isDate(at.domain) ? dateText : (value) => value;
}

/** Length on the time axis as plotly takes it. */
export function lengthOf(at: Frame): (seconds: number) => number {
  return isDate(at.domain) ? (seconds) => seconds * 1000 : (seconds) => seconds;
}

/** The ribbon of issues has a vertical axis of its own, in px, above that of the data; both share the time axis. */
export function timePlot(chart: TimeChart, at: Frame, look: Look, inside: Inside): PlotlyFigure {
  const dates = isDate(at.domain);
  const [position, length] = [positionOf(at), lengthOf(at)];
  const foot = 1 - at.ribbon / at.plot;
  const lanes = spanLanes(chart, SPAN_PARTS);
  const ribbon = lanes.map(({ label, colour, spans }, index) => ({
    type: 'bar',
    orientation: 'h',
    base: spans.map(({ startSeconds }) => position(startSeconds)),
    x: spans.map(({ startSeconds, endSeconds }) => length(endSeconds - startSeconds)),
    y: spans.map(() => index * RIBBON_PX + RIBBON_BAR_PX / 2),
    width: RIBBON_BAR_PX,
    yaxis: 'y2',
    marker: { color: colour, line: { color: colour, width: 1 } },
    hoverlabel: HOVER_LABEL,
    customdata: spans.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds].map((seconds) => told(seconds, dates))),
    hovertemplate: `${hoverName(label, look.gate)}<br>%{customdata[0]} to %{customdata[1]}<extra></extra>`,
  }));
  const shades = lanes.flatMap(({ colour, spans }) =>
    spans.map(({ startSeconds, endSeconds }) => ({
      type: 'rect',
      x0: position(startSeconds),
      x1: position(endSeconds),
      y0: 0,
      y1: foot,
      yref: 'paper',
      fillcolor: colour,
      opacity: SPAN_OPACITY,
      layer: 'below',
      line: { width: 0 },
    })),
  );
  const drawn = marks(at, MARK, look, position);
  const names = legend(at, look);
  const title = { ...note(look.gate(inside.title), look), ...fromTop(at, (inside.after ?? 0) - at.rows.gutter, 8) };
  const time = { ...valueAxis((look.range ?? at.domain).map(position), look), anchor: 'y' };
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [...inside.data, ...ribbon],
    layout: {
      margin: margin(at),
      xaxis: dates ? { ...time, type: 'date', hoverformat: '%Y-%m-%d %H:%M:%S' } : time,
      yaxis: {
        fixedrange: true,
        zeroline: false,
        showline: false,
        domain: [0, foot],
        tickfont: smallFont(look),
        ...inside.yaxis,
      },
      ...(lanes.length > 0 ? { yaxis2: { ...hidden, domain: [foot, 1], range: [at.ribbon, 0] } } : {}),
      shapes: [...(inside.shaded ? shades : []), ...drawn.shapes, ...names.shapes, ...(inside.shapes ?? [])],
      annotations: [
        ...drawn.annotations,
        ...names.annotations,
        ...(inside.annotations ?? []),
        title,
        axisTitle(dates ? 'time (UTC)' : 'time (s)', look),
      ],
      ...inside.layout,
    },
  };
}

/** Without fractions of a second. */
function told(seconds: number, dates: boolean): string | number {
  return dates ? dateText(seconds).slice(0, 19) : seconds;
}

/** A place for text, px right of the plot's left end and below the top of the figure. */
export function fromTop(at: Frame, x: number, y: number): Json {
  return { x: 0, xanchor: 'left', xshift: x, y: 1, yanchor: 'middle', yshift: at.top - y };
}

/** A coloured square at such a place, its upper left. */
export function square(at: Frame, x: number, y: number, width: number, height: number): Json {
  const sizes = { xsizemode: 'pixel', xanchor: 0, x0: x, x1: x + width, ysizemode: 'pixel', yanchor: 1 };
  const place = { type: 'rect', xref: 'paper', yref: 'paper', ...sizes };
  return { ...place, y0: at.top - y, y1: at.top - y - height, line: { width: 0 } };
}

function legend(at: Frame, look: Look): { shapes: Json[]; annotations: Json[] } {
  const left = (x: number) => x - at.rows.gutter;
  return {
    shapes: at.legend.map(({ colour, opacity, x, y }) => ({
      ...square(at, left(x), y + 2, SQUARE_PX, SQUARE_PX),
      fillcolor: colour,
      opacity,
    })),
    annotations: at.legend.map(({ short, x, y }) => ({
      ...note(look.gate(short), look),
      ...fromTop(at, left(x) + SQUARE_PX + 3, y + 7),
    })),
  };
}
