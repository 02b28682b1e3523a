import { max } from 'd3-array';
import type { HeatmapChart } from '../../model/chart.ts';
import { CELL_TEXT_PX, columnStep, type Frame, HEAT_LABEL_UNITS, STRONG_FRACTION } from '../frame.ts';
import { NARROW_PX, shorten } from '../labels.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { accentOver, HEAT_OPACITY } from '../palette.ts';
import type { Json, Look, PlotlyFigure } from '../plotly.ts';
import { axisTitle, HOVER_LABEL, hoverName, note, smallFont } from './parts.ts';

export function heatmap(chart: HeatmapChart, at: Frame, look: Look): PlotlyFigure {
  const { gate } = look;
  const [low, high] = at.domain;
  const format = valueFormat(max(at.domain, Math.abs) ?? 0, chart.unit);
  const unit = gate(unitSuffix(chart.unit, format));
  const cellPx = (NARROW_PX - at.rows.gutter) / chart.columns.length;
  const columns = chart.columns.map((label) => shorten(label, HEAT_LABEL_UNITS));
  const step = columnStep(columns, cellPx);
  const shown = columns.map((_, index) => index).filter((index) => index % step === 0);
  const trace = {
    type: 'heatmap',
    z: chart.rows.map((_, row) => chart.columns.map((__, column) => chart.values[row]?.[column] ?? null)),
    zmin: low,
    zmax: high,
    colorscale: [
      [0, accentOver(HEAT_OPACITY[0])],
      [1, accentOver(HEAT_OPACITY[1])],
    ],
    hoverlabel: HOVER_LABEL,
    customdata: chart.rows.map((row) =>
      chart.columns.map((column) => `${hoverName(row, gate, 1)}<br>${hoverName(column, gate, 1)}`),
    ),
    hovertemplate: `%{customdata}<br>${gate(chart.valueTitle)} %{z:${format}}${unit}<extra></extra>`,
    hoverongaps: false,
    colorbar: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 0,
      yanchor: 'top',
      ypad: 6,
      len: 0.5,
      thickness: 8,
      outlinewidth: 0,
      tickvals: [low, high],
      tickformat: format,
      tickfont: smallFont(look),
    },
  };
  const xaxis = {
    side: 'top',
    range: [-0.5, chart.columns.length - 0.5],
    showgrid: false,
    zeroline: false,
    showline: false,
    ticks: '',
    fixedrange: true,
    tickvals: shown,
    ticktext: shown.map((index) => gate(columns[index] ?? '')),
    tickangle: 0,
    tickfont: smallFont(look),
  };
  const yaxis = {
    range: [chart.rows.length - 0.5, -0.5],
    showgrid: false,
    zeroline: false,
    showline: false,
    ticks: '',
    fixedrange: true,
    tickvals: chart.rows.map((_, index) => index),
    ticktext: chart.rows.map((label) => gate(shorten(label, HEAT_LABEL_UNITS))),
    ticklabelstandoff: 4,
  };
  const rowTitle = {
    ...note(gate(`${chart.rowTitle} ↓`), look),
    x: 0,
    xanchor: 'left',
    xshift: -at.rows.gutter,
    y: 1,
    yanchor: 'bottom',
    yshift: 20,
  };
  const valueTitle = {
    ...note(gate(titleWithUnit(chart.valueTitle, chart.unit)), look),
    x: 0.52,
    xanchor: 'left',
    y: 0,
    yanchor: 'top',
    yshift: -2,
  };
  const columnTitle = { ...axisTitle(`${chart.columnTitle} →`, look), y: 1, yanchor: 'bottom', yshift: 22 };
  const margin = { l: at.rows.gutter, r: 0, t: at.top, b: at.bottom };
  const numbers = cellPx >= CELL_TEXT_PX ? cellTexts(chart, at, format) : [];
  return {
    data: [trace, ...numbers],
    layout: { margin, xaxis, yaxis, annotations: [rowTitle, columnTitle, valueTitle], dragmode: false },
  };
}

/** The numbers in the cells: on weak colours in the colour of the page's text, on strong ones in white. */
function cellTexts(chart: HeatmapChart, at: Frame, format: string): Json[] {
  const limit = at.domain[0] + (at.domain[1] - at.domain[0]) * STRONG_FRACTION;
  const cells = chart.rows.flatMap((_, y) => chart.columns.map((__, x) => ({ x, y, value: chart.values[y]?.[x] ?? null })));
  const texts = (values: typeof cells, font: Json) => ({
    type: 'scatter',
    mode: 'text',
    x: values.map(({ x }) => x),
    y: values.map(({ y }) => y),
    customdata: values.map(({ value }) => value),
    texttemplate: `%{customdata:${format}}`,
    textfont: font,
    hoverinfo: 'skip',
  });
  return [
    texts(
      cells.filter(({ value }) => value !== null && value < limit),
      { size: 11 },
    ),
    texts(
      cells.filter(({ value }) => value !== null && value >= limit),
      { size: 11, color: '#fff' },
    ),
  ];
}
