import { cacheHitsOf } from '../../measures/endpoint-cold-starts.ts';
import { latencyOf } from '../../measures/endpoint-latency.ts';
import { largest, type Points, ratio, scaled, total, variantSeries } from '../../measures/metric-series.ts';
import { byTraffic, peakOf, variantsOf } from '../../measures/variant-numbers.ts';
import type { MetricName } from '../../model/cloudwatch-metrics.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { Block, ChartBlock } from '../../model/report.ts';
import { count, percent, plural, utc, visibleName } from '../../model/text.ts';
import { column, table, text } from '../section.ts';
import { lineChart } from './line-chart.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { latencyUnit, ofRule } from './shown.ts';
import { variantPanels } from './variant-panels.ts';

const TIMES = [
  { metric: 'ModelSetupTime', label: 'Set-up of compute' },
  { metric: 'ModelLoadingWaitTime', label: 'Wait for the model' },
  { metric: 'ModelDownloadingTime', label: 'Downloading' },
  { metric: 'ModelLoadingTime', label: 'Loading' },
  { metric: 'ModelUnloadingTime', label: 'Unloading' },
] as const satisfies readonly { metric: MetricName; label: string }[];

interface Started {
  readonly title: string;
  readonly name: string;
  readonly times: readonly {
    readonly label: string;
    readonly metric: MetricName;
    readonly means: Points;
    readonly meanMicros: number;
  }[];
}

/** Compute set up for a serverless variant, and models loaded into a multi-model one; not there where CloudWatch has none of it. */
export const coldStarts: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  const variants = byTraffic(variantsOf(monitored)).map(({ name }): Started => {
    const times = TIMES.flatMap(({ metric, label }) => {
      const { means, meanMicros } = latencyOf(monitored, name, metric) ?? {};
      return means && meanMicros !== undefined ? [{ label, metric, means, meanMicros }] : [];
    });
    return { title: visibleName(name), name, times };
  });
  const starting = variants.filter(
    ({ name, times }) => times.length > 0 || loadedOf(monitored, name) || cacheHitsOf(monitored, name),
  );
  if (starting.length === 0) return undefined;
  const blocks: Block[] = [
    ...starting.flatMap((one) => cacheText(monitored, one, starting.length > 1)),
    ...variantPanels(context, 'cold-starts-variant', starting, (one, suffix) => drawn(context, one, suffix)),
    ...timeTable(monitored, starting),
  ];
  return ofRule({ id: 'cold-starts', title: 'Cold starts and model loading', blocks }, 'ColdStarts', results);
};

function loadedOf(monitored: Monitored, variant: string): Points | undefined {
  const of = (statistic: 'Maximum' | 'Average' | 'Sum') => variantSeries(monitored, variant, 'LoadedModelCount', statistic);
  return of('Maximum') ?? of('Average') ?? of('Sum');
}

function cacheText(monitored: Monitored, { title, name }: Started, several: boolean) {
  const cache = cacheHitsOf(monitored, name);
  if (cache === undefined) return [];
  const { hits, requests } = cache;
  const of = several ? ` to ${title}` : '';
  return [
    text(`Of ${plural(requests, 'request')}${of} ${count(hits)} (${percent((100 * hits) / requests)}) found their model loaded.`),
  ];
}

function drawn(context: MonitoredContext, { name, times }: Started, suffix: string): ChartBlock[] {
  const { monitored } = context;
  const sum = variantSeries(monitored, name, 'ModelCacheHit', 'Sum');
  const asked = variantSeries(monitored, name, 'ModelCacheHit', 'SampleCount');
  const share = variantSeries(monitored, name, 'ModelCacheHit', 'Average') ?? (sum && asked && ratio(sum, asked));
  const common = { rules: ['ColdStarts'], nodes: [name] };
  return [
    ...lineChart(context, {
      ...common,
      id: `starting-time${suffix}`,
      title: 'Mean time of set-up and loading',
      valueTitle: 'Time',
      of: 'highest',
      ...latencyUnit(times.map(({ means }) => means)),
      lines: times.map(({ label, means }) => ({ label, points: means })),
    }),
    ...lineChart(context, {
      ...common,
      id: `cache-hits${suffix}`,
      title: 'Model cache hits',
      valueTitle: 'Requests whose model was loaded',
      unit: '%',
      range: [0, 100],
      lines: [{ label: 'Cache hits', points: share && scaled(share, 100) }],
    }),
    ...lineChart(context, {
      ...common,
      id: `loaded-models${suffix}`,
      title: 'Loaded models',
      valueTitle: 'Models',
      unit: '',
      lines: [{ label: 'Loaded models', points: loadedOf(monitored, name) }],
    }),
  ];
}

function timeTable(monitored: Monitored, variants: readonly Started[]) {
  const rows = variants.flatMap(({ title, name, times }) =>
    times.map(({ label, metric, means, meanMicros }) => {
      const highest = variantSeries(monitored, name, metric, 'Maximum') ?? means;
      const samples = variantSeries(monitored, name, metric, 'SampleCount');
      const peak = peakOf(highest);
      return [
        title,
        label,
        metric,
        samples && total(samples),
        meanMicros / 1e3,
        (largest(highest) ?? 0) / 1e3,
        peak && utc(peak.seconds),
      ];
    }),
  );
  if (rows.length === 0) return [];
  const columns = [
    ...['Variant', 'What', 'Metric'].map(column.text),
    column.count('Times'),
    ...['Mean', 'Longest'].map((label) => ({ ...column.seconds(label), unit: 'ms', digits: 1 })),
    column.text('When'),
  ];
  return [table('cold-starts-table', 'Set-up and loading', columns, rows)];
}
