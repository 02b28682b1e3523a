import { linesOverTime } from '../../measures/lines-over-time.ts';
import { largest, type Points, total } from '../../measures/metric-series.ts';
import type { ChartBlock } from '../../model/report.ts';
import { count, list, percent, visibleName } from '../../model/text.ts';
import { chart } from '../section.ts';
import { framed, lineChart } from './line-chart.ts';
import type { MonitoredContext } from './section.ts';

/** As many lines have colours of their own; more hosts are rows of a grid below a mean of all. */
const MOST_LINES = 5;
const MOST_ROWS = 256;

interface HostDrawing {
  /** `cpu`: part of the ids. */
  readonly id: string;
  readonly suffix: string;
  readonly title: string;
  /** Title of a grid with a row for each. */
  readonly each: string;
  readonly valueTitle: string;
  /** What a row is: `Host`, `Instance`. */
  readonly what: string;
  readonly hosts: readonly { readonly label: string; readonly points: Points }[];
  /** Where 100 percent are full; otherwise the data decides. */
  readonly range?: readonly [number, number];
  readonly rules: readonly string[];
  readonly nodes: readonly string[];
}

/** One resource of all hosts over time, percent: a line for each; of many their mean, and all of them in a grid whose rows can be picked. */
export function hostCharts(context: MonitoredContext, drawing: HostDrawing): ChartBlock[] {
  const { id, suffix, title, each, valueTitle, what, rules, nodes } = drawing;
  const hosts = drawing.hosts.filter(({ points }) => points.values.length > 0);
  const range = drawing.range ?? ([0, Math.max(100, ...hosts.map(({ points }) => largest(points) ?? 0))] as const);
  const common = { title, valueTitle, unit: '%', range, rules, nodes };
  if (hosts.length <= MOST_LINES) return lineChart(context, { ...common, id: `time-${id}${suffix}`, lines: hosts });
  const { monitored, frame } = context;
  const { seconds, lines, startSeconds, stepSeconds } = linesOverTime(
    hosts.map(({ points }) => points),
    [monitored.startSeconds, monitored.endSeconds],
  );
  const known = (bin: number, of: 'mean' | 'low' | 'high') => lines.flatMap((line) => line[of][bin] ?? []);
  const overTime = (of: 'mean' | 'low' | 'high', from: (values: number[]) => number) =>
    seconds.map((_, bin) => {
      const values = known(bin, of);
      return values.length === 0 ? null : from(values);
    });
  const shared = framed(frame, rules, nodes);
  const gridId = `hosts-${id}${suffix}`;
  return [
    chart({
      kind: 'series',
      id: `time-${id}${suffix}`,
      title,
      alt: `${title} of ${count(hosts.length)}: ${spread(hosts)}.`,
      valueTitle,
      unit: '%',
      range,
      ...shared,
      seconds,
      series: [
        {
          label: `Mean of ${count(hosts.length)}`,
          values: overTime('mean', (values) => Number((values.reduce((a, b) => a + b, 0) / values.length).toPrecision(5))),
          low: overTime('low', (values) => Math.min(...values)),
          high: overTime('high', (values) => Math.max(...values)),
        },
      ],
      pickFrom: gridId,
    }),
    chart({
      kind: 'grid',
      id: gridId,
      title: each,
      alt: `${each}: ${spread(hosts)}.`,
      rowTitle: what,
      valueTitle,
      unit: '%',
      ...shared,
      rows: hosts.slice(0, MOST_ROWS).map(({ label }) => visibleName(label)),
      startSeconds,
      stepSeconds,
      values: lines.slice(0, MOST_ROWS).map(({ mean }) => mean),
      range,
    }),
  ];
}

/** From the least to the most used. */
function spread(hosts: HostDrawing['hosts']): string {
  const means = hosts
    .map(({ label, points }) => ({ label: visibleName(label), mean: total(points) / points.values.length }))
    .sort((a, b) => a.mean - b.mean);
  const highest = Math.max(...hosts.map(({ points }) => largest(points) ?? 0));
  const ends = [means[0], means.at(-1)].flatMap((one) => (one ? [`${one.label} mean ${percent(one.mean)}`] : []));
  return `${list(ends)}, at most ${percent(highest)}`;
}
