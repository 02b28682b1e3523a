import {
  headroomsOf,
  invocationsPerInstance,
  RESOURCES,
  type Resource,
  utilizationOf,
} from '../../measures/endpoint-utilization.ts';
import type { Points } from '../../measures/metric-series.ts';
import { byTraffic, meanUtilization, perMinute, type VariantTraffic, variantsOf } from '../../measures/variant-numbers.ts';
import type { Block, Cell, ChartBlock, TableBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { column, info, table } from '../section.ts';
import { type LineDrawing, lineChart } from './line-chart.ts';
import { reduction } from './reduction.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { isThere, ofRule, RESOURCE_NAMES, resourceId, withoutEmpty } from './shown.ts';
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
    ...utilization(context, variants, resources),
    ...perInstance(context, variants),
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

/** Those that are drawn, each in the same colour in all charts of the section, and what the titles say of them. */
function drawnVariants(all: readonly VariantTraffic[]): { readonly variants: readonly VariantTraffic[]; readonly by: string } {
  if (all.length <= MOST_LINES) return { variants: all, by: all.length > 1 ? ' by variant' : '' };
  return { variants: byTraffic(all).slice(0, MOST_LINES), by: ` by variant, the ${MOST_LINES} with the most traffic` };
}

/** A line for each variant; a single one is called what is drawn. */
function byVariant(
  context: MonitoredContext,
  all: readonly VariantTraffic[],
  { title, pointsOf, ...drawing }: VariantDrawing,
): ChartBlock[] {
  const { variants, by } = drawnVariants(all);
  return lineChart(context, {
    ...drawing,
    title: `${title}${by}`,
    nodes: variants.map(({ name }) => name),
    lines: variants.map((one) => ({ label: all.length > 1 ? one.name : title, points: pointsOf(one) })),
  });
}

interface VariantDrawing extends Omit<LineDrawing, 'lines' | 'nodes'> {
  readonly pointsOf: (variant: VariantTraffic) => Points | undefined;
}

function invocations(context: MonitoredContext, all: readonly VariantTraffic[]): ChartBlock[] {
  return byVariant(context, all, {
    id: 'invocations',
    title: 'Invocations',
    valueTitle: 'Invocations a minute',
    unit: '',
    rules: ['IdleEndpoint', 'UnevenVariants'],
    pointsOf: (one) => one.invocations && perMinute(one.invocations),
  });
}

function perInstance(context: MonitoredContext, all: readonly VariantTraffic[]): ChartBlock[] {
  return byVariant(context, all, {
    id: 'invocations-per-instance',
    title: 'Invocations per instance',
    valueTitle: 'Invocations a minute and instance',
    unit: '',
    rules: ['UnevenVariants'],
    pointsOf: (one) => perMinuteOf(invocationsPerInstance(context.monitored, one.name)),
  });
}

function perMinuteOf(points: Points | undefined): Points | undefined {
  return points && perMinute(points);
}

/** Below traffic, and as wide: one looks straight down from a peak. Several variants share a chart for each resource, a single one has all in one. */
function utilization(context: MonitoredContext, all: readonly VariantTraffic[], resources: readonly Resource[]): Block[] {
  const { monitored } = context;
  const common = { unit: '%', range: [0, 100], rules: ['IdleEndpoint', 'InsufficientMemory'] } as const;
  const [only] = all;
  const whole =
    all.length === 1 && only
      ? lineChart(context, {
          ...common,
          id: 'utilization',
          title: 'Utilization, mean of its instances',
          valueTitle: 'Utilization',
          nodes: [only.name],
          lines: resources.map((resource) => ({
            label: RESOURCE_NAMES[resource],
            points: meanUtilization(monitored, only.name, resource),
          })),
        })
      : resources.flatMap((resource) =>
          byVariant(context, all, {
            ...common,
            id: `utilization-by-variant-${resourceId(resource)}`,
            title: `${RESOURCE_NAMES[resource]} utilization, mean of instances,`,
            valueTitle: `${RESOURCE_NAMES[resource]} utilization`,
            pointsOf: ({ name }) => meanUtilization(monitored, name, resource),
          }),
        );
  return [...whole, ...variantPanels(context, 'utilization-variant', byTraffic(all), (one, suffix) => raw(context, one, suffix))];
}

/** Where nobody knows how many cores or GPUs there are, as CloudWatch has it. */
function raw(context: MonitoredContext, one: VariantTraffic, suffix: string): ChartBlock[] {
  return RESOURCES.flatMap((resource) => {
    const [found] = utilizationOf(context.monitored, one.name, resource);
    if (found === undefined || found.isNormalised || found.instance !== undefined) return [];
    return lineChart(context, {
      unit: '%',
      nodes: [one.name],
      id: `utilization-${resourceId(resource)}${suffix}`,
      title: `${RESOURCE_NAMES[resource]} utilization`,
      valueTitle: '100 for each core or GPU',
      lines: [{ label: RESOURCE_NAMES[resource], points: found.points }],
    });
  });
}

function headrooms(
  { monitored }: MonitoredContext,
  variants: readonly VariantTraffic[],
): (TableBlock | ReturnType<typeof info>)[] {
  const rows = variants.flatMap(({ name }) => {
    const all = headroomsOf(monitored, name);
    // What is nearest to full, and, where that is memory or disk, what limits the traffic.
    return [...new Set([all[0], all.find(({ traffic }) => traffic)])].filter(isThere).map((room): (Cell | undefined)[] => {
      const { resource, instance, utilization, traffic } = room;
      const perInstance = traffic && 60 * traffic.perInstanceSecond;
      return [
        visibleName(name),
        RESOURCE_NAMES[resource],
        visibleName(instance ?? ''),
        utilization,
        Math.max(0, 100 - utilization),
        perInstance,
        traffic && perInstance && perInstance * traffic.factor,
      ];
    });
  });
  if (rows.length === 0) return [];
  const columns = [
    ...['Variant', 'Limited by', 'Instance'].map(column.text),
    ...['In use at most', 'Headroom'].map(column.percent),
    { ...column.count('Invocations then'), unit: '1/min' },
    { ...column.count('Room for about'), unit: '1/min' },
  ];
  return [
    table('headroom', 'Headroom of one instance', ...withoutEmpty(columns, rows)),
    info(
      'Utilization is shown here as a share of all cores or GPUs of an instance, so that 100 % is full; where the instance type does not tell how many there are, they are shown as CloudWatch has them. What there is room for is an estimate from CPU and GPU, which are taken to grow as traffic does; memory and disk hardly follow it, and are told by their highest value.',
    ),
  ];
}
