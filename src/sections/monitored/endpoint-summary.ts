import { ERROR_METRICS } from '../../measures/endpoint-traffic.ts';
import { headroomOf } from '../../measures/endpoint-utilization.ts';
import { added, type Points, total, variantSeries } from '../../measures/metric-series.ts';
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
import { count, duration, list, number, percent, plural, utc, visibleName, visibleText } from '../../model/text.ts';
import { factsBlock, info, warning } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { ERRORS, isThere, latency, RESOURCE_NAMES, smallPercent } from './shown.ts';

/** What callers got; model errors are among them. */
const CALLERS_ERRORS = ['Invocation4XXErrors', 'Invocation5XXErrors'] as const;

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
  // Model errors are among the others, where those are known.
  const callers = kinds.filter(({ metric }) => metric !== 'InvocationModelErrors');
  const failed = (callers.length > 0 ? callers : kinds).reduce((sum, kind) => sum + kind.count, 0);
  const names = callers.map(({ metric }) => ERRORS[metric]).sort();
  const counts = kinds.map((kind) => `${count(kind.count)} ${ERRORS[kind.metric]}`).join(', ');
  const most = variants.length > 1 && failed > 0 ? worstOf(monitored, variants) : undefined;
  return {
    label: names.length > 0 ? `${list(names)} errors` : 'Model errors',
    value: smallPercent((100 * failed) / requests),
    detail: most ? `${counts}; ${smallPercent(most.percent)} in ${visibleName(most.name)}` : counts,
  };
}

/** The variant with the largest share of 4XX and 5XX errors. */
function worstOf(monitored: Monitored, variants: readonly VariantTraffic[]) {
  const shares = variants.map(({ name }) => {
    const rates = CALLERS_ERRORS.map((metric) => errorRates(monitored, name, metric)?.percent ?? 0);
    return { name, percent: rates.reduce((sum, rate) => sum + rate, 0) };
  });
  return shares.toSorted((a, b) => b.percent - a.percent)[0];
}

/** Of the variant with the most traffic, and p99 of the one whose p99 rises highest where that is another. */
function latencies(monitored: Monitored, variants: readonly VariantTraffic[]): Fact[] {
  const [first] = variants;
  const highest = ({ name }: VariantTraffic) => peakOf(variantSeries(monitored, name, 'ModelLatency', 'p99'))?.value ?? 0;
  const worst = variants.toSorted((a, b) => highest(b) - highest(a))[0];
  const told = [
    ...(['p50', 'p99'] as const).map((statistic) => ({ statistic, one: first })),
    ...(worst === first ? [] : [{ statistic: 'p99' as const, one: worst }]),
  ];
  return told.flatMap(({ statistic, one }) => {
    const points = one && variantSeries(monitored, one.name, 'ModelLatency', statistic);
    const peak = peakOf(points);
    if (points === undefined || peak === undefined) return [];
    return [
      {
        label: `Model latency, ${statistic}${ofVariant(one, variants)}`,
        value: latency(usualOf(points) ?? 0),
        detail: `median of ${periods(points)}, highest ${latency(peak.value)}, ${utc(peak.seconds)}`,
      },
    ];
  });
}

/** `the minutes`, `periods of 5 min`. */
function periods({ periodSeconds }: Points): string {
  return periodSeconds === 60 ? 'the minutes' : `periods of ${duration(periodSeconds)}`;
}

function ofVariant(one: VariantTraffic | undefined, all: readonly VariantTraffic[]): string {
  return one && all.length > 1 ? ` of ${visibleName(one.name)}` : '';
}

function overhead(monitored: Monitored, variants: readonly VariantTraffic[]): Fact | undefined {
  const [first] = variants;
  const parts = first ? requestParts(monitored, first.name) : [];
  const part = parts.find(({ kind }) => kind === 'overhead');
  if (part === undefined || parts.length < 2) return undefined;
  return {
    label: `Overhead${ofVariant(first, variants)}`,
    value: percent(part.percent),
    detail: `of the time of a request, ${latency(part.meanMicros)}`,
  };
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
