import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { HeatmapChart } from '../../model/chart.ts';
import { CELL_TEXT_PX, columnStep, HEAT_LABEL_UNITS, STRONG_FRACTION } from '../frame.ts';
import { shorten, UNIT_PX, units } from '../labels.ts';
import { titleWithUnit, valueFormat } from '../numbers.ts';
import { HEAT_OPACITY } from '../palette.ts';
import type { Canvas } from './canvas.ts';
import { plot, rowLabel, writer } from './canvas.ts';
import type { Pen } from './pen.ts';
import { decimal, share } from './pen.ts';

/** Shades of the drawing: one path each, so that a large map stays a small file. */
const SHADES = 12;

export function heatmap(chart: HeatmapChart, canvas: Canvas): string {
  const { pen, frame, width } = canvas;
  const shade = scaleLinear()
    .domain(frame.domain)
    .range([0, SHADES - 1])
    .clamp(true);
  const shadeOf = (value: number) => Math.round(shade(value));
  const cellPx = (width - frame.rows.gutter) / chart.columns.length;
  const labels = chart.rows.map((label, index) => rowLabel(canvas, index, label));
  const numbers = cellPx >= CELL_TEXT_PX ? cellTexts(chart, canvas) : '';
  const grid = { width: '100%', height: frame.plot, viewBox: `0 0 ${chart.columns.length} ${chart.rows.length}` };
  const cells = pen.el('svg', { ...grid, preserveAspectRatio: 'none' }, cellPaths(chart, pen, shadeOf));
  const titles = pen.el(
    'text',
    { class: 'c-title', x: '100%', y: -26, 'text-anchor': 'end' },
    pen.text(`${chart.columnTitle} →`),
  );
  const axis = pen.el('text', { class: 'c-title', x: -frame.rows.gutter, y: 14 }, pen.text(`${chart.rowTitle} ↓`));
  return (
    axis + labels.join('') + plot(canvas, titles, columnLabels(chart, pen, cellPx), cells, numbers) + scaleKey(chart, canvas)
  );
}

/** Cells of one shade as one path; neighbours in a row are joined. */
function cellPaths(chart: HeatmapChart, pen: Pen, shadeOf: (value: number) => number): string {
  const paths = Array.from({ length: SHADES }, () => '');
  chart.rows.forEach((_, row) => {
    const shades = chart.columns.map((__, column) => {
      const value = chart.values[row]?.[column];
      return value === null || value === undefined ? -1 : shadeOf(value);
    });
    for (let from = 0, to = 0; from < shades.length; from = to) {
      const shade = shades[from] ?? -1;
      while (to < shades.length && shades[to] === shade) to++;
      if (shade >= 0) paths[shade] += `M${from} ${row}h${to - from}v1h-${to - from}z`;
    }
  });
  return paths
    .map((d, shade) => (d === '' ? '' : pen.el('path', { class: 'c-cell', 'fill-opacity': opacity(shade), d })))
    .join('');
}

function opacity(shade: number): string {
  const [low, high] = HEAT_OPACITY;
  return decimal(low + ((high - low) * shade) / (SHADES - 1));
}

function cellTexts(chart: HeatmapChart, { pen, frame }: Canvas): string {
  const limit = frame.domain[0] + (frame.domain[1] - frame.domain[0]) * STRONG_FRACTION;
  const all = chart.values.flat().filter((value) => value !== null);
  const largest = max(all, Math.abs) ?? 0;
  const write = writer(valueFormat(largest, chart.unit), largest);
  const texts = chart.values.flatMap((row, y) =>
    row.map((value, x) => {
      if (value === null) return '';
      const at = { x: share((x + 0.5) / chart.columns.length), y: y * frame.rows.pitch + frame.rows.middle + 4 };
      const kind = value >= limit ? 'c-inside' : 'c-in-cell';
      return pen.el('text', { class: kind, ...at, 'text-anchor': 'middle' }, pen.text(write(value)));
    }),
  );
  return texts.join('');
}

/** As many column labels as fit side by side. */
function columnLabels(chart: HeatmapChart, pen: Pen, cellPx: number): string {
  const short = chart.columns.map((label) => shorten(label, HEAT_LABEL_UNITS));
  const step = columnStep(short, cellPx);
  return short
    .map((label, index) => {
      if (index % step > 0) return '';
      const whole = label === chart.columns[index] ? [] : [pen.el('title', {}, pen.text(chart.columns[index] ?? ''))];
      const at = { class: 'c-tick', x: share((index + 0.5) / short.length), y: -8, 'text-anchor': 'middle' };
      return pen.el('text', at, ...whole, pen.text(label));
    })
    .join('');
}

/** Lowest and highest value with the shades between them, and what they are values of. */
function scaleKey(chart: HeatmapChart, { pen, frame }: Canvas): string {
  const [low, high] = frame.domain;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const specifier = valueFormat(largest, chart.unit);
  const write = writer(specifier, largest);
  const [first, last] = [low, high].map(write);
  const left = -frame.rows.gutter;
  const y = frame.top + frame.plot + 14;
  const start = units(first ?? '') * UNIT_PX + 6;
  const boxes = Array.from({ length: SHADES }, (_, shade) =>
    pen.el('rect', { class: 'c-cell', 'fill-opacity': opacity(shade), x: left + start + shade * 9, y, width: 9, height: 9 }),
  );
  const text = { class: 'c-tick', y: y + 9 };
  return (
    pen.el('text', { ...text, x: left }, pen.text(first ?? '')) +
    boxes.join('') +
    pen.el(
      'text',
      { ...text, x: left + start + SHADES * 9 + 6 },
      pen.text(`${last ?? ''}  ${titleWithUnit(chart.valueTitle, chart.unit)}`),
    )
  );
}
