import { latencyOf } from '../../measures/endpoint-latency.ts';
import { findSeries, type Points, variantSeries } from '../../measures/metric-series.ts';
import { byTraffic, peakOf, usualOf, variantsOf } from '../../measures/variant-numbers.ts';
import type { Statistic } from '../../model/cloudwatch-metrics.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { ChartBlock } from '../../model/report.ts';
import { byNumber, utc, visibleName } from '../../model/text.ts';
import { column, info, table } from '../section.ts';
import { lineChart } from './line-chart.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { latencyUnit, ofRule } from './shown.ts';
import { variantPanels } from './variant-panels.ts';

const METRICS = [
  { metric: 'ModelLatency', id: 'model-latency', title: 'Model latency', short: 'Model' },
  { metric: 'OverheadLatency', id: 'overhead-latency', title: 'Overhead latency', short: 'Overhead' },
] as const;
type LatencyMetric = (typeof METRICS)[number]['metric'];

/** Lines of one chart, so that none repeats a colour. */
const MOST_LINES = 5;

/** Latency of the model and of what SageMaker adds: average and the percentiles there are. */
export const latencies: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  const variants = byTraffic(variantsOf(monitored)).flatMap(({ name }) => {
    const lines = METRICS.map(({ metric }) => linesOf(monitored, name, metric));
    return lines.some((some) => some.length > 0) ? [{ title: visibleName(name), name, lines }] : [];
  });
  if (variants.length === 0) return undefined;
  const rows = variants.flatMap(({ title, lines }) =>
    METRICS.flatMap(({ short }, i) =>
      (lines[i] ?? []).map(({ label, points }) => {
        const peak = peakOf(points);
        return [title, short, label, (usualOf(points) ?? 0) / 1e3, (peak?.value ?? 0) / 1e3, peak && utc(peak.seconds)];
      }),
    ),
  );
  const milliseconds = (label: string) => ({ ...column.seconds(label), unit: 'ms', digits: 1 });
  const columns = [
    ...['Variant', 'Latency', 'Statistic'].map(column.text),
    milliseconds('Median of the periods'),
    milliseconds('Highest'),
    column.text('When'),
  ];
  const hasPercentiles = rows.some((row) => String(row[2]).startsWith('p'));
  const blocks = [
    ...variantPanels(context, 'latency-variant', variants, ({ name }, suffix) =>
      METRICS.flatMap((one) => drawn(context, name, one, suffix)),
    ),
    table('latency-table', 'Latency by statistic', columns, rows),
    ...(hasPercentiles
      ? []
      : [info('There are no percentiles in what was read: they must be asked of CloudWatch one by one, p50, p90, p99.')]),
  ];
  return ofRule({ id: 'latency', title: 'Latency', blocks }, 'LatencyOverTarget', results);
};

function drawn(
  context: MonitoredContext,
  variant: string,
  { metric, id, title }: (typeof METRICS)[number],
  suffix: string,
): ChartBlock[] {
  const lines = linesOf(context.monitored, variant, metric).slice(0, MOST_LINES);
  return lineChart(context, {
    id: `${id}${suffix}`,
    title,
    valueTitle: title,
    ...latencyUnit(lines.map(({ points }) => points)),
    rules: metric === 'ModelLatency' ? ['LatencyOverTarget'] : ['OverheadDominates'],
    nodes: [variant],
    of: 'highest',
    lines,
  });
}

/** Average, then percentiles from the lowest; Maximum where there are none. */
function linesOf(monitored: Monitored, variant: string, metric: LatencyMetric): { label: string; points: Points }[] {
  const dimensions = { VariantName: variant, ContainerName: undefined, Host: undefined };
  const percentiles = [...new Set(findSeries(monitored, { metric, dimensions }).map(({ statistic }) => statistic))]
    .filter((statistic) => statistic.startsWith('p'))
    .sort(byNumber);
  const others: readonly Statistic[] = percentiles.length > 0 ? percentiles : ['Maximum'];
  const average = latencyOf(monitored, variant, metric)?.means;
  return [
    ...(average ? [{ label: 'Average', points: average }] : []),
    ...others.flatMap((statistic) => {
      const points = variantSeries(monitored, variant, metric, statistic);
      return points ? [{ label: statistic, points }] : [];
    }),
  ].filter(({ points }) => points.values.length > 0);
}
