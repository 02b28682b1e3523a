import type { PointsChart, SeriesChart } from '../../model/chart.ts';
import { type Column, columnsOf } from '../columns.ts';
import { titleWithUnit } from '../numbers.ts';
import { BAND_OPACITY, lineColour, STACK_OPACITY, STANDS_OUT } from '../palette.ts';
import { drawnLines } from '../stacked.ts';
import type { Canvas } from './canvas.ts';
import { valueScale } from './canvas.ts';
import { decimal } from './pen.ts';
import { stretched, timePlot, valueLines, valuePx } from './time-plot.ts';

/** Columns of a drawing, for one line; several share twice as many. */
const COLUMNS = 90;
/** So many that no two points share one. */
const OWN_COLUMNS = 1e5;
/** Places of points side by side, two at one place are drawn once; fewer until there are no more points than these. */
const PLACES = 150;
const MOST_POINTS = 420;

export function series(chart: SeriesChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const count = Math.min(COLUMNS, Math.max(24, Math.floor((2 * COLUMNS) / chart.series.length)));
  const scale = valueScale(canvas);
  const x = ({ at }: Column) => Math.round(scale(at) * 1000);
  const y = (value: number) => String(Math.round(valuePx(canvas, value) * 10) / 10);
  // Few points stand where they are, each in a column of its own.
  const columns = chart.seconds.length <= 2 * count ? OWN_COLUMNS : count;
  const runs = (values: readonly (number | null)[]) => columnsOf(chart.seconds, values, frame.domain, columns);
  const apart = 250 / columns;
  const opacity = chart.stacked ? STACK_OPACITY : BAND_OPACITY;
  const drawn = drawnLines(chart).map(({ colour, values, low, high }) => {
    const lines = runs(values).map((run) =>
      path(
        run.flatMap((column) =>
          low ? [`${x(column)} ${y(column.mean)}`] : both(x(column), apart, y(column.low), y(column.high), column.rises),
        ),
      ),
    );
    // Parts that stand on each other share their edge.
    const edge = (column: Column, end: 'low' | 'high') => `${x(column)} ${y(chart.stacked ? column.mean : column[end])}`;
    const tops = high ? runs(high) : [];
    const bands = (low ? runs(low) : []).map((run, at) => {
      const back = (tops[at] ?? []).toReversed().map((column) => edge(column, 'high'));
      return `${path([...run.map((column) => edge(column, 'low')), ...back])}z`;
    });
    const band = bands.length > 0 ? pen.el('path', { fill: colour, 'fill-opacity': opacity, d: bands.join('') }) : '';
    return band + pen.el('path', { class: 'c-stroke', stroke: colour, d: lines.join('') });
  });
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  return timePlot(chart, canvas, title, valueLines(canvas, chart.unit) + inPlot(canvas, drawn));
}

/** A line that is no mean goes to both ends of a column, in their order, each `apart` from its middle: nothing short is lost, and nothing is a step. */
function both(x: number, apart: number, low: string, high: string, rises: boolean): string[] {
  if (low === high) return [`${x} ${low}`];
  const [first, last] = rises ? [low, high] : [high, low];
  return [`${Math.round(x - apart)} ${first}`, `${Math.round(x + apart)} ${last}`];
}

function path([first = '', ...rest]: readonly string[]): string {
  // A single point has a length as well, so that it is seen.
  return rest.length === 0 ? `M${first}h2` : `M${first}L${rest.join(' ')}`;
}

export function points(chart: PointsChart, canvas: Canvas): string {
  const { pen } = canvas;
  const dots = (colour: string, width: number, places: readonly string[]) => {
    const d = `M${places.join('h0M')}h0`;
    return places.length === 0 ? '' : pen.el('path', { class: 'c-dots', stroke: colour, 'stroke-width': width, d });
  };
  let places = PLACES;
  let groups = placed(chart, canvas, places);
  while (places > 8 && groups.flatMap(({ usual, marked }) => [...usual, ...marked]).length > MOST_POINTS) {
    places /= 1.5;
    groups = placed(chart, canvas, places);
  }
  // What stands out is drawn last, over all groups.
  const drawn = [
    ...groups.map(({ usual }, index) => dots(lineColour(index), 3, usual)),
    ...groups.map(({ marked }) => dots(STANDS_OUT, 6, marked)),
  ];
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  return timePlot(chart, canvas, title, valueLines(canvas, chart.unit) + inPlot(canvas, drawn));
}

/** Where the points of each group stand, one for each of `places` by `places / 3` cells of the plot. */
function placed({ groups }: PointsChart, canvas: Canvas, places: number): { usual: string[]; marked: string[] }[] {
  const scale = valueScale(canvas);
  const { plot } = canvas.frame;
  return groups.map(({ seconds, values, flagged }) => {
    const standing = new Set(flagged);
    const usual = new Map<string, string>();
    const marked = new Map<string, string>();
    seconds.forEach((second, point) => {
      const [x, y] = [scale(second), valuePx(canvas, values[point] ?? 0)];
      if (x < 0 || x > 1) return;
      const place = `${Math.round(x * places)} ${Math.round(((y / plot) * places) / 3)}`;
      (standing.has(point) ? marked : usual).set(place, `${Math.round(x * 1000)} ${Math.round(y)}`);
    });
    return { usual: [...usual.values()], marked: [...marked.values()] };
  });
}

function inPlot(canvas: Canvas, drawn: readonly string[]): string {
  const { plot, ribbon } = canvas.frame;
  // Values beyond the axis are cut off; a line at its end is still whole.
  const [top, height] = [ribbon - 2, plot - ribbon + 3];
  return stretched(canvas, top, height, `0 ${top} 1000 ${decimal(height)}`, ...drawn);
}
