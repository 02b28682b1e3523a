import type { SeriesChart } from '../model/chart.ts';
import { ACCENT, lineColour, seriesColour } from './palette.ts';

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
export function drawnLines(chart: SeriesChart): DrawnLine[] {
  const { series, seconds, stacked } = chart;
  const colours = lineColours(chart);
  const colourOf = (index: number) => colours[index] ?? ACCENT;
  if (!stacked) return series.map((line, index) => ({ ...line, colour: colourOf(index), own: line.values }));
  const known = seconds.map((_, i) => series.some(({ values }) => (values[i] ?? null) !== null));
  let top: Values = known.map((some) => (some ? 0 : null));
  return series.map(({ label, values }, index) => {
    const low = top;
    top = low.map((below, i) => (below === null ? null : below + (values[i] ?? 0)));
    return { label, colour: colourOf(index), values: top, low, high: top, own: values };
  });
}

/** Of each line, in order. */
export function lineColours({ series, stacked }: SeriesChart): string[] {
  return series.map((_, index) => (stacked ? seriesColour(index) : lineColour(index)));
}

/** Values in a row so few that their line would hardly be seen. */
const FEW = 3;

/** Whether each value has so few neighbours that it is a dot. */
export function dotted(values: Values): boolean[] {
  const dots: boolean[] = [];
  for (let from = 0, to = 0; from < values.length; from = to + 1) {
    to = from;
    while (to < values.length && (values[to] ?? null) !== null) to++;
    for (let i = from; i < to; i++) dots[i] = to - from <= FEW;
    if (to < values.length) dots[to] = false;
  }
  return dots;
}
