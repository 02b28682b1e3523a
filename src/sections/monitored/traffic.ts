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
import { column, info, table } from '../section.ts';
import { lineChart } from './line-chart.ts';
import { reduction } from './reduction.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { ofRule, RESOURCE_NAMES, resourceId } from './shown.ts';
import { variantPanels } from './variant-panels.ts';

/** Invocations, and right below them how busy the instances were. */
export const traffic: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  if (monitored.subject.kind !== 'endpoint') return undefined;
  const variants = variantsOf(monitored);
  const known = (resource: Resource) =>
    variants.some(({ name }) => utilizationOf(monitored, name, resource).some(({ isNormalised }) => isNormalised));
  const resources = RESOURCES.filter(known);
  const blocks = [
    ...invocations(context, variants),
    ...variantPanels('utilization-variant', byTraffic(variants), (one, suffix) => utilization(context, one, resources, suffix)),
    ...headrooms(context, variants),
  ];
  if (blocks.length === 0) return undefined;
  return ofRule(
    { id: 'traffic', title: 'Traffic and utilization', blocks: [...blocks, ...reduction(monitored)] },
    'IdleEndpoint',
    results,
  );
};

/** Variants that are lines of one chart: no more than there are colours. */
const MOST_LINES = 5;

function invocations(context: MonitoredContext, all: readonly VariantTraffic[]): ChartBlock[] {
  const several = all.length > 1;
  const cut = all.length > MOST_LINES;
  const variants = cut ? byTraffic(all).slice(0, MOST_LINES) : all;
  const by = cut ? ` by variant, the ${MOST_LINES} with the most` : several ? ' by variant' : '';
  const rate = (points: VariantTraffic['invocations']) => points && perMinute(points);
  return [
    ...lineChart(context, {
      id: 'invocations',
      title: `Invocations${by}`,
      valueTitle: 'Invocations a minute',
      unit: '',
      rules: ['IdleEndpoint', 'UnevenVariants'],
      nodes: variants.map(({ name }) => name),
      lines: variants.map((one) => ({ label: several ? one.name : 'Invocations', points: rate(one.invocations) })),
    }),
    ...lineChart(context, {
      id: 'invocations-per-instance',
      title: `Invocations per instance${by}`,
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
  const common = { unit: '%', nodes: [one.name] };
  const whole = lineChart(context, {
    ...common,
    id: `utilization${suffix}`,
    title: 'Utilization, mean of its instances',
    valueTitle: 'Utilization',
    range: [0, 100],
    rules: ['IdleEndpoint', 'InsufficientMemory'],
    lines: resources.map((resource) => ({
      label: RESOURCE_NAMES[resource],
      points: meanUtilization(context.monitored, one.name, resource),
    })),
  });
  // Where nobody knows how many cores or GPUs there are, as CloudWatch has it.
  const raw = RESOURCES.flatMap((resource) => {
    const [found] = utilizationOf(context.monitored, one.name, resource);
    if (found === undefined || found.isNormalised || found.instance !== undefined) return [];
    return lineChart(context, {
      ...common,
      id: `utilization-${resourceId(resource)}${suffix}`,
      title: `${RESOURCE_NAMES[resource]} utilization`,
      valueTitle: '100 for each core or GPU',
      lines: [{ label: RESOURCE_NAMES[resource], points: found.points }],
    });
  });
  return [...whole, ...raw];
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
    { ...column.count('Invocations then'), unit: '1/min' },
    { ...column.count('Room for about'), unit: '1/min' },
  ];
  return [
    table('headroom', 'Headroom of one instance', columns, rows),
    info(
      'Utilization is shown here as a share of all cores or GPUs of an instance, so that 100 % is full; where the instance type does not tell how many there are, they are shown as CloudWatch has them. What there is room for is an estimate: CPU and GPU are taken to grow as traffic does.',
    ),
  ];
}
