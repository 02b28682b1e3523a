import {
  headroomOf,
  invocationsPerInstance,
  RESOURCES,
  type Resource,
  utilizationOf,
} from '../../measures/endpoint-utilization.ts';
import { byTraffic, meanUtilization, perMinute, type VariantTraffic, variantsOf } from '../../measures/variant-numbers.ts';
import type { ChartBlock, TableBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { column, info, panels, table } from '../section.ts';
import { lineChart } from './line-chart.ts';
import { reduction } from './reduction.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { ofRule, RESOURCE_NAMES } from './shown.ts';

/** Invocations, and right below them how busy the instances were. */
export const traffic: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  if (monitored.subject.kind !== 'endpoint') return undefined;
  const variants = variantsOf(monitored);
  const known = (resource: Resource) => variants.some(({ name }) => utilizationOf(monitored, name, resource).length > 0);
  const resources = RESOURCES.filter(known);
  const blocks = [
    ...invocations(context, variants),
    ...panels(
      'utilization-variant',
      'Variant',
      byTraffic(variants).map((one) => ({ title: visibleName(one.name), one })),
      ({ one }, suffix) => utilization(context, one, resources, suffix),
    ),
    ...headrooms(context, variants),
  ];
  if (blocks.length === 0) return undefined;
  return ofRule(
    { id: 'traffic', title: 'Traffic and utilization', blocks: [...blocks, ...reduction(monitored)] },
    'IdleEndpoint',
    results,
  );
};

function invocations(context: MonitoredContext, variants: readonly VariantTraffic[]): ChartBlock[] {
  const several = variants.length > 1;
  const rate = (points: VariantTraffic['invocations']) => points && perMinute(points);
  return [
    ...lineChart(context, {
      id: 'invocations',
      title: several ? 'Invocations by variant' : 'Invocations',
      valueTitle: 'Invocations a minute',
      unit: '',
      rules: ['IdleEndpoint', 'UnevenVariants'],
      nodes: variants.map(({ name }) => name),
      lines: variants.map((one) => ({ label: several ? one.name : 'Invocations', points: rate(one.invocations) })),
    }),
    ...lineChart(context, {
      id: 'invocations-per-instance',
      title: 'Invocations per instance',
      valueTitle: 'Invocations a minute and instance',
      unit: '',
      rules: ['UnevenVariants'],
      nodes: variants.map(({ name }) => name),
      lines: variants.map((one) => ({
        label: several ? one.name : 'Invocations per instance',
        points: rate(invocationsPerInstance(context.monitored, one.name)),
      })),
    }),
  ];
}

function utilization(
  context: MonitoredContext,
  one: VariantTraffic,
  resources: readonly Resource[],
  suffix: string,
): ChartBlock[] {
  return lineChart(context, {
    id: `utilization${suffix}`,
    title: 'Utilization, mean of its instances',
    valueTitle: 'Utilization',
    unit: '%',
    range: [0, 100],
    rules: ['IdleEndpoint', 'InsufficientMemory'],
    nodes: [one.name],
    lines: resources.map((resource) => ({
      label: RESOURCE_NAMES[resource],
      points: meanUtilization(context.monitored, one.name, resource),
    })),
  });
}

function headrooms(
  { monitored }: MonitoredContext,
  variants: readonly VariantTraffic[],
): (TableBlock | ReturnType<typeof info>)[] {
  const rows = variants.flatMap(({ name }) => {
    const room = headroomOf(monitored, name);
    if (room === undefined) return [];
    const { resource, instance, utilization, perInstanceSecond, factor } = room;
    const perInstance = 60 * perInstanceSecond;
    const left = Math.max(0, 100 - utilization);
    return [
      [
        visibleName(name),
        RESOURCE_NAMES[resource],
        visibleName(instance ?? ''),
        utilization,
        left,
        perInstance,
        perInstance * factor,
      ],
    ];
  });
  if (rows.length === 0) return [];
  const columns = [
    ...['Variant', 'Full first', 'Instance'].map(column.text),
    column.percent('When busiest'),
    column.share('Headroom left'),
    column.count('Invocations then, a minute and instance'),
    column.count('Room for about'),
  ];
  return [
    table('headroom', 'Headroom', columns, rows),
    info(
      'Utilization is shown here as a share of all cores or GPUs of an instance, so that 100 % is full; where the instance type does not tell how many there are, it is left out. What there is room for is an estimate: CPU and GPU are taken to grow as traffic does.',
    ),
  ];
}
