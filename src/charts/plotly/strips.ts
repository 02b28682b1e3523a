import { max } from 'd3-array';
import type { HistogramChart, TimelineChart } from '../../model/chart.ts';
import type { Frame } from '../frame.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { ACCENT } from '../palette.ts';
import type { Json, PlotlyFigure, TextGate } from '../plotly.ts';
import { isDate } from '../time.ts';
import { HOVER_LABEL, hoverName, labelsAbove, marks, note, valueAxis } from './parts.ts';

/** Room is left for the title of the counts on the same line. */
const STRIP_LABEL_UNITS = 32;

interface Strip {
  readonly label: string;
  readonly edges: readonly number[];
  readonly values: readonly number[];
}

export function histogram(chart: HistogramChart, at: Frame, gate: TextGate): PlotlyFigure {
  const strips = chart.series.map(({ label, edges, counts }) => ({ label, edges, values: counts }));
  const format = valueFormat(max(at.domain, Math.abs) ?? 0, chart.unit);
  const unit = gate(unitSuffix(chart.unit, format));
  const hover = `<br>%{customdata[0]:${format}} to %{customdata[1]:${format}}${unit}<br>${gate(chart.countTitle)} %{y:,}<extra></extra>`;
  const axis = valueAxis(titleWithUnit(chart.valueTitle, chart.unit), at.domain, gate);
  return figure(at, strips, hover, { axis, countTitle: chart.countTitle, factor: 1 }, gate);
}

export function timeline(chart: TimelineChart, at: Frame, gate: TextGate): PlotlyFigure {
  const strips = chart.series.map(({ label, values }) => ({ label, edges: chart.edgesSeconds, values }));
  const dates = isDate(at.domain);
  // Plotly takes dates in milliseconds and shows them in UTC.
  const factor = dates ? 1000 : 1;
  const range = at.domain.map((seconds) => seconds * factor);
  const axis = dates ? { ...valueAxis('time (UTC)', range, gate), type: 'date' } : valueAxis('time (s)', range, gate);
  const from = dates ? '|%Y-%m-%d %H:%M:%S' : ':,.0f';
  const until = dates ? '|%H:%M:%S' : ':,.0f';
  const count = `${gate(chart.valueTitle)} %{y:,}${gate(unitSuffix(chart.unit, ''))}`;
  const hover = `<br>%{customdata[0]${from}} to %{customdata[1]${until}}<br>${count}<extra></extra>`;
  return figure(at, strips, hover, { axis, countTitle: titleWithUnit(chart.valueTitle, chart.unit), factor }, gate);
}

/** One bar trace and one vertical axis per strip; all axes have the same range. */
function figure(
  at: Frame,
  strips: readonly Strip[],
  hover: string,
  { axis, countTitle, factor }: { readonly axis: Json; readonly countTitle: string; readonly factor: number },
  gate: TextGate,
): PlotlyFigure {
  const largest = max(strips, ({ values }) => max(values)) || 1;
  const { rows, plot } = at;
  const data = strips.map(({ label, edges, values }, index) => {
    const drawn = values.slice(0, Math.max(0, edges.length - 1));
    const bounds = drawn.map((_, bin) => [(edges[bin] ?? 0) * factor, (edges[bin + 1] ?? 0) * factor] as const);
    return {
      type: 'bar',
      x: bounds.map(([from]) => from),
      y: drawn,
      width: bounds.map(([from, to]) => to - from),
      offset: 0,
      yaxis: index === 0 ? 'y' : `y${index + 1}`,
      marker: { color: ACCENT, line: { width: 0 } },
      hoverlabel: HOVER_LABEL,
      customdata: bounds,
      hovertemplate: (strips.length > 1 ? hoverName(label, gate) : '') + hover.slice(strips.length > 1 ? 0 : '<br>'.length),
    };
  });
  const axes = strips.map((_, index) => {
    const foot = index * rows.pitch + rows.middle + rows.size / 2;
    const domain = [Math.max(0, 1 - foot / plot), 1 - (foot - rows.size) / plot];
    const yaxis = { domain, range: [0, largest], fixedrange: true, nticks: 3, rangemode: 'tozero', exponentformat: 'SI' };
    return [index === 0 ? 'yaxis' : `yaxis${index + 1}`, yaxis] as const;
  });
  const { shapes, annotations } = marks(at, factor, gate);
  const labels = strips.map(({ label }) => label);
  const titles = strips.length > 1 ? labelsAbove(at, labels, gate, STRIP_LABEL_UNITS) : [];
  const unit = {
    ...note(gate(countTitle)),
    x: 1,
    xanchor: 'right',
    y: 1 - (rows.middle - rows.size / 2) / plot,
    yanchor: 'bottom',
  };
  const xaxis = { ...axis, anchor: strips.length > 1 ? `y${strips.length}` : 'y' };
  const margin = { l: 44, r: 14, t: at.top, b: at.bottom };
  return { data, layout: { margin, xaxis, ...Object.fromEntries(axes), shapes, annotations: [...annotations, ...titles, unit] } };
}
