import { max } from 'd3-array';
import type { ActivityChart, GridChart } from '../../model/chart.ts';
import {
  afterScale,
  cellsOf,
  LANE_UNITS,
  NAME_PX,
  SCALE_BOX_PX,
  SCALE_SHADES,
  SCALE_START_PX,
  scaleText,
  TIME_LABEL_UNITS,
} from '../cells.ts';
import type { Frame } from '../frame.ts';
import { shorten } from '../labels.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import { accentOver, HEAT_OPACITY } from '../palette.ts';
import type { Json, Look, PlotlyFigure } from '../plotly.ts';
import { HOVER_LABEL, hoverName, note } from './parts.ts';
import { fromTop, lengthOf, positionOf, square, timePlot } from './time-plot.ts';

export function grid(chart: GridChart, at: Frame, look: Look): PlotlyFigure {
  const { pitch } = at.rows;
  const step = Math.ceil(NAME_PX / pitch);
  const names = chart.rows.flatMap((name, row) => {
    if (row % step > 0) return [];
    const place = fromTop(at, -5, at.top + at.ribbon + row * pitch + Math.min(pitch, NAME_PX) / 2);
    return [{ ...note(look.gate(shorten(name, TIME_LABEL_UNITS)), look), ...place, xanchor: 'right' }];
  });
  return cells(chart, at, look, names);
}

export function activity(chart: ActivityChart, at: Frame, look: Look): PlotlyFigure {
  const most = look.wide ? LANE_UNITS.wide : LANE_UNITS.narrow;
  const names = cellsOf(chart).labels.map((name, row) => ({
    ...note(look.gate(shorten(name, most)), look),
    ...fromTop(at, 0, at.top + at.ribbon + row * at.rows.pitch + 6),
    font: { size: 11 },
    // Lines of moments cross the names.
    ...(look.surface === undefined ? {} : { bgcolor: look.surface, borderpad: 0, borderwidth: 0 }),
  }));
  return cells(chart, at, look, names);
}

/** One heatmap; rows are placed in px from the top by their edges, with empty ones between them where there are gaps. */
function cells(chart: GridChart | ActivityChart, at: Frame, look: Look, names: readonly Json[]): PlotlyFigure {
  const { gate } = look;
  const shown = cellsOf(chart);
  const { pitch, middle, size } = at.rows;
  const format = valueFormat(max(shown.domain, Math.abs) ?? 0, shown.unit);
  const middles = shown.labels.map((_, row) => row * pitch + middle);
  const gaps = pitch > size;
  const empty = Array.from({ length: shown.columns }, () => null);
  const rows = shown.values.map((row) => Array.from({ length: shown.columns }, (_, column) => row[column] ?? null));
  const trace = {
    type: 'heatmap',
    z: gaps ? rows.flatMap((row) => [empty, row]) : rows,
    x0: positionOf(at)(shown.startSeconds + shown.stepSeconds / 2),
    dx: lengthOf(at)(shown.stepSeconds),
    y: [0, ...middles.flatMap((y) => (gaps ? [y - size / 2, y + size / 2] : [y + size / 2]))],
    zmin: shown.domain[0],
    zmax: shown.domain[1],
    colorscale: [
      [0, accentOver(HEAT_OPACITY[0])],
      [1, accentOver(HEAT_OPACITY[1])],
    ],
    showscale: false,
    hoverongaps: false,
    hoverlabel: HOVER_LABEL,
    hovertemplate: `%{y}<br>%{x}<br>${gate(shown.valueTitle)} %{z:${format}}${gate(unitSuffix(shown.unit, format))}<extra></extra>`,
  };
  const texts = shown.labels.map((name) => hoverName(name, gate, 1));
  const range = [at.plot - at.ribbon, 0];
  const yaxis = { range, showgrid: false, showticklabels: false, ticks: '', tickvals: middles, ticktext: texts };
  const key = scaleKey(shown.domain, at, look);
  return timePlot(chart, at, look, {
    data: [trace],
    yaxis,
    title: titleWithUnit(shown.valueTitle, shown.unit),
    after: afterScale(shown),
    shaded: false,
    shapes: key.shapes,
    annotations: [...names, ...key.annotations],
  });
}

/** Lowest and highest value with the shades between them. plotly's own bar would take its place from the plot. */
function scaleKey(domain: readonly [number, number], at: Frame, look: Look): { shapes: Json[]; annotations: Json[] } {
  const left = SCALE_START_PX - at.rows.gutter;
  const y = 3;
  const [lowest, highest] = HEAT_OPACITY;
  const shapes = Array.from({ length: SCALE_SHADES }, (_, shade) => ({
    ...square(at, left + shade * SCALE_BOX_PX, y, SCALE_BOX_PX, 9),
    fillcolor: accentOver(Number(scaleText(lowest + ((highest - lowest) * shade) / (SCALE_SHADES - 1)))),
  }));
  const [low, high] = domain.map((value) => scaleText(value));
  const annotations = [
    { ...note(low ?? '', look), ...fromTop(at, left - 3, y + 4.5), xanchor: 'right' },
    { ...note(high ?? '', look), ...fromTop(at, left + SCALE_SHADES * SCALE_BOX_PX + 3, y + 4.5) },
  ];
  return { shapes, annotations };
}
