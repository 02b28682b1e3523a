import { max } from 'd3-array';
import { scaleUtc } from 'd3-scale';
import { valueFormat } from '../numbers.ts';
import { SPAN_OPACITY } from '../palette.ts';
import { isDate } from '../time.ts';
import { RIBBON_BAR_PX, RIBBON_PX, SQUARE_PX, spanLanes, type TimeChart } from '../time-chart.ts';
import { stepValues } from '../value-steps.ts';
import { type Canvas, key, marks, plot, type Tick, valueAxis, valueScale, valueTicks, writer } from './canvas.ts';
import { decimal } from './pen.ts';

/** Spans closer than this part of the period are one in a static drawing. */
const SPAN_PARTS = 300;
const DAY = 86400;

/**
 * A chart over time around what is drawn in it: `inside` in px from the top of the plot, `before` what stands before the title, in
 * `after` px.
 */
export function timePlot(
  chart: TimeChart,
  canvas: Canvas,
  title: string,
  inside: string,
  { shaded = true, before = '', after = 0 } = {},
): string {
  const { pen, frame } = canvas;
  const scale = valueScale(canvas);
  const { ticks, title: axisTitle } = timeAxis(canvas);
  const lanes = spanLanes(chart, SPAN_PARTS).map(({ colour, spans, label }, index) => {
    const path = (y: number, height: number) =>
      spans.flatMap(({ startSeconds, endSeconds }) => {
        const [from, to] = [startSeconds, endSeconds].map((at) => Math.min(1, Math.max(0, scale(at))) * 1000) as [number, number];
        return to <= from && (from <= 0 || from >= 1000)
          ? []
          : [`M${decimal(from)} ${decimal(y)}h${decimal(Math.max(1.5, to - from))}v${decimal(height)}H${decimal(from)}z`];
      });
    const bar = path(index * RIBBON_PX, RIBBON_BAR_PX).join('');
    const shade = shaded ? path(frame.ribbon, frame.plot - frame.ribbon).join('') : '';
    return (
      pen.el('path', { fill: colour, d: bar }, pen.el('title', {}, pen.text(label))) +
      (shade === '' ? '' : pen.el('path', { fill: colour, 'fill-opacity': SPAN_OPACITY, d: shade }))
    );
  });
  const ribbon = stretched(canvas, 0, frame.plot, `0 0 1000 ${decimal(frame.plot)}`, lanes.join(''));
  const axis = valueAxis(canvas, ticks, scale, axisTitle);
  return (
    before +
    key(canvas, title, after) +
    legend(canvas) +
    plot(canvas, axis, frame.ribbon > 0 ? ribbon : '', inside, marks(canvas, scale))
  );
}

/** A part of the plot whose contents are stretched to its width: paths know no percentages. */
export function stretched({ pen }: Canvas, y: number, height: number, viewBox: string, ...children: string[]): string {
  return pen.el('svg', { y, width: '100%', height, viewBox, preserveAspectRatio: 'none' }, ...children);
}

/** Lines and numbers of the axis of values, below the ribbon. */
export function valueLines(canvas: Canvas, unit: string): string {
  const { pen, frame } = canvas;
  const { domain } = frame.values;
  const largest = max(domain, Math.abs) ?? 0;
  const write = writer(valueFormat(largest, unit), largest);
  return stepValues(frame.values)
    .map((value) => {
      const y = valuePx(canvas, value);
      return (
        pen.el('line', { class: 'c-grid', x1: 0, x2: '100%', y1: y, y2: y }) +
        pen.el('text', { class: 'c-tick', x: -8, y: y + 4, 'text-anchor': 'end' }, pen.text(write(value)))
      );
    })
    .join('');
}

/** Px below the top of the plot. */
export function valuePx({ frame }: Canvas, value: number): number {
  const [low, high] = frame.values.domain;
  return frame.plot - ((value - low) / (high - low)) * (frame.plot - frame.ribbon);
}

function legend({ pen, frame }: Canvas): string {
  return frame.legend
    .map(({ label, short, colour, opacity, x, y }) => {
      const whole = short === label ? '' : pen.el('title', {}, pen.text(label));
      const left = x - frame.rows.gutter;
      return (
        pen.el('rect', {
          fill: colour,
          'fill-opacity': opacity === 1 ? undefined : opacity,
          x: left,
          y: y + 2,
          width: SQUARE_PX,
          height: SQUARE_PX,
          rx: 2,
        }) + pen.el('text', { class: 'c-note', x: left + SQUARE_PX + 5, y: y + 11 }, whole, pen.text(short))
      );
    })
    .join('');
}

/** Moments in UTC, and what the axis is called; seconds that are no moments stay numbers. */
export function timeAxis(canvas: Canvas): { readonly ticks: readonly Tick[]; readonly title: string } {
  const [low, high] = canvas.frame.domain;
  if (!isDate([low, high])) return { ticks: valueTicks(valueScale(canvas)), title: 'time (s)' };
  const ticks = scaleUtc()
    .domain([low * 1000, high * 1000])
    .ticks(4);
  const [from, to] = high - low > 2 * DAY ? [5, 10] : ticks.every((tick) => tick.getTime() % 60000 === 0) ? [11, 16] : [11, 19];
  return {
    ticks: ticks.map((tick) => ({ value: tick.getTime() / 1000, label: tick.toISOString().slice(from, to) })),
    title: `time, UTC, from ${new Date(low * 1000).toISOString().slice(0, 10)}`,
  };
}
