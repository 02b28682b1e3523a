import { RESOURCES, type Resource, utilizationOf } from '../../measures/endpoint-utilization.ts';
import { instanceSeries, largest, variantNames } from '../../measures/metric-series.ts';
import { byTraffic, meanOf, type VariantTraffic } from '../../measures/variant-numbers.ts';
import type { Block, Cell, ChartBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { column, info, table } from '../section.ts';
import { hostCharts } from './host-charts.ts';
import type { MonitoredContext } from './section.ts';
import { RESOURCE_NAMES, resourceId, withoutEmpty } from './shown.ts';
import { variantPanels } from './variant-panels.ts';

/** Each instance: over time, and in a table with its values as CloudWatch has them beside shares of all its cores or GPUs. */
export function instances(context: MonitoredContext, all: readonly VariantTraffic[]): Block[] {
  const { monitored } = context;
  const rows = all.flatMap(({ name }) =>
    RESOURCES.flatMap((resource) => {
      const shares = utilizationOf(monitored, name, resource);
      return [...instanceSeries(monitored, name, resource, 'Average')].map(([instance, series]): (Cell | undefined)[] => {
        const share = shares.find((one) => one.instance === instance && one.isNormalised)?.points;
        return [
          visibleName(name),
          visibleName(instance),
          RESOURCE_NAMES[resource],
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
    ...['Variant', 'Instance', 'Resource'].map(column.text),
    ...['Mean', 'Highest', 'Mean of all', 'Highest of all'].map(column.percent),
  ];
  return [
    ...variantPanels(context, 'instances-variant', byTraffic(all), ({ name }, suffix) =>
      RESOURCES.flatMap((resource) => charts(context, name, resource, suffix)),
    ),
    table('instances-table', 'Instances', ...withoutEmpty(columns, rows)),
    info(
      'Mean and highest are CloudWatch’s: the value of an instance is the sum over its containers, primary and supplementary, and CPU and GPU go to 100 % for each core or GPU. Where the instance type tells how many there are, the last two are shares of all of them.',
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
  const of = variantNames(context.monitored).length > 1 ? ` of ${visibleName(variant)}` : '';
  return hostCharts(context, {
    id: resourceId(resource),
    suffix,
    title: `${name} of the instances${of}`,
    each: `${name} of each instance${of}`,
    valueTitle: isNormalised ? `${name} utilization` : `${name} utilization, 100 for each`,
    what: 'Instance',
    hosts,
    ...(isNormalised ? { range: [0, 100] as const } : {}),
    rules: resource === 'MemoryUtilization' || resource === 'GPUMemoryUtilization' ? ['InsufficientMemory'] : [],
    nodes: [variant],
  });
}
