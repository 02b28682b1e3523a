import type { Chart } from '../model/chart.ts';
import { type Frame, frame, isEmpty } from './frame.ts';
import { NARROW_PX } from './labels.ts';
import { chartCss, standaloneCss } from './style.ts';
import type { Canvas } from './svg/canvas.ts';
import { activity, grid } from './svg/cells.ts';
import { flame } from './svg/flame.ts';
import { heatmap } from './svg/heatmap.ts';
import { points, series } from './svg/lines.ts';
import { escapeXml, pen } from './svg/pen.ts';
import { bars, boxes, ranges } from './svg/rows.ts';
import { shares } from './svg/shares.ts';
import { histogram, timeline } from './svg/strips.ts';

export interface SvgOptions {
  /** Narrowest width in px the drawing must be readable at; default 340, a phone. It fills any wider place without scaling its text. */
  readonly width?: number;
  /** Brings its own style, light and dark, and its own size (`width` px): a picture for a data URI. */
  readonly standalone?: boolean;
  /** How text becomes markup; tests switch it off to show what it prevents. */
  readonly escape?: (text: string) => string;
}

/** Around a drawing that stands alone. */
const MARGIN_PX = 12;

/**
 * The chart as static SVG, well-formed XML. Within a page it needs `chartCss` and takes its colours from the page's variables.
 * Its height does not depend on the width it is shown at.
 */
export function chartSvg(
  chart: Chart,
  { width = NARROW_PX, standalone = false, escape: toMarkup = escapeXml }: SvgOptions = {},
): string {
  const inner = standalone ? width - 2 * MARGIN_PX : width;
  const canvas: Canvas = { pen: pen(toMarkup), frame: frame(chart, inner), width: inner };
  const { el } = canvas.pen;
  const { height } = canvas.frame;
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    role: 'img',
    'aria-label': `${chart.title}. ${chart.alt}`,
  };
  const drawing = isEmpty(chart) ? noData(canvas) : draw(chart, canvas);
  const { right, rows } = canvas.frame;
  if (!standalone) {
    const space = { class: `chart-svg c-in-page c-right-${right}`, 'font-size': rows.gutter };
    return el('svg', { ...root, ...space, width: '100%', height }, drawing);
  }
  const place = { x: MARGIN_PX + rows.gutter, y: MARGIN_PX, width: inner - rows.gutter - right, height, overflow: 'visible' };
  return el(
    'svg',
    { ...root, class: 'chart-svg', width, height: height + 2 * MARGIN_PX },
    el('style', {}, standaloneCss + chartCss),
    el('svg', place, drawing),
  );
}

/** Height in px of the drawing within a page, and of its plotly figure. */
export function chartHeight(chart: Chart): Frame['height'] {
  return frame(chart).height;
}

function draw(chart: Chart, canvas: Canvas): string {
  switch (chart.kind) {
    case 'shares':
      return shares(chart, canvas);
    case 'bars':
      return bars(chart, canvas);
    case 'boxes':
      return boxes(chart, canvas);
    case 'ranges':
      return ranges(chart, canvas);
    case 'histogram':
      return histogram(chart, canvas);
    case 'heatmap':
      return heatmap(chart, canvas);
    case 'timeline':
      return timeline(chart, canvas);
    case 'series':
      return series(chart, canvas);
    case 'points':
      return points(chart, canvas);
    case 'grid':
      return grid(chart, canvas);
    case 'activity':
      return activity(chart, canvas);
    case 'flame':
      return flame(chart, canvas);
  }
}

function noData({ pen, frame }: Canvas): string {
  return pen.el('text', { class: 'c-note', x: '50%', y: frame.height / 2 + 4, 'text-anchor': 'middle' }, pen.text('No data'));
}
