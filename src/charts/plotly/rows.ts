import { max } from 'd3-array';
import type { BarsChart, BoxesChart, RangesChart } from '../../model/chart.ts';
import { BOX_KEY, type Frame, RANGE_KEY } from '../frame.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { ACCENT, accentOver, MARK } from '../palette.ts';
import type { Json, Look, PlotlyFigure } from '../plotly.ts';
import {
  axisTitle,
  HOVER_LABEL,
  hoverLines,
  hoverName,
  labelsAbove,
  margin,
  marks,
  note,
  rowAxis,
  UNSEEN,
  valueAxis,
} from './parts.ts';

export function bars(chart: BarsChart, at: Frame, look: Look): PlotlyFigure {
  const { gate } = look;
  const format = valueFormat(max(chart.bars, ({ value }) => Math.abs(value)) ?? 0, chart.unit);
  const suffix = unitSuffix(chart.unit, format);
  const trace = {
    type: 'bar',
    orientation: 'h',
    x: chart.bars.map(({ value }) => value),
    y: middles(at, chart.bars),
    width: at.rows.size,
    marker: { color: ACCENT },
    texttemplate: `%{x:${format}}${gate(suffix)}`,
    textposition: 'outside',
    cliponaxis: false,
    hoverlabel: HOVER_LABEL,
    customdata: chart.bars.map(({ label, value }) => [hoverName(label, gate), value]),
    hovertemplate: hoverLines([chart.valueTitle], format, suffix, gate),
  };
  const atZero = { x: 0, xref: 'x', xanchor: 'left', xshift: -1, yshift: -5 };
  const title = { ...axisTitle(titleWithUnit(chart.valueTitle, chart.unit), look), ...atZero };
  const xaxis = { range: at.domain, fixedrange: true, showgrid: false, showline: false, showticklabels: false };
  const yaxis = { ...rowAxis(at, labels(chart.bars), gate), showline: true };
  const annotations = [...labelsAbove(at, labels(chart.bars), look), title];
  return { data: [trace], layout: { margin: margin(at), xaxis, yaxis, annotations, dragmode: false } };
}

export function boxes(chart: BoxesChart, at: Frame, look: Look): PlotlyFigure {
  const y = middles(at, chart.boxes);
  const box = {
    type: 'box',
    orientation: 'h',
    y,
    q1: chart.boxes.map(({ p25 }) => p25),
    median: chart.boxes.map(({ p50 }) => p50),
    q3: chart.boxes.map(({ p75 }) => p75),
    lowerfence: chart.boxes.map(({ lower }) => lower),
    upperfence: chart.boxes.map(({ upper }) => upper),
    width: at.rows.size,
    whiskerwidth: 0.4,
    line: { color: ACCENT, width: 1 },
    fillcolor: accentOver(0.28),
    hoverinfo: 'skip',
  };
  const medians = {
    ...points(box.median, y),
    // Plotly draws this line 1.4 times as long as its size.
    marker: { symbol: 'line-ns', size: at.rows.size / 1.4, line: { color: ACCENT, width: 2.5 } },
  };
  const dots = dotTrace(
    chart.boxes.map(({ p95 }) => p95),
    y,
    look,
  );
  const names = ['lower whisker', 'p25', 'median', 'p75', 'p95', 'upper whisker'];
  const values = chart.boxes.map(({ lower, p25, p50, p75, p95, upper }) => [lower, p25, p50, p75, p95, upper]);
  return rowsFigure(chart, at, look, [box, medians, dots], BOX_KEY, chart.boxes, names, values);
}

export function ranges(chart: RangesChart, at: Frame, look: Look): PlotlyFigure {
  const y = middles(at, chart.rows);
  const span = (from: readonly number[], to: readonly number[], width: number, opacity: number) => ({
    type: 'bar',
    orientation: 'h',
    base: from,
    x: to.map((end, index) => end - (from[index] ?? 0)),
    y,
    width,
    marker: { color: ACCENT, opacity },
    hoverinfo: 'skip',
  });
  const column = (name: 'min' | 'p50' | 'p95' | 'p99' | 'max') => chart.rows.map((row) => row[name]);
  const data = [
    span(column('min'), column('max'), 1, 0.75),
    span(column('p50'), column('p95'), at.rows.size * 0.66, 1),
    dotTrace(column('p99'), y, look),
  ];
  const values = chart.rows.map(({ min, p50, p95, p99, max }) => [min, p50, p95, p99, max]);
  return rowsFigure(chart, at, look, data, RANGE_KEY, chart.rows, ['min', 'p50', 'p95', 'p99', 'max'], values);
}

type Labelled = readonly { readonly label: string }[];

function rowsFigure(
  chart: BoxesChart | RangesChart,
  at: Frame,
  look: Look,
  drawn: readonly Json[],
  howToRead: string,
  items: Labelled,
  names: readonly string[],
  values: readonly (readonly number[])[],
): PlotlyFigure {
  const { gate } = look;
  const format = valueFormat(max(at.domain, Math.abs) ?? 0, chart.unit);
  // Plotly tells the numbers of a box without their unit, and only at the box: an unseen bar as long as the plot tells them anywhere in the row.
  const hover = {
    type: 'bar',
    orientation: 'h',
    base: at.domain[0],
    x: items.map(() => at.domain[1] - at.domain[0]),
    y: middles(at, items),
    width: at.rows.pitch,
    marker: UNSEEN,
    hoverlabel: HOVER_LABEL,
    customdata: items.map(({ label }, index) => [hoverName(label, gate), ...(values[index] ?? [])]),
    hovertemplate: hoverLines(names, format, unitSuffix(chart.unit, format), gate),
  };
  const { shapes, annotations } = marks(at, MARK, look);
  const key = {
    ...note(howToRead, look),
    x: 0,
    xanchor: 'left',
    xshift: -at.rows.gutter,
    y: 1,
    yanchor: 'bottom',
    yshift: at.top - 18,
  };
  const title = axisTitle(titleWithUnit(chart.valueTitle, chart.unit), look);
  const layout = {
    margin: margin(at),
    xaxis: { ...valueAxis(at.domain, look), fixedrange: true },
    yaxis: rowAxis(at, labels(items), gate),
    shapes,
    annotations: [...annotations, ...labelsAbove(at, labels(items), look), key, title],
    dragmode: false,
  };
  return { data: [...drawn, hover], layout };
}

function dotTrace(x: readonly number[], y: readonly number[], { surface }: Look): Json {
  return { ...points(x, y), marker: { color: surface ?? UNSEEN.color, size: 6, line: { color: ACCENT, width: 1.75 } } };
}

function points(x: readonly number[], y: readonly number[]): Json {
  return { type: 'scatter', mode: 'markers', x, y, cliponaxis: false, hoverinfo: 'skip' };
}

function middles({ rows }: Frame, items: Labelled): number[] {
  return items.map((_, index) => index * rows.pitch + rows.middle);
}

function labels(items: Labelled): string[] {
  return items.map(({ label }) => label);
}
