import { type ScaleLinear, scaleLinear, tickFormat } from 'd3-scale';
import type { Frame } from '../frame.ts';
import { GUTTER_GAP_PX, LANE_PX, ROW_UNITS } from '../frame.ts';
import { shorten, UNIT_PX } from '../labels.ts';
import type { Pen } from './pen.ts';
import { share } from './pen.ts';

/** Longest label in units, on a phone and on a wide screen. */
type Lengths = { readonly narrow: number; readonly wide: number };

type LabelAttributes = Readonly<Record<string, string | number>>;

/** What a chart is drawn with. Horizontal positions are fractions of the plot, or px from its left end; vertical ones px. */
export interface Canvas {
  readonly pen: Pen;
  readonly frame: Frame;
  /** Narrowest width the drawing must be readable at, px. */
  readonly width: number;
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Value to fraction of the plot. */
export function valueScale({ frame }: Canvas): ScaleLinear<number, number> {
  return scaleLinear().domain(frame.domain).range([0, 1]);
}

export function valueTicks(scale: ScaleLinear<number, number>): Tick[] {
  const [low = 0, high = 1] = scale.domain();
  const size = Math.max(Math.abs(low), Math.abs(high));
  const format = size >= 1e6 ? '~s' : size < 0.01 ? '~g' : undefined;
  const write = tickFormat(low, high, 5, format);
  return scale.ticks(5).map((value) => ({ value, label: write(value) }));
}

/** Writes numbers up to `largest` by a specifier of `valueFormat`; SI prefixes are those of the largest. */
export function writer(specifier: string, largest: number): (value: number) => string {
  return tickFormat(0, largest, 1, specifier);
}

/** The plot area below the marks: its own coordinate system. */
export function plot({ pen, frame }: Canvas, ...children: string[]): string {
  const size = { y: frame.top, width: '100%', height: frame.plot };
  return pen.el('svg', { class: 'c-plot', overflow: 'visible', ...size }, ...children);
}

/** Grid lines, tick labels and the title of the value axis; inside `plot`. */
export function valueAxis(
  { pen, frame }: Canvas,
  ticks: readonly Tick[],
  scale: (value: number) => number,
  title: string,
): string {
  const lines = ticks.map(({ value }) => {
    const x = share(scale(value));
    return pen.el('line', { class: 'c-grid', x1: x, x2: x, y1: 0, y2: frame.plot });
  });
  const labels = ticks.map(({ value, label }) => {
    const at = scale(value);
    const anchor = at < 0.01 ? 'start' : at > 0.99 ? 'end' : 'middle';
    return pen.el('text', { class: 'c-tick', x: share(at), y: frame.plot + 16, 'text-anchor': anchor }, pen.text(label));
  });
  const base = pen.el('line', { class: 'c-base', x1: 0, x2: '100%', y1: frame.plot, y2: frame.plot });
  return lines.join('') + base + labels.join('') + axisTitle(pen, title, frame.plot + 34);
}

function axisTitle(pen: Pen, title: string, y: number): string {
  return pen.el('text', { class: 'c-title', x: '100%', y, 'text-anchor': 'end' }, pen.text(title));
}

/** Lines across all rows with their labels above; inside `plot`. */
export function marks({ pen, frame }: Canvas, scale: (value: number) => number, kind = 'c-mark'): string {
  const lines = frame.marks.map(({ value, lane }) => {
    const x = share(scale(value));
    return pen.el('line', { class: kind, x1: x, x2: x, y1: -14 - lane * LANE_PX, y2: frame.plot });
  });
  const labels = frame.marks.map(({ label, value, lane, leftwards }) => {
    const place = { x: share(scale(value)), dx: leftwards ? -5 : 5, y: -4 - lane * LANE_PX };
    return pen.el('text', { class: 'c-note', ...place, 'text-anchor': leftwards ? 'end' : 'start' }, pen.text(label));
  });
  return lines.join('') + labels.join('');
}

/** Label of row `index`: left of it, or above it and at most `most` units long, with a longer form for wide screens. */
export function rowLabel(canvas: Canvas, index: number, text: string, most = ROW_UNITS): string {
  const { pen, frame } = canvas;
  const top = frame.top + index * frame.rows.pitch;
  if (frame.rows.beside) {
    const at = { class: 'c-label', x: -8, y: top + frame.rows.middle + 4 };
    return label(
      pen,
      { ...at, 'text-anchor': 'end' },
      text,
      equally(Math.floor((frame.rows.gutter - GUTTER_GAP_PX + 1) / UNIT_PX)),
    );
  }
  return label(pen, { class: 'c-label', x: -frame.rows.gutter, y: top + 14 }, text, most);
}

/** The same length on any screen. */
export function equally(most: number): Lengths {
  return { narrow: most, wide: most };
}

/** A label shortened in the drawing, whole as its title. Where a wide screen has room for more, it has a second form, shown there. */
export function label(pen: Pen, attributes: LabelAttributes, text: string, { narrow, wide }: Lengths): string {
  const short = shorten(text, narrow);
  if (short === text) return pen.el('text', attributes, pen.text(text));
  const whole = pen.el('title', {}, pen.text(text));
  const drawn = (form: string, shown: string) =>
    pen.el('text', { ...attributes, class: `${attributes.class}${form}` }, whole, pen.text(shown));
  const long = shorten(text, wide);
  return short === long ? drawn('', short) : drawn(' c-narrow', short) + drawn(' c-wide', long);
}

/** Line above the plot that says how to read it, `after` px from the left. */
export function key({ pen, frame }: Canvas, text: string, after = 0): string {
  return pen.el('text', { class: 'c-note', x: after - frame.rows.gutter, y: 12 }, pen.text(text));
}
