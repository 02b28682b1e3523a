import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { Monitored, Variant } from '../model/monitored.ts';
import {
  added,
  containerSeries,
  findSeries,
  largest,
  type Points,
  ratio,
  scaled,
  total,
  variantNames,
  variantSeries,
  weightedMean,
} from './metric-series.ts';

/** What several sections tell of a variant of an endpoint. */
export interface VariantTraffic {
  readonly name: string;
  /** As SageMaker has it; absent for one that only series tell of. */
  readonly variant?: Variant;
  /** Invocations of each period; undefined where nothing was published. */
  readonly invocations?: Points;
  readonly total: number;
}

/** All variants, in SageMaker's order. */
export function variantsOf(monitored: Monitored): VariantTraffic[] {
  return variantNames(monitored).map((name) => {
    const variant = monitored.subject.variants.find((one) => one.name === name);
    const invocations =
      variantSeries(monitored, name, 'Invocations', 'Sum') ?? variantSeries(monitored, name, 'Invocations', 'SampleCount');
    return {
      name,
      ...(variant ? { variant } : {}),
      ...(invocations ? { invocations } : {}),
      total: invocations ? total(invocations) : 0,
    };
  });
}

/** The most traffic first. */
export function byTraffic(all: readonly VariantTraffic[]): VariantTraffic[] {
  return all.toSorted((a, b) => b.total - a.total);
}

/** Counts of each period as counts a minute. */
export function perMinute(points: Points): Points {
  return scaled(points, 60 / points.periodSeconds);
}

/** Mean of the requests of each period: the statistic, or Sum by SampleCount where it was not asked for. */
export function averageOf(monitored: Monitored, variant: string, metric: MetricName): Points | undefined {
  const of = (statistic: 'Average' | 'Sum' | 'SampleCount') => variantSeries(monitored, variant, metric, statistic);
  const [sum, samples] = [of('Sum'), of('SampleCount')];
  return of('Average') ?? (sum && samples && ratio(sum, samples));
}

/** Mean of all periods, each counted by its requests where they are known. */
export function meanOf(points: Points, weights: Points | undefined): number | undefined {
  const plain = points.values.length > 0 ? total(points) / points.values.length : undefined;
  return (weights && weightedMean(points, weights)) ?? plain;
}

const ERRORS = [
  { metric: 'Invocation4XXErrors', label: '4XX' },
  { metric: 'Invocation5XXErrors', label: '5XX' },
  { metric: 'InvocationModelErrors', label: 'Model' },
] as const;

export interface Errors {
  readonly label: string;
  readonly metric: MetricName;
  /** How many in all; undefined where only rates are known. */
  readonly count?: number;
  /** Percent of the invocations: of all, and of each period. */
  readonly percent?: number;
  readonly rates?: Points;
}

/** Errors of a variant by kind: those there is a series of. Model errors hold those that the container answered with 4XX and 5XX. */
export function errorsOf(monitored: Monitored, { name, invocations, total: requests }: VariantTraffic): Errors[] {
  return ERRORS.flatMap(({ metric, label }): Errors[] => {
    const sum = variantSeries(monitored, name, metric, 'Sum');
    const average = variantSeries(monitored, name, metric, 'Average');
    if (sum === undefined && average === undefined) return [];
    const rates = sum && invocations ? scaled(ratio(sum, invocations), 100) : average && scaled(average, 100);
    const percent = sum && requests > 0 ? (100 * total(sum)) / requests : rates && meanOf(rates, invocations);
    return [
      {
        label,
        metric,
        ...(sum ? { count: total(sum) } : {}),
        ...(percent === undefined ? {} : { percent }),
        ...(rates ? { rates } : {}),
      },
    ];
  });
}

export interface RequestPart {
  /** Name of the container, or `Model`, `Overhead`. */
  readonly label: string;
  readonly kind: 'container' | 'model' | 'overhead';
  /** Mean of the requests of each period, microseconds. */
  readonly points: Points;
  readonly meanMicros: number;
  /** Of all parts together, 0 to 100. */
  readonly percent: number;
}

/** Where a request spends its time, in the order in which it passes: containers where it is a pipeline, else the model; then overhead. */
export function requestParts(monitored: Monitored, { name, variant, invocations }: VariantTraffic): RequestPart[] {
  const containers = containersOf(monitored, name, variant).flatMap((container) => {
    const points = containerAverage(monitored, name, container);
    return points ? [{ label: container, kind: 'container' as const, points }] : [];
  });
  const model = averageOf(monitored, name, 'ModelLatency');
  const overhead = averageOf(monitored, name, 'OverheadLatency');
  const parts = [
    ...(containers.length > 0 ? containers : model ? [{ label: 'Model', kind: 'model' as const, points: model }] : []),
    ...(overhead ? [{ label: 'Overhead', kind: 'overhead' as const, points: overhead }] : []),
  ].flatMap((part) => {
    const meanMicros = meanOf(part.points, invocations);
    return meanMicros === undefined ? [] : [{ ...part, meanMicros }];
  });
  const whole = parts.reduce((sum, { meanMicros }) => sum + meanMicros, 0);
  return parts.map((part) => ({ ...part, percent: whole > 0 ? (100 * part.meanMicros) / whole : 0 }));
}

/** Each part of the time of each period, percent of all parts in it. */
export function partShares(parts: readonly RequestPart[]): Points[] {
  const whole = added(parts.map(({ points }) => points));
  return parts.map(({ points }) => scaled(ratio(points, whole), 100));
}

/** Containers in the order in which a request passes them, then those that only series tell of. */
function containersOf(monitored: Monitored, variant: string, told: Variant | undefined): string[] {
  const seen = findSeries(monitored, { metric: 'ContainerLatency', dimensions: { VariantName: variant } });
  return [...new Set([...(told?.containers ?? []), ...seen.flatMap(({ dimensions }) => dimensions.ContainerName ?? [])])];
}

function containerAverage(monitored: Monitored, variant: string, container: string): Points | undefined {
  const of = (statistic: 'Average' | 'Sum' | 'SampleCount') => containerSeries(monitored, variant, container, statistic);
  const [sum, samples] = [of('Sum'), of('SampleCount')];
  return of('Average') ?? (sum && samples && ratio(sum, samples));
}

/** Highest of the values, and when. */
export function peakOf(points: Points | undefined): { readonly value: number; readonly seconds: number } | undefined {
  const value = points && largest(points);
  if (points === undefined || value === undefined) return undefined;
  return { value, seconds: points.seconds[points.values.indexOf(value)] as number };
}
