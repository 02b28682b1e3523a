import type { FlameChart } from '../../model/chart.ts';
import { fileColour } from '../flame.ts';
import { FLAME_DEPTH, FLAME_KEY } from '../frame.ts';
import { NARROW_PX, shorten, UNIT_PX } from '../labels.ts';
import { over } from '../palette.ts';
import { type Canvas, key, plot, valueAxis, valueScale, valueTicks } from './canvas.ts';
import { decimal, share } from './pen.ts';
import { stretched } from './time-plot.ts';

/** Frames narrower than this part of all are left out of a static drawing, and beyond so many the narrowest. */
const NARROWEST = 1 / 250;
const MOST_FRAMES = 140;
const MOST_NAMES = 36;
/** Least room for a name, units. */
const LEAST_UNITS = 4;

export function flame(chart: FlameChart, canvas: Canvas): string {
  const { pen, frame } = canvas;
  const { pitch, size } = frame.rows;
  const scale = valueScale(canvas);
  const length = (scale.domain()[1] ?? 1) - (scale.domain()[0] ?? 0);
  const drawn = chart.frames
    .filter(({ depth, widthSeconds }) => depth < FLAME_DEPTH && widthSeconds / length >= NARROWEST)
    .toSorted((a, b) => b.widthSeconds - a.widthSeconds)
    .slice(0, MOST_FRAMES);
  const paths = new Map<string, string>();
  for (const { place, depth, startSeconds, widthSeconds } of drawn) {
    const colour = over(fileColour(place), 0.34);
    // A gap at the right keeps neighbours apart.
    const width = Math.max(1, (widthSeconds / length) * 1000 - 1.5);
    const d = `M${decimal(scale(startSeconds) * 1000)} ${depth * pitch}h${decimal(width)}v${size}h-${decimal(width)}z`;
    paths.set(colour, (paths.get(colour) ?? '') + d);
  }
  const names = drawn.slice(0, MOST_NAMES).map(({ label, depth, startSeconds, widthSeconds }) => {
    const room = Math.floor(((widthSeconds / length) * (NARROW_PX - frame.right - frame.rows.gutter) - 6) / UNIT_PX);
    if (room < LEAST_UNITS) return '';
    const place = { class: 'c-in-frame', x: share(scale(startSeconds)), dx: 4, y: depth * pitch + 13 };
    const short = shorten(label, room);
    const whole = short === label ? [] : [pen.el('title', {}, pen.text(label))];
    return pen.el('text', place, ...whole, pen.text(short));
  });
  const bars = [...paths].map(([fill, d]) => pen.el('path', { fill, d }));
  const box = stretched(canvas, 0, frame.plot, `0 0 1000 ${decimal(frame.plot)}`, ...bars);
  const axis = valueAxis(canvas, valueTicks(scale), scale, 'time (s)');
  return key(canvas, FLAME_KEY) + plot(canvas, axis, box, ...names);
}
