import { max } from 'd3-array';
import type { HistogramChart, TimelineChart } from '../../model/chart.ts';
import type { Frame } from '../frame.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { ACCENT } from '../palette.ts';
import type { Json, PlotlyFigure, TextGate } from '../plotly.ts';
import { isDate, secondText } from '../time.ts';
import { HOVER_LABEL, hoverName, labelsAbove, marks, note, UNSEEN, valueAxis } from './parts.ts';

/** Room is left for the title of the counts on the same line. */
const STRIP_LABEL_UNITS = 32;

interface Strip {
  readonly label: string;
  readonly edges: readonly number[];
  readonly values: readonly number[];
}

/** How values become positions, and the edges of a bin text where numbers are not enough. */
interface Scale {
  readonly axis: Json;
  readonly countTitle: string;
  readonly factor: number;
  readonly bound?: ((edge: number) => string) | undefined;
}

export function histogram(chart: HistogramChart, at: Frame, gate: TextGate): PlotlyFigure {
  const strips = chart.series.map(({ label, edges, counts }) => ({ label, edges, values: counts }));
  const format = valueFormat(max(at.domain, Math.abs) ?? 0, chart.unit);
  const unit = gate(unitSuffix(chart.unit, format));
  const hover = `<br>%{customdata[0]:${format}} to %{customdata[1]:${format}}${unit}<br>${gate(chart.countTitle)} %{customdata[2]:,}<extra></extra>`;
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
  // A template writes dates only where they come as text, and those need no template.
  const bound = dates ? secondText : undefined;
  const format = dates ? '' : ':,.0f';
  const count = `${gate(chart.valueTitle)} %{customdata[2]:,}${gate(unitSuffix(chart.unit, ''))}`;
  const hover = `<br>%{customdata[0]${format}} to %{customdata[1]${format}}<br>${count}<extra></extra>`;
  return figure(at, strips, hover, { axis, countTitle: titleWithUnit(chart.valueTitle, chart.unit), factor, bound }, gate);
}

/** One bar trace and one vertical axis per strip; all axes have the same range. */
function figure(
  at: Frame,
  strips: readonly Strip[],
  hover: string,
  { axis, countTitle, factor, bound }: Scale,
  gate: TextGate,
): PlotlyFigure {
  const largest = max(strips, ({ values }) => max(values)) || 1;
  const { rows, plot } = at;
  const data = strips.flatMap(({ label, edges, values }, index) => {
    const drawn = values.slice(0, Math.max(0, edges.length - 1));
    const bounds = drawn.map((_, bin) => [edges[bin] ?? 0, edges[bin + 1] ?? 0] as const);
    const bins = {
      type: 'bar',
      x: bounds.map(([from]) => from * factor),
      width: bounds.map(([from, to]) => (to - from) * factor),
      offset: 0,
      yaxis: index === 0 ? 'y' : `y${index + 1}`,
    };
    const seen = { ...bins, y: drawn, marker: { color: ACCENT, line: { width: 0 } }, hoverinfo: 'skip' };
    // A bin of one sample among bins of thousands is a pixel high: an unseen bar as high as the strip tells its number.
    const hovered = {
      ...bins,
      y: drawn.map(() => largest),
      marker: UNSEEN,
      hoverlabel: HOVER_LABEL,
      customdata: bounds.map((ends, bin) => [...(bound ? ends.map(bound) : ends), drawn[bin] ?? 0]),
      hovertemplate: (strips.length > 1 ? hoverName(label, gate) : '') + hover.slice(strips.length > 1 ? 0 : '<br>'.length),
    };
    return [seen, hovered];
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
