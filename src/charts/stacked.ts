import type { SeriesChart } from '../model/chart.ts';
import { lineColour, seriesColour } from './palette.ts';

/** A line as it is drawn. */
export interface DrawnLine {
  readonly label: string;
  /** Of a stacked part the same as in a chart of shares. */
  readonly colour: string;
  readonly values: Values;
  /** The ends of the area around it, or below it where lines are stacked; both or none. */
  readonly low?: Values;
  readonly high?: Values;
  /** What is told of it: of a stacked part its own value. */
  readonly own: Values;
}

type Values = readonly (number | null)[];

/**
 * The lines of a chart as they are drawn. Stacked ones stand on those before them: a part without a value takes no room beside others, a
 * moment without any is a gap.
 */
export function drawnLines({ series, seconds, stacked }: SeriesChart): DrawnLine[] {
  if (!stacked) return series.map((line, index) => ({ ...line, colour: lineColour(index), own: line.values }));
  const known = seconds.map((_, i) => series.some(({ values }) => (values[i] ?? null) !== null));
  let top: Values = known.map((some) => (some ? 0 : null));
  return series.map(({ label, values }, index) => {
    const low = top;
    top = low.map((below, i) => (below === null ? null : below + (values[i] ?? 0)));
    return { label, colour: seriesColour(index), values: top, low, high: top, own: values };
  });
}

/** Whether each value has no neighbour that a line could lead to. */
export function alone(values: Values): boolean[] {
  const missing = (at: number) => (values[at] ?? null) === null;
  return values.map((_, i) => !missing(i) && missing(i - 1) && missing(i + 1));
}
