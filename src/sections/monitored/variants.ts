import { headroomOf, invocationsPerInstance, RESOURCES } from '../../measures/endpoint-utilization.ts';
import { type Points, variantSeries } from '../../measures/metric-series.ts';
import {
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
import type { Cell, TableBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { column, table } from '../section.ts';
import { instances } from './instances.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { ofRule, RESOURCE_NAMES, withoutEmpty } from './shown.ts';

type Row = (Cell | undefined)[];

/** Model errors are among these. */
const ERRORS = ['Invocation4XXErrors', 'Invocation5XXErrors'] as const;

/** Variants side by side, then their instances. */
export const variants: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  if (monitored.subject.kind !== 'endpoint') return undefined;
  const all = variantsOf(monitored);
  if (all.length === 0) return undefined;
  const blocks = [trafficTable(monitored, all), speedTable(monitored, all), ...instances(context, all)];
  return ofRule({ id: 'variants', title: 'Variants and instances', blocks }, 'UnevenVariants', results);
};

function trafficTable(monitored: Monitored, all: readonly VariantTraffic[]): TableBlock {
  const requests = all.reduce((sum, { total }) => sum + total, 0);
  const weights = all.reduce((sum, { variant }) => sum + (variant?.weight ?? 0), 0);
  const columns = [
    ...['Variant', 'Instance type'].map(column.text),
    column.count('Instances'),
    column.percent('Weight'),
    column.count('Invocations'),
    column.share('Of all'),
    { ...column.count('Most per instance'), unit: '1/min' },
    { ...column.percent('4XX and 5XX'), digits: 3 },
  ];
  const rows = all.map(({ name, variant, invocations, total }): Row => {
    const perInstance = invocationsPerInstance(monitored, name);
    const failed = ERRORS.flatMap((metric) => errorRates(monitored, name, metric)?.percent ?? []);
    return [
      visibleName(name),
      variant?.isServerless ? 'serverless' : visibleName(variant?.instanceType ?? ''),
      variant?.instanceCount,
      weights > 0 && variant?.weight !== undefined ? (100 * variant.weight) / weights : undefined,
      invocations && total,
      requests > 0 ? (100 * total) / requests : undefined,
      peakOf(perInstance && perMinute(perInstance))?.value,
      failed.length > 0 ? failed.reduce((sum, percent) => sum + percent, 0) : undefined,
    ];
  });
  return table('variants-table', 'Variants: traffic and errors', ...withoutEmpty(columns, rows), false);
}

function speedTable(monitored: Monitored, all: readonly VariantTraffic[]): TableBlock {
  const milliseconds = (points: Points | undefined) => {
    const usual = usualOf(points);
    return usual === undefined ? undefined : usual / 1e3;
  };
  const columns = [
    column.text('Variant'),
    ...['p50', 'p99'].map((statistic) => ({ ...column.seconds(`Latency, ${statistic}`), unit: 'ms', digits: 1 })),
    column.percent('Overhead'),
    ...RESOURCES.map((resource) => column.percent(RESOURCE_NAMES[resource])),
    column.percent('Headroom'),
  ];
  const rows = all.map(({ name }): Row => {
    const room = headroomOf(monitored, name);
    return [
      visibleName(name),
      ...(['p50', 'p99'] as const).map((statistic) => milliseconds(variantSeries(monitored, name, 'ModelLatency', statistic))),
      requestParts(monitored, name).find(({ kind }, _, parts) => kind === 'overhead' && parts.length > 1)?.percent,
      ...RESOURCES.map((resource) => meanOf(meanUtilization(monitored, name, resource))),
      room && Math.max(0, 100 - room.utilization),
    ];
  });
  return table('variants-speed', 'Variants: latency of the model and mean utilization', ...withoutEmpty(columns, rows), false);
}
