import { scaleLinear } from 'd3-scale';
import type { ActivityChart, GridChart } from '../../model/chart.ts';
import {
  afterScale,
  type Cells,
  cellsOf,
  LANE_UNITS,
  NAME_PX,
  SCALE_BOX_PX,
  SCALE_SHADES,
  SCALE_START_PX,
  scaleText,
  TIME_LABEL_UNITS,
} from '../cells.ts';
import { coarse } from '../columns.ts';
import { titleWithUnit } from '../numbers.ts';
import { HEAT_OPACITY } from '../palette.ts';
import { type Canvas, label, valueScale } from './canvas.ts';
import { decimal } from './pen.ts';
import { stretched, timePlot } from './time-plot.ts';

/** A static drawing has at most so many cells, in so many shades: one path each. */
const MOST = { rows: 26, columns: 48 };

export function grid(chart: GridChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const { pitch } = frame.rows;
  const step = Math.ceil(NAME_PX / pitch);
  const names = chart.rows.flatMap((name, row) => {
    if (row % step > 0) return [];
    const y = frame.top + frame.ribbon + row * pitch + Math.min(pitch, NAME_PX) / 2 + 4;
    const length = { narrow: TIME_LABEL_UNITS, wide: TIME_LABEL_UNITS };
    return label(pen, { class: 'c-tick', x: -6, y, 'text-anchor': 'end' }, name, length);
  });
  return cells(cellsOf(chart), chart, canvas) + names.join('');
}

export function activity(chart: ActivityChart, canvas: Canvas): string {
  const shown = cellsOf(chart);
  const lowered = { ...canvas, frame: { ...canvas.frame, top: canvas.frame.top + canvas.frame.ribbon - 2 } };
  const names = shown.labels.map((name, row) =>
    label(canvas.pen, { class: 'c-lane', x: 0, y: lowered.frame.top + row * canvas.frame.rows.pitch + 12 }, name, LANE_UNITS),
  );
  return cells(shown, chart, canvas) + names.join('');
}

/** Cells of one shade as one path of thick lines, neighbours in a row joined; the box is stretched to the time they cover. */
function cells(shown: Cells, chart: GridChart | ActivityChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const { values, rowsPerCell, columnsPerCell } = coarse(shown.values, shown.columns, {
    ...MOST,
    rows: chart.kind === 'grid' ? MOST.rows : shown.labels.length,
  });
  const shade = scaleLinear()
    .domain(shown.domain)
    .range([0, SCALE_SHADES - 1])
    .clamp(true);
  const size = frame.rows.size + (rowsPerCell - 1) * frame.rows.pitch;
  const paths = Array.from({ length: SCALE_SHADES }, () => '');
  values.forEach((row, index) => {
    const y = frame.rows.middle + index * rowsPerCell * frame.rows.pitch + ((rowsPerCell - 1) * frame.rows.pitch) / 2;
    const shades = row.map((value) => (value === null ? -1 : Math.round(shade(value))));
    const ends = new Map<number, number>();
    for (let from = 0, to = 0; from < shades.length; from = to) {
      const own = shades[from] ?? -1;
      while (to < shades.length && shades[to] === own) to++;
      if (own < 0) continue;
      const before = ends.get(own);
      paths[own] += `${before === undefined ? `M${from} ${decimal(y)}` : `m${from - before} 0`}h${to - from}`;
      ends.set(own, to);
    }
  });
  const drawn = paths.map((d, index) =>
    d === '' ? '' : pen.el('path', { class: 'c-heat', 'stroke-width': size, 'stroke-opacity': opacity(index), d }),
  );
  const height = frame.plot - frame.ribbon;
  const inside = stretched(canvas, frame.ribbon, height, viewBox(shown, columnsPerCell, canvas, height), ...drawn);
  const title = titleWithUnit(shown.valueTitle, shown.unit);
  return timePlot(chart, canvas, title, inside, { shaded: false, before: scaleKey(shown, canvas), after: afterScale(shown) });
}

/** The period in columns from the first one on. */
function viewBox({ startSeconds, stepSeconds }: Cells, columnsPerCell: number, canvas: Canvas, height: number): string {
  const [low, high] = valueScale(canvas).domain();
  const column = stepSeconds * columnsPerCell;
  return [((low ?? 0) - startSeconds) / column, 0, ((high ?? 1) - (low ?? 0)) / column, height].map(decimal).join(' ');
}

function opacity(shade: number): string {
  const [low, high] = HEAT_OPACITY;
  return decimal(low + ((high - low) * shade) / (SCALE_SHADES - 1));
}

/** Lowest and highest value with the shades between them. */
function scaleKey({ domain }: Cells, { pen, frame }: Canvas): string {
  const left = SCALE_START_PX - frame.rows.gutter;
  const y = 3;
  const boxes = Array.from({ length: SCALE_SHADES }, (_, shade) => {
    const x = left + shade * SCALE_BOX_PX;
    return pen.el('rect', { class: 'c-cell', 'fill-opacity': opacity(shade), x, y, width: SCALE_BOX_PX, height: 9 });
  });
  const [low, high] = domain.map(scaleText);
  const end = { class: 'c-tick', x: left + SCALE_SHADES * SCALE_BOX_PX + 5, y: y + 9 };
  return (
    pen.el('text', { class: 'c-tick', x: left - 5, y: y + 9, 'text-anchor': 'end' }, pen.text(low ?? '')) +
    boxes.join('') +
    pen.el('text', end, pen.text(high ?? ''))
  );
}
