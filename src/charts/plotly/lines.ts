import { max } from 'd3-array';
import type { PointsChart, SeriesChart } from '../../model/chart.ts';
import type { Frame } from '../frame.ts';
import { shorten } from '../labels.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { BAND_OPACITY, lineColour, over, STACK_OPACITY, STANDS_OUT } from '../palette.ts';
import type { Json, Look, PlotlyFigure } from '../plotly.ts';
import { dotted, drawnLines } from '../stacked.ts';
import { stepValues } from '../value-steps.ts';
import { HOVER_LABEL, hoverName } from './parts.ts';
import { positionOf, timePlot } from './time-plot.ts';

export function series(chart: SeriesChart, at: Frame, look: Look): PlotlyFigure {
  const { gate } = look;
  const { format, unit, yaxis } = values(chart.unit, at, look);
  const position = positionOf(at);
  const moments = chart.seconds.map(position);
  const drawn = drawnLines(chart);
  const opacity = chart.stacked ? STACK_OPACITY : BAND_OPACITY;
  const areas = drawn.flatMap(({ colour, low, high }) => {
    if (!low || !high) return [];
    const area = outline(moments, low, high);
    return [{ type: 'scatter', mode: 'lines', ...area, fill: 'toself', fillcolor: over(colour, opacity), ...UNTOLD }];
  });
  const lines = drawn.map(({ label, colour: color, values: all, low, high, own }) => {
    const dots = dotted(all);
    const ends = moments.map((_, i) => (chart.stacked ? [own[i] ?? null] : [low?.[i] ?? null, high?.[i] ?? null]));
    const spread = low && !chart.stacked ? `<br>%{customdata[0]:${format}} to %{customdata[1]:${format}}${unit}` : '';
    return {
      type: 'scatter',
      // A line through so few values would hardly be seen.
      ...(dots.includes(true)
        ? { mode: 'lines+markers', marker: { color, size: dots.map((dot) => (dot ? DOT_PX : 0)) } }
        : { mode: 'lines' }),
      x: moments,
      y: all,
      line: { color, width: 1.5 },
      connectgaps: false,
      hoverlabel: HOVER_LABEL,
      ...(low ? { customdata: ends } : {}),
      hovertemplate: `${hoverName(label, gate, 1)} %{${chart.stacked ? 'customdata[0]' : 'y'}:${format}}${unit}${spread}<extra></extra>`,
    };
  });
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  const layout = { hovermode: 'x' };
  return timePlot(chart, at, look, { data: [...areas, ...lines], yaxis, title, shaded: true, layout });
}

/** Diameter of a value with few neighbours. */
const DOT_PX = 5;

const UNTOLD = { line: { width: 0 }, hoverinfo: 'skip' };

/** There along the lowest and back along the highest, one area for each run without gaps. */
function outline(
  moments: readonly (number | string)[],
  low: readonly (number | null)[],
  high: readonly (number | null)[],
): { x: (number | string | null)[]; y: (number | null)[] } {
  const x: (number | string | null)[] = [];
  const y: (number | null)[] = [];
  const missing = (index: number) => (low[index] ?? null) === null || (high[index] ?? null) === null;
  for (let from = 0, to = 0; from < moments.length; from = to + 1) {
    to = from;
    while (to < moments.length && !missing(to)) to++;
    if (to === from) continue;
    if (x.length > 0) {
      x.push(null);
      y.push(null);
    }
    x.push(...moments.slice(from, to), ...moments.slice(from, to).toReversed());
    y.push(...low.slice(from, to), ...high.slice(from, to).toReversed());
  }
  return { x, y };
}

export function points(chart: PointsChart, at: Frame, look: Look): PlotlyFigure {
  const { gate } = look;
  const { format, unit, yaxis } = values(chart.unit, at, look);
  const position = positionOf(at);
  const traces = chart.groups.map(({ label, seconds, values: all, names, flagged }, index) => {
    const standing = new Set(flagged);
    const trace = (chosen: readonly number[], color: string, size: number) => ({
      type: 'scatter',
      mode: 'markers',
      x: chosen.map((i) => position(seconds[i] ?? 0)),
      y: chosen.map((i) => all[i] ?? null),
      marker: { color, size, opacity: 0.8, line: { width: 0 } },
      hoverlabel: HOVER_LABEL,
      customdata: chosen.map((i) => gate(shorten(names[i] ?? '', 60))),
      hovertemplate: `${hoverName(label, gate, 1)}<br>%{customdata}<br>%{x}<br>${gate(chart.valueTitle)} %{y:${format}}${unit}<extra></extra>`,
    });
    const places = seconds.map((_, i) => i);
    return [
      trace(
        places.filter((i) => !standing.has(i)),
        lineColour(index),
        4,
      ),
      trace(
        places.filter((i) => standing.has(i)),
        STANDS_OUT,
        7,
      ),
    ] as const;
  });
  // What stands out lies over all groups.
  const data = [...traces.map(([usual]) => usual), ...traces.map(([, marked]) => marked)].filter(({ x }) => x.length > 0);
  return timePlot(chart, at, look, { data, yaxis, title: titleWithUnit(chart.valueTitle, chart.unit), shaded: true });
}

/** The axis of values, and how they are written in a tooltip. */
function values(unit: string, at: Frame, look: Look): { format: string; unit: string; yaxis: Json } {
  const format = valueFormat(max(at.values.domain, Math.abs) ?? 0, unit);
  // A grid line at the very end of an axis is not drawn.
  const [low, high] = at.values.domain;
  const range = [low, high + (high - low) * 0.002];
  const yaxis = { range, tickvals: stepValues(at.values), tickformat: format, ticklabelstandoff: 4 };
  return { format, unit: look.gate(unitSuffix(unit, format)), yaxis };
}
