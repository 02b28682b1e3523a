import { ERROR_METRICS } from '../../measures/endpoint-traffic.ts';
import {
  headroomOf,
  invocationsPerInstance,
  RESOURCES,
  type Resource,
  utilizationOf,
} from '../../measures/endpoint-utilization.ts';
import { instanceSeries, largest, type Points, variantSeries } from '../../measures/metric-series.ts';
import {
  byTraffic,
  errorRates,
  meanOf,
  meanUtilization,
  peakOf,
  perMinute,
  requestParts,
  usualOf,
  type VariantTraffic,
  variantsOf,
} from '../../measures/variant-numbers.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { Block, Cell, ChartBlock, TableBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { column, info, panels, table } from '../section.ts';
import { hostCharts } from './host-charts.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { ERRORS, ofRule, RESOURCE_NAMES, resourceId, withoutEmpty } from './shown.ts';

type Row = (Cell | undefined)[];

/** Variants side by side, then their instances. */
export const variants: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  if (monitored.subject.kind !== 'endpoint') return undefined;
  const all = variantsOf(monitored);
  if (all.length === 0) return undefined;
  const blocks = [comparison(monitored, all), ...instances(context, all)];
  return ofRule({ id: 'variants', title: 'Variants and instances', blocks }, 'UnevenVariants', results);
};

function comparison(monitored: Monitored, all: readonly VariantTraffic[]): TableBlock {
  const requests = all.reduce((sum, { total }) => sum + total, 0);
  const weights = all.reduce((sum, { variant }) => sum + (variant?.weight ?? 0), 0);
  const milliseconds = (points: Points | undefined) => {
    const usual = usualOf(points);
    return usual === undefined ? undefined : usual / 1e3;
  };
  const columns = [
    column.text('Variant'),
    column.text('Instance type'),
    column.count('Instances'),
    column.percent('Weight'),
    column.count('Invocations'),
    column.share('Of all'),
    column.count('Most a minute and instance'),
    ...ERROR_METRICS.map((metric) => ({ ...column.percent(ERRORS[metric]), digits: 3 })),
    ...['p50', 'p99'].map((statistic) => ({ ...column.seconds(`Model latency, ${statistic}`), unit: 'ms', digits: 1 })),
    column.percent('Overhead'),
    ...RESOURCES.map((resource) => column.percent(RESOURCE_NAMES[resource])),
    column.percent('Headroom'),
  ];
  const rows = all.map(({ name, variant, total }): Row => {
    const room = headroomOf(monitored, name);
    const perInstance = invocationsPerInstance(monitored, name);
    return [
      visibleName(name),
      variant?.isServerless ? 'serverless' : visibleName(variant?.instanceType ?? ''),
      variant?.instanceCount,
      weights > 0 && variant?.weight !== undefined ? (100 * variant.weight) / weights : undefined,
      total,
      requests > 0 ? (100 * total) / requests : undefined,
      peakOf(perInstance && perMinute(perInstance))?.value,
      ...ERROR_METRICS.map((metric) => errorRates(monitored, name, metric)?.percent),
      ...(['p50', 'p99'] as const).map((statistic) => milliseconds(variantSeries(monitored, name, 'ModelLatency', statistic))),
      requestParts(monitored, name).find(({ kind }, _, parts) => kind === 'overhead' && parts.length > 1)?.percent,
      ...RESOURCES.map((resource) => meanOf(meanUtilization(monitored, name, resource))),
      room && Math.max(0, 100 - room.utilization),
    ];
  });
  return table('variants-table', 'Variants', ...withoutEmpty(columns, rows), false);
}

/** Each instance: over time, and in a table with its values as CloudWatch has them beside shares of all its cores or GPUs. */
function instances(context: MonitoredContext, all: readonly VariantTraffic[]): Block[] {
  const { monitored } = context;
  const rows = all.flatMap(({ name }) =>
    RESOURCES.flatMap((resource) => {
      const shares = utilizationOf(monitored, name, resource);
      return [...instanceSeries(monitored, name, resource, 'Average')].map(([instance, series]): Row => {
        const share = shares.find((one) => one.instance === instance && one.isNormalised)?.points;
        return [
          visibleName(name),
          visibleName(instance),
          resource,
          meanOf(series),
          largest(series),
          meanOf(share),
          share && largest(share),
        ];
      });
    }),
  );
  if (rows.length === 0) return [];
  const columns = [
    ...['Variant', 'Instance', 'Metric'].map(column.text),
    ...['Mean', 'Highest', 'Mean of all cores or GPUs', 'Highest of all cores or GPUs'].map(column.percent),
  ];
  const drawn = byTraffic(all).flatMap(({ name }) => {
    const blocks = (suffix: string) => RESOURCES.flatMap((resource) => charts(context, name, resource, suffix));
    return blocks('').length > 0 ? [{ title: visibleName(name), blocks }] : [];
  });
  return [
    ...panels('instances-variant', 'Variant', drawn, ({ blocks }, suffix) => blocks(suffix)),
    table('instances-table', 'Instances', ...withoutEmpty(columns, rows)),
    info(
      'Mean and highest are CloudWatch’s: the value of an instance is the sum over its containers, primary and supplementary, and CPU and GPU go to 100 % for each core or GPU.',
    ),
  ];
}

/** One resource of all instances of a variant; nothing where there is one instance alone, which is the variant's own chart. */
function charts(context: MonitoredContext, variant: string, resource: Resource, suffix: string): ChartBlock[] {
  const found = utilizationOf(context.monitored, variant, resource);
  const hosts = found.flatMap(({ instance, points }) => (instance === undefined ? [] : [{ label: instance, points }]));
  const isNormalised = found.every((one) => one.isNormalised);
  if (hosts.length < 2 && isNormalised) return [];
  const name = RESOURCE_NAMES[resource];
  return hostCharts(context, {
    id: resourceId(resource),
    suffix,
    title: `${name} of each instance`,
    valueTitle: isNormalised ? `${name} utilization` : `${name} utilization, 100 for each`,
    what: 'Instance',
    hosts,
    ...(isNormalised ? { range: [0, 100] as const } : {}),
    rules: resource === 'MemoryUtilization' || resource === 'GPUMemoryUtilization' ? ['InsufficientMemory'] : [],
    nodes: [variant],
  });
}
