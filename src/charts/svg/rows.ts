import { max } from 'd3-array';
import type { BarsChart, BoxesChart, RangesChart } from '../../model/chart.ts';
import { BOX_KEY, RANGE_KEY } from '../frame.ts';
import { titleWithUnit, unitSuffix, valueFormat } from '../numbers.ts';
import type { Canvas } from './canvas.ts';
import { key, marks, plot, rowLabel, valueAxis, valueScale, valueTicks, writer } from './canvas.ts';
import { share } from './pen.ts';

/** Bars carry their values, so there is no axis to read them from. */
export function bars(chart: BarsChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const { rows } = frame;
  const scale = valueScale(canvas);
  const largest = max(chart.bars, ({ value }) => Math.abs(value)) ?? 0;
  const specifier = valueFormat(largest, chart.unit);
  const write = writer(specifier, largest);
  const texts = chart.bars.map(({ value }) => write(value) + unitSuffix(chart.unit, specifier));
  const drawn = chart.bars.map(({ value }, index) => {
    const middle = index * rows.pitch + rows.middle;
    const [from, to] = [scale(Math.min(0, value)), scale(Math.max(0, value))];
    const bar = {
      class: 'c-bar',
      x: share(from),
      y: middle - rows.size / 2,
      width: share(to - from),
      height: rows.size,
      rx: 1.5,
    };
    const text = { class: 'c-value', x: share(to), dx: 6, y: middle + 4 };
    return pen.el('rect', bar) + pen.el('text', text, pen.text(texts[index] ?? ''));
  });
  const zero = share(scale(0));
  const base = pen.el('line', { class: 'c-base', x1: zero, x2: zero, y1: 0, y2: frame.plot });
  const labels = chart.bars.map(({ label }, index) => rowLabel(canvas, index, label));
  const title = titleWithUnit(chart.valueTitle, chart.unit);
  const under = pen.el('text', { class: 'c-title', x: zero, y: frame.plot + 18 }, pen.text(title));
  return plot(canvas, ...drawn, base, under) + labels.join('');
}

export function boxes(chart: BoxesChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const { rows } = frame;
  const scale = valueScale(canvas);
  const drawn = chart.boxes.map((box, index) => {
    const y = index * rows.pitch + rows.middle;
    const [top, bottom] = [y - rows.size / 2, y + rows.size / 2];
    const whisker = { class: 'c-line', x1: share(scale(box.lower)), x2: share(scale(box.upper)), y1: y, y2: y };
    const ends = [box.lower, box.upper].map((value) => {
      const x = share(scale(value));
      return pen.el('line', { class: 'c-line', x1: x, x2: x, y1: y - 3, y2: y + 3 });
    });
    const [from, to] = [scale(box.p25), scale(box.p75)];
    const body = { class: 'c-box', x: share(from), y: top, width: share(Math.max(0, to - from)), height: rows.size, rx: 1.5 };
    const median = share(scale(box.p50));
    return (
      pen.el('line', whisker) +
      ends.join('') +
      pen.el('rect', body) +
      pen.el('line', { class: 'c-median', x1: median, x2: median, y1: top, y2: bottom }) +
      pen.el('circle', { class: 'c-dot', cx: share(scale(box.p95)), cy: y, r: 3 })
    );
  });
  return rowsChart(chart, canvas, BOX_KEY, drawn, chart.boxes, scale);
}

export function ranges(chart: RangesChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const { rows } = frame;
  const scale = valueScale(canvas);
  const drawn = chart.rows.map((row, index) => {
    const y = index * rows.pitch + rows.middle;
    const half = rows.size / 3;
    const line = { class: 'c-line', x1: share(scale(row.min)), x2: share(scale(row.max)), y1: y, y2: y };
    const [from, to] = [scale(row.p50), scale(row.p95)];
    const bar = { class: 'c-bar', x: share(from), y: y - half, width: share(Math.max(0, to - from)), height: 2 * half, rx: 1.5 };
    const dot = { class: 'c-dot', cx: share(scale(row.p99)), cy: y, r: 3 };
    return pen.el('line', line) + pen.el('rect', bar) + pen.el('circle', dot);
  });
  return rowsChart(chart, canvas, RANGE_KEY, drawn, chart.rows, scale);
}

function rowsChart(
  chart: BoxesChart | RangesChart,
  canvas: Canvas,
  howToRead: string,
  drawn: readonly string[],
  items: readonly { readonly label: string }[],
  scale: ReturnType<typeof valueScale>,
): string {
  const labels = items.map(({ label }, index) => rowLabel(canvas, index, label));
  const axis = valueAxis(canvas, valueTicks(scale), scale, titleWithUnit(chart.valueTitle, chart.unit));
  return key(canvas, howToRead) + plot(canvas, axis, marks(canvas, scale), ...drawn) + labels.join('');
}
