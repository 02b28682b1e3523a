import { max } from 'd3-array';
import type { HistogramChart, TimelineChart } from '../../model/chart.ts';
import { countText, type Frame, STRIP_UNITS } from '../frame.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { ACCENT, MARK, QUANTILE } from '../palette.ts';
import type { Look, PlotlyFigure } from '../plotly.ts';
import { dateText, isDate } from '../time.ts';
import {
  axisTitle,
  HOVER_LABEL,
  hoverName,
  labelsAbove,
  margin,
  marks,
  note,
  type Position,
  UNSEEN,
  valueAxis,
} from './parts.ts';

interface Strip {
  readonly label: string;
  readonly edges: readonly number[];
  readonly values: readonly number[];
}

/** What the axes tell, and how values become positions on the value axis. */
interface Scale {
  readonly title: string;
  readonly countTitle: string;
  readonly markColour: string;
  /** Seconds as text; as numbers plotly would show them in the time zone of whoever reads. */
  readonly dates?: boolean;
}

export function histogram(chart: HistogramChart, at: Frame, look: Look): PlotlyFigure {
  const { gate } = look;
  const strips = chart.series.map(({ label, edges, counts }) => ({ label, edges, values: counts }));
  const format = valueFormat(max(at.domain, Math.abs) ?? 0, chart.unit);
  const unit = gate(unitSuffix(chart.unit, format));
  const hover = `<br>%{customdata[0]:${format}} to %{customdata[1]:${format}}${unit}<br>${gate(chart.countTitle)} %{customdata[2]:,}<extra></extra>`;
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  return figure(at, strips, hover, { title, countTitle: chart.countTitle, markColour: QUANTILE }, look);
}

export function timeline(chart: TimelineChart, at: Frame, look: Look): PlotlyFigure {
  const { gate } = look;
  const strips = chart.series.map(({ label, values }) => ({ label, edges: chart.edgesSeconds, values }));
  const dates = isDate(at.domain);
  const format = dates ? '' : ':,.0f';
  const count = `${gate(chart.valueTitle)} %{customdata[2]:,}${gate(unitSuffix(chart.unit, ''))}`;
  const hover = `<br>%{customdata[0]${format}} to %{customdata[1]${format}}<br>${count}<extra></extra>`;
  const countTitle = titleWithUnit(chart.valueTitle, chart.unit);
  return figure(at, strips, hover, { title: dates ? 'time (UTC)' : 'time (s)', countTitle, markColour: MARK, dates }, look);
}

/** One bar trace and one vertical axis per strip; all axes have the same range. */
function figure(
  at: Frame,
  strips: readonly Strip[],
  hover: string,
  { title, countTitle, markColour, dates = false }: Scale,
  look: Look,
): PlotlyFigure {
  const { rows, plot, countTop } = at;
  const position: Position = dates ? dateText : (value) => value;
  const data = strips.flatMap(({ label, edges, values }, index) => {
    const drawn = values.slice(0, Math.max(0, edges.length - 1));
    const bounds = drawn.map((_, bin) => [edges[bin] ?? 0, edges[bin + 1] ?? 0] as const);
    const bins = {
      type: 'bar',
      x: bounds.map(([from]) => position(from)),
      width: bounds.map(([from, to]) => (to - from) * (dates ? 1000 : 1)),
      offset: 0,
      yaxis: index === 0 ? 'y' : `y${index + 1}`,
    };
    const seen = { ...bins, y: drawn, marker: { color: ACCENT, line: { width: 0 } }, hoverinfo: 'skip' };
    // A bin of one sample among bins of thousands is a pixel high: an unseen bar as high as the strip tells its number.
    const hovered = {
      ...bins,
      y: drawn.map(() => countTop),
      marker: UNSEEN,
      hoverlabel: HOVER_LABEL,
      customdata: bounds.map((ends, bin) => [...ends.map((end) => (dates ? dateText(end).slice(0, 19) : end)), drawn[bin] ?? 0]),
      hovertemplate: (strips.length > 1 ? hoverName(label, look.gate) : '') + hover.slice(strips.length > 1 ? 0 : '<br>'.length),
    };
    return [seen, hovered];
  });
  const axes = strips.map((_, index) => {
    const foot = index * rows.pitch + rows.middle + rows.size / 2;
    const domain = [Math.max(0, 1 - foot / plot), 1 - (foot - rows.size) / plot];
    // A grid line at the very end of an axis is not drawn.
    const range = [0, countTop * 1.02];
    const ruler = { tickvals: [countTop], showticklabels: false, showgrid: index === 0 };
    const yaxis = { domain, range, fixedrange: true, showline: false, ...ruler };
    return [index === 0 ? 'yaxis' : `yaxis${index + 1}`, yaxis] as const;
  });
  const { shapes, annotations } = marks(at, markColour, look, position);
  const labels = strips.map(({ label }) => label);
  const titles = strips.length > 1 ? labelsAbove(at, labels, look, { narrow: STRIP_UNITS, wide: STRIP_UNITS }) : [];
  const unit = {
    ...note(look.gate(countText(at, countTitle)), look),
    bgcolor: look.surface,
    x: 1,
    xanchor: 'right',
    y: 1 - (rows.middle - rows.size / 2) / plot,
    yanchor: 'bottom',
  };
  const axis = { ...valueAxis(at.domain.map(position), look), ...(dates ? { type: 'date' } : {}) };
  const xaxis = { ...axis, anchor: strips.length > 1 ? `y${strips.length}` : 'y' };
  const notes = [...annotations, ...titles, unit, axisTitle(title, look)];
  return { data, layout: { margin: margin(at), xaxis, ...Object.fromEntries(axes), shapes, annotations: notes } };
}
