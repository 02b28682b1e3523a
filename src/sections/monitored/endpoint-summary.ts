import { ERROR_METRICS } from '../../measures/endpoint-traffic.ts';
import { headroomOf } from '../../measures/endpoint-utilization.ts';
import { added, largest, total, variantSeries } from '../../measures/metric-series.ts';
import {
  byTraffic,
  errorRates,
  peakOf,
  perMinute,
  requestParts,
  usualOf,
  type VariantTraffic,
  variantsOf,
} from '../../measures/variant-numbers.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { Fact } from '../../model/report.ts';
import { count, list, number, percent, plural, utc, visibleName, visibleText } from '../../model/text.ts';
import { factsBlock, info, text, warning } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { ERRORS, isThere, latency, RESOURCE_NAMES, smallPercent } from './shown.ts';

/** What an endpoint did, in key figures. */
export const endpointSummary: MonitoredSectionMaker = ({ monitored }) => {
  const { subject, series } = monitored;
  if (subject.kind !== 'endpoint') return undefined;
  const variants = byTraffic(variantsOf(monitored));
  const facts = [
    status(monitored),
    traffic(variants),
    errors(monitored, variants),
    ...latencies(monitored, variants),
    overhead(monitored, variants),
    instances(variants),
    headroom(monitored, variants),
  ].filter(isThere);
  return {
    id: 'endpoint-summary',
    title: 'Endpoint summary',
    blocks: [
      factsBlock(facts),
      ...(subject.failureReason === undefined ? [] : [warning(`It failed: ${visibleText(subject.failureReason)}`)]),
      ...(series.length === 0
        ? [info('CloudWatch has no data of this endpoint in this time; data quality tells what was asked for.')]
        : []),
      ...(variants.length > 1
        ? [
            text(
              `Where a figure is of one variant, it is the one with the most traffic, ${visibleName(variants[0]?.name ?? '')}.`,
            ),
          ]
        : []),
    ],
  };
};

function status({ subject: { status, region } }: Monitored): Fact | undefined {
  return status === undefined
    ? undefined
    : { label: 'Status', value: visibleName(status), ...(region ? { detail: visibleName(region) } : {}) };
}

function traffic(variants: readonly VariantTraffic[]): Fact | undefined {
  const all = variants.flatMap(({ invocations }) => invocations ?? []);
  if (all.length === 0) return undefined;
  const sum = added(all);
  const peak = peakOf(perMinute(sum));
  return {
    label: 'Invocations',
    value: count(total(sum)),
    ...(peak ? { detail: `at most ${number(peak.value, 0)} a minute, ${utc(peak.seconds)}` } : {}),
  };
}

function errors(monitored: Monitored, variants: readonly VariantTraffic[]): Fact | undefined {
  const requests = variants.reduce((sum, one) => sum + one.total, 0);
  const kinds = ERROR_METRICS.flatMap((metric) => {
    const counts = variants.flatMap(({ name }) => errorRates(monitored, name, metric)?.count ?? []);
    return counts.length > 0 ? [{ metric, count: counts.reduce((sum, one) => sum + one, 0) }] : [];
  });
  if (kinds.length === 0 || requests === 0) return undefined;
  // Model errors are among the others.
  const failed = kinds.reduce((sum, kind) => sum + (kind.metric === 'InvocationModelErrors' ? 0 : kind.count), 0);
  return {
    label: '4XX and 5XX errors',
    value: smallPercent((100 * failed) / requests),
    detail: kinds.map((kind) => `${count(kind.count)} ${ERRORS[kind.metric]}`).join(', '),
  };
}

function latencies(monitored: Monitored, [first]: readonly VariantTraffic[]): Fact[] {
  return (['p50', 'p99'] as const).flatMap((statistic) => {
    const points = first && variantSeries(monitored, first.name, 'ModelLatency', statistic);
    const highest = points && largest(points);
    if (points === undefined || highest === undefined) return [];
    return [
      {
        label: `Model latency, ${statistic}`,
        value: latency(usualOf(points) ?? 0),
        detail: `half of the periods are below; at most ${latency(highest)}`,
      },
    ];
  });
}

function overhead(monitored: Monitored, [first]: readonly VariantTraffic[]): Fact | undefined {
  const parts = first ? requestParts(monitored, first.name) : [];
  const part = parts.find(({ kind }) => kind === 'overhead');
  if (part === undefined || parts.length < 2) return undefined;
  return { label: 'Overhead', value: percent(part.percent), detail: `of the time of a request, ${latency(part.meanMicros)}` };
}

function instances(variants: readonly VariantTraffic[]): Fact | undefined {
  const told = variants.flatMap(({ variant }) => variant ?? []);
  const counted = told.filter(({ instanceCount }) => instanceCount !== undefined);
  const shapes = told.map(({ name, instanceCount, instanceType, isServerless }) => {
    const shape = isServerless
      ? 'serverless'
      : [instanceCount, instanceType && visibleName(instanceType)].filter(isThere).join(' × ');
    return variants.length > 1 ? `${visibleName(name)} ${shape}` : shape;
  });
  if (told.length === 0) return undefined;
  const sum = counted.reduce((n, { instanceCount = 0 }) => n + instanceCount, 0);
  return {
    label: 'Instances',
    value: counted.length > 0 ? count(sum) : told.every(({ isServerless }) => isServerless) ? 'serverless' : 'not known',
    detail: variants.length > 1 ? `${plural(variants.length, 'variant')}: ${list(shapes)}` : list(shapes),
  };
}

function headroom(monitored: Monitored, variants: readonly VariantTraffic[]): Fact | undefined {
  const all = variants.flatMap(({ name }) => {
    const room = headroomOf(monitored, name);
    return room ? [{ name, ...room }] : [];
  });
  const [least] = all.toSorted((a, b) => b.utilization - a.utilization);
  if (least === undefined) return undefined;
  const of = variants.length > 1 ? ` of ${visibleName(least.name)}` : '';
  return {
    label: 'Headroom',
    value: percent(Math.max(0, 100 - least.utilization)),
    detail: `${RESOURCE_NAMES[least.resource]}${of} at ${percent(least.utilization)} when busiest`,
  };
}
