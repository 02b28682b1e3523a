import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter } from 'd3-shape';
import type { HistogramChart, TimelineChart } from '../../model/chart.ts';
import { countText, STRIP_UNITS } from '../frame.ts';
import { titleWithUnit } from '../numbers.ts';
import type { Canvas, Tick } from './canvas.ts';
import { equally, marks, plot, rowLabel, valueAxis, valueScale, valueTicks } from './canvas.ts';
import { decimal } from './pen.ts';
import { timeAxis } from './time-plot.ts';

interface Strip {
  readonly label: string;
  readonly edges: readonly number[];
  readonly values: readonly number[];
}

export function histogram(chart: HistogramChart, canvas: Canvas): string {
  const strips = chart.series.map(({ label, edges, counts }) => ({ label, edges, values: counts }));
  const ticks = valueTicks(valueScale(canvas));
  return draw(canvas, strips, ticks, titleWithUnit(chart.valueTitle, chart.unit), chart.countTitle, 'c-mark c-quantile');
}

export function timeline(chart: TimelineChart, canvas: Canvas): string {
  const strips = chart.series.map(({ label, values }) => ({ label, edges: chart.edgesSeconds, values }));
  const { ticks, title } = timeAxis(canvas);
  return draw(canvas, strips, ticks, title, titleWithUnit(chart.valueTitle, chart.unit));
}

/** Every strip has the same vertical scale: they are there to be compared. */
function draw(
  canvas: Canvas,
  strips: readonly Strip[],
  ticks: readonly Tick[],
  title: string,
  countTitle: string,
  markKind?: string,
): string {
  const { pen, frame } = canvas;
  const { rows } = frame;
  const scale = valueScale(canvas);
  const top = scaleLinear().domain([0, frame.countTop]).range([rows.size, 0]);
  const drawn = strips.map((strip, index) => {
    const foot = index * rows.pitch + rows.middle + rows.size / 2;
    const base = pen.el('line', { class: 'c-base', x1: 0, x2: '100%', y1: foot, y2: foot });
    // A path knows no percentages: it is drawn in a box of 1000 and stretched.
    const box = { x: 0, y: foot - rows.size, width: '100%', height: rows.size, viewBox: `0 0 1000 ${decimal(rows.size)}` };
    const path = pen.el('path', { class: 'c-area', d: outline(strip, (value) => scale(value) * 1000, top) });
    return pen.el('svg', { ...box, preserveAspectRatio: 'none' }, path) + base;
  });
  const labels = strips.length > 1 ? strips.map(({ label }, index) => rowLabel(canvas, index, label, equally(STRIP_UNITS))) : [];
  const axis = valueAxis(canvas, ticks, scale, title);
  // Last, so that its halo cuts a mark that passes behind it.
  const ruler = countRuler(canvas, countText(frame, countTitle));
  return plot(canvas, axis, ...drawn, marks(canvas, scale, markKind), ruler) + labels.join('');
}

/** What the full height of a strip stands for, written at the first. */
function countRuler({ pen, frame: { rows } }: Canvas, text: string): string {
  const y = rows.middle - rows.size / 2;
  const line = pen.el('line', { class: 'c-grid', x1: 0, x2: '100%', y1: y, y2: y });
  return line + pen.el('text', { class: 'c-tick', x: '100%', y: y - 4, 'text-anchor': 'end' }, pen.text(text));
}

function outline({ edges, values }: Strip, x: (value: number) => number, y: (value: number) => number): string {
  const corners = values.flatMap((value, index) => {
    const from = edges[index];
    return from === undefined ? [] : [{ at: from, value }];
  });
  const end = edges[corners.length];
  const last = corners.at(-1);
  if (end !== undefined && last !== undefined) corners.push({ at: end, value: last.value });
  const shape = area<{ at: number; value: number }>()
    .x(({ at }) => x(at))
    .y0(y(0))
    .y1(({ value }) => y(value))
    .curve(curveStepAfter)
    .digits(1);
  return shape(corners) ?? '';
}
