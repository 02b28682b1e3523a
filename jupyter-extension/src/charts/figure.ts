import type { Json, PlotlyFigure } from '../../../src/charts/plotly.ts';
import { safeValue } from './safe-value.ts';

/** The traces of src/page/plotly.ts. */
const TRACES: ReadonlySet<string> = new Set(['bar', 'box', 'heatmap', 'scatter']);

/** What one figure may cost: about half a second of drawing. */
const MOST = 500_000;

/** Notes, shapes and controls of a layout: each is laid out by itself, and a thousand take as long as a hundred thousand points. */
const MOST_MARKS = 1000;

const DEFAULT_PX = 450;
const [LEAST_PX, MOST_PX] = [80, 4000];

/** A figure of whomever, fit to be drawn. */
export interface SafeFigure extends PlotlyFigure {
  readonly frames: readonly Json[];
  /** px */
  readonly height: number;
  /** Its background is its own, so that its other colours fit no theme but theirs. */
  readonly hasOwnLook: boolean;
}

/**
 * A figure as it stands in an output, without anything that could load from elsewhere or lead there. Its `config` is left out: what the
 * chart offers is not for the figure to say. Throws an error to stand after `This figure` where it cannot be drawn.
 */
export function readFigure(value: unknown): SafeFigure {
  const { data = [], layout = {}, frames = [] } = isObject(value) ? value : { data: undefined };
  if (!isObject(value) || !isList(data) || !isObject(layout) || !isList(frames)) throw new Error('is none that plotly knows');
  const all = [...data, ...frames.flatMap((frame) => (isList(frame.data) ? frame.data : []))];
  const lacking = all.map(({ type = 'scatter' }) => String(type)).find((type) => !TRACES.has(type));
  if (lacking !== undefined) throw new Error(`needs the plotly trace “${lacking.slice(0, 40)}”`);
  if (isList(layout.images) && layout.images.length > 0) throw new Error('holds pictures');
  const marks = Object.values(layout).filter(isList).flat();
  if (marks.length > MOST_MARKS) throw new Error('is too large');
  const safe = safeValue({ data, layout, frames }, MOST) as { data: Json[]; layout: Json; frames: Json[] } | undefined;
  if (!safe) throw new Error('is too large');
  const { width: _, height, ...rest } = safe.layout;
  const px = Math.min(MOST_PX, Math.max(LEAST_PX, typeof height === 'number' ? height : DEFAULT_PX));
  return {
    data: safe.data,
    // Axes that only a template styles would not follow the theme.
    layout: { xaxis: {}, yaxis: {}, ...rest, height: px },
    frames: safe.frames,
    height: px,
    hasOwnLook: 'paper_bgcolor' in rest || 'plot_bgcolor' in rest,
  };
}

/** Whether any axis lets itself be zoomed. */
export function isZoomable({ layout }: PlotlyFigure): boolean {
  const axes = Object.entries(layout).filter(([name]) => /^[xy]axis\d*$/.test(name));
  return axes.some(([, axis]) => isObject(axis) && axis.fixedrange !== true);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is Json[] {
  return Array.isArray(value) && value.every(isObject);
}
