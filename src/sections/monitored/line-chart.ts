import { linesOverTime } from '../../measures/lines-over-time.ts';
import { largest, type Points, scaled, total } from '../../measures/metric-series.ts';
import type { ChartBlock } from '../../model/report.ts';
import { list, number, visibleName } from '../../model/text.ts';
import { chart } from '../section.ts';
import type { Framing } from '../time-context.ts';
import type { MonitoredContext } from './section.ts';

export interface Line {
  readonly label: string;
  /** Undefined where there is no such series: the line keeps its place, and so its colour. */
  readonly points: Points | undefined;
}

export interface LineDrawing {
  readonly id: string;
  readonly title: string;
  readonly valueTitle: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** From the values of the lines to the unit. */
  readonly factor?: number;
  /** Parts on top of each other. */
  readonly stacked?: boolean;
  readonly range?: readonly [number, number];
  /** Rules whose issues are shaded, and the variants or hosts that they may be about; of none, those about the whole alone. */
  readonly rules?: readonly string[];
  readonly nodes?: readonly string[];
  /** Where a point stands for several periods it is their mean unless this is `highest`. */
  readonly of?: 'mean' | 'highest';
}

/** Bands of more lines would hide each other. */
const MOST_BANDS = 3;

/** Lines over the time of the report; nothing where none has a point. */
export function lineChart({ frame, monitored }: MonitoredContext, drawing: LineDrawing): ChartBlock[] {
  const { id, title, valueTitle, unit, factor = 1, stacked, range, rules = [], nodes = [], of = 'mean' } = drawing;
  const points = drawing.lines.map(({ points }) => points && scaled(points, factor));
  const known = points.filter((one) => one !== undefined && one.values.length > 0) as Points[];
  if (known.length === 0) return [];
  const { startSeconds, endSeconds } = monitored;
  const drawn = linesOverTime(
    points.map((one) => one ?? nothing(known)),
    [startSeconds, endSeconds],
  );
  const bands = drawn.merged && of === 'mean' && !stacked && known.length <= MOST_BANDS;
  const labels = drawing.lines.map(({ label }) => visibleName(label));
  return [
    chart({
      kind: 'series',
      id,
      title,
      alt: `${[...(nodes.length === 1 ? nodes.map(visibleName) : []), title].join(', ')}: ${list(labels.flatMap((label, i) => told(label, points[i], unit)))}.`,
      valueTitle,
      unit,
      ...(range ? { range } : {}),
      ...(stacked ? { stacked } : {}),
      ...framed(frame, rules, nodes),
      seconds: drawn.seconds,
      series: drawn.lines.map(({ mean, low, high }, i) => ({
        label: labels[i] ?? '',
        values: of === 'highest' ? high : mean,
        ...(bands ? { low, high } : {}),
      })),
    }),
  ];
}

function nothing([like]: readonly Points[]): Points {
  return { periodSeconds: like?.periodSeconds ?? 60, seconds: new Float64Array(), values: new Float64Array() };
}

function told(label: string, points: Points | undefined, unit: string): string[] {
  const highest = points && largest(points);
  if (points === undefined || highest === undefined) return [];
  const shown = (value: number) => `${number(value, Math.abs(value) < 10 ? 2 : 0)}${unit === '' ? '' : ` ${unit}`}`;
  return [`${label} mean ${shown(total(points) / points.values.length)}, at most ${shown(highest)}`];
}

/** Period, marks and spans of a chart about several variants or hosts. */
export function framed(frame: Framing, rules: readonly string[], nodes: readonly string[]): ReturnType<Framing> {
  const all = [...nodes.map((node) => frame(rules, { node })), frame(rules, {})];
  const spans = new Map(
    all.flatMap((one) => one.spans).map((span) => [`${span.startSeconds} ${span.endSeconds} ${span.label}`, span]),
  );
  return { ...frame(rules, {}), spans: [...spans.values()] };
}
