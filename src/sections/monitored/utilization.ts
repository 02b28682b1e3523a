import type { RESOURCES, Resource } from '../../measures/endpoint-utilization.ts';
import { instanceCounts } from '../../measures/instance-types.ts';
import { findSeries, largest, scaled } from '../../measures/metric-series.ts';
import { meanOf } from '../../measures/variant-numbers.ts';
import type { MetricSeries, Monitored } from '../../model/monitored.ts';
import { byNumber, count, visibleName } from '../../model/text.ts';
import { column, info, table } from '../section.ts';
import { hostCharts } from './host-charts.ts';
import { reduction } from './reduction.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { RESOURCE_NAMES, resourceId, withoutEmpty } from './shown.ts';

/** Rules whose issues are shaded in the chart of a resource. */
const RULES: Readonly<Record<Resource, readonly string[]>> = {
  GPUUtilization: ['LowGPUUtilization', 'CPUBottleneck', 'LoadBalancing'],
  GPUMemoryUtilization: ['GPUMemoryIncrease', 'BatchSize'],
  CPUUtilization: ['CPUBottleneck', 'BatchSize'],
  MemoryUtilization: ['FailedJob', 'HostMemory'],
  DiskUtilization: ['IOBottleneck', 'HostMemory'],
};

/** GPUs first: they are what is paid for. */
const ORDER = [
  'GPUUtilization',
  'GPUMemoryUtilization',
  'CPUUtilization',
  'MemoryUtilization',
  'DiskUtilization',
] as const satisfies (typeof RESOURCES)[number][];

/** What the hosts of a job did over its time, its phases marked. */
export const utilization: MonitoredSectionMaker = (context) => {
  const { monitored } = context;
  if (monitored.subject.kind === 'endpoint') return undefined;
  const resources = ORDER.map((resource) => ({
    resource,
    hosts: hostsOf(monitored, resource),
    full: fullOf(monitored, resource),
  }));
  const rows = resources.flatMap(({ resource, hosts, full }) =>
    hosts.map(({ label, series }) => {
      const [mean, highest] = [meanOf(series), largest(series)];
      const shares =
        full === undefined || mean === undefined || highest === undefined ? [] : [(100 * mean) / full, (100 * highest) / full];
      return [visibleName(label), RESOURCE_NAMES[resource], mean, highest, shares[0], shares[1]] as const;
    }),
  );
  if (rows.length === 0) return undefined;
  const charts = resources.flatMap(({ resource, hosts, full }) => {
    const name = RESOURCE_NAMES[resource];
    return hostCharts(context, {
      id: resourceId(resource),
      suffix: '',
      title: `${name} utilization`,
      each: `${name} utilization of each host`,
      valueTitle:
        full === undefined
          ? `${name}, 100 for each`
          : full > 100
            ? `Of all ${count(full / 100)} ${resource === 'CPUUtilization' ? 'cores' : 'GPUs'}`
            : `${name} used`,
      what: 'Host',
      hosts: hosts.map(({ label, series }) => ({ label, points: full === undefined ? series : scaled(series, 100 / full) })),
      ...(full === undefined ? {} : { range: [0, 100] as const }),
      rules: RULES[resource],
      nodes: hosts.map(({ label }) => label),
    });
  });
  const columns = [
    ...['Host', 'Resource'].map(column.text),
    ...['Mean', 'Highest'].map(column.percent),
    column.share('Mean of all'),
    column.percent('Highest of all'),
  ];
  return {
    id: 'utilization',
    title: 'Utilization of the hosts',
    blocks: [
      ...charts,
      table('hosts-table', 'Hosts', ...withoutEmpty(columns, rows)),
      info(
        'Mean and highest are CloudWatch’s, where CPU and GPU go to 100 % for each core or GPU; charts and the other two columns show them as shares of all cores or GPUs where the instance type tells how many there are. Each value is the mean of a period: shorter peaks do not show.',
      ),
      ...reduction(monitored),
    ],
  };
};

/** What 100 percent of all cores or GPUs together come to in CloudWatch's percent; undefined where the instance type does not tell. */
function fullOf({ subject }: Monitored, resource: Resource): number | undefined {
  const { cores, gpus } = instanceCounts(subject.instanceType);
  const each = resource === 'CPUUtilization' ? cores : resource.startsWith('GPU') ? gpus : 1;
  return each === undefined ? undefined : 100 * each;
}

/** Average of each host, Maximum where there is none; `Host` is `<job>/algo-1`. */
function hostsOf(monitored: Monitored, resource: Resource): { label: string; series: MetricSeries }[] {
  const averages = findSeries(monitored, { metric: resource, statistic: 'Average' });
  const found = averages.length > 0 ? averages : findSeries(monitored, { metric: resource, statistic: 'Maximum' });
  const head = `${monitored.subject.name}/`;
  return found
    .map((series) => {
      const host = series.dimensions.Host ?? '';
      return { label: host.startsWith(head) ? host.slice(head.length) : host, series };
    })
    .sort((a, b) => byNumber(a.label, b.label));
}
