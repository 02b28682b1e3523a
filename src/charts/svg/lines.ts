import type { PointsChart, SeriesChart } from '../../model/chart.ts';
import { type Column, columnsOf } from '../columns.ts';
import { titleWithUnit } from '../numbers.ts';
import { BAND_OPACITY, lineColour, STANDS_OUT } from '../palette.ts';
import type { Canvas } from './canvas.ts';
import { valueScale } from './canvas.ts';
import { decimal } from './pen.ts';
import { stretched, timePlot, valueLines, valuePx } from './time-plot.ts';

/** Columns of a drawing, for one line; several share twice as many. */
const COLUMNS = 90;
/** Places of points side by side, likewise: two at one place are drawn once. */
const PLACES = 100;

export function series(chart: SeriesChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const count = shared(COLUMNS, chart.series.length);
  const scale = valueScale(canvas);
  const x = ({ at }: Column) => Math.round(scale(at) * 1000);
  const y = (value: number) => String(Math.round(valuePx(canvas, value) * 10) / 10);
  const runs = (values: readonly (number | null)[]) => columnsOf(chart.seconds, values, frame.domain, count);
  const drawn = chart.series.map(({ values, low, high }, index) => {
    const lines = runs(values).map((run) =>
      path(run.flatMap((column) => (low ? [`${x(column)} ${y(column.mean)}`] : both(x(column), y(column.low), y(column.high))))),
    );
    const tops = high ? runs(high) : [];
    const bands = (low ? runs(low) : []).map((run, at) => {
      const back = (tops[at] ?? []).toReversed().map((column) => `${x(column)} ${y(column.high)}`);
      return `${path([...run.map((column) => `${x(column)} ${y(column.low)}`), ...back])}z`;
    });
    const colour = lineColour(index);
    const band = bands.length > 0 ? pen.el('path', { fill: colour, 'fill-opacity': BAND_OPACITY, d: bands.join('') }) : '';
    return band + pen.el('path', { class: 'c-stroke', stroke: colour, d: lines.join('') });
  });
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  return timePlot(chart, canvas, title, valueLines(canvas, chart.unit) + inPlot(canvas, drawn));
}

/** A line that is no mean goes down and up within a column: nothing short is lost. */
function both(x: number, low: string, high: string): string[] {
  return low === high ? [`${x} ${low}`] : [`${x} ${low}`, `${x} ${high}`];
}

function path([first = '', ...rest]: readonly string[]): string {
  // A single point has a length as well, so that it is seen.
  return rest.length === 0 ? `M${first}h2` : `M${first}L${rest.join(' ')}`;
}

export function points(chart: PointsChart, canvas: Canvas): string {
  const { pen } = canvas;
  const scale = valueScale(canvas);
  const dots = (colour: string, width: number, places: ReadonlyMap<string, string>) =>
    places.size === 0
      ? ''
      : pen.el('path', { class: 'c-dots', stroke: colour, 'stroke-width': width, d: `M${[...places.values()].join('h0M')}h0` });
  const places = shared(PLACES, chart.groups.length);
  const groups = chart.groups.map(({ seconds, values, flagged }, index) => {
    const standing = new Set(flagged);
    const usual = new Map<string, string>();
    const marked = new Map<string, string>();
    seconds.forEach((second, point) => {
      const [x, y] = [scale(second), valuePx(canvas, values[point] ?? 0)];
      if (x < 0 || x > 1) return;
      const place = `${Math.round(x * places)} ${Math.round(y / 4)}`;
      (standing.has(point) ? marked : usual).set(place, `${Math.round(x * 1000)} ${decimal(y)}`);
    });
    return [dots(lineColour(index), 3, usual), dots(STANDS_OUT, 6, marked)];
  });
  // What stands out is drawn last, over all groups.
  const drawn = [0, 1].flatMap((layer) => groups.map((group) => group[layer] ?? ''));
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  return timePlot(chart, canvas, title, valueLines(canvas, chart.unit) + inPlot(canvas, drawn));
}

function shared(most: number, among: number): number {
  return Math.min(most, Math.max(24, Math.floor((2 * most) / among)));
}

function inPlot(canvas: Canvas, drawn: readonly string[]): string {
  const { plot } = canvas.frame;
  return stretched(canvas, 0, plot, `0 0 1000 ${decimal(plot)}`, ...drawn);
}
