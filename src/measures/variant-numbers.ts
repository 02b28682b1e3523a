import type { Monitored, Variant } from '../model/monitored.ts';
import { containerShares, isWholePipeline, latencyOf } from './endpoint-latency.ts';
import { type ErrorMetric, errorShares, errorsOf, invocationsOf } from './endpoint-traffic.ts';
import { type Resource, utilizationOf } from './endpoint-utilization.ts';
import {
  added,
  largest,
  type Points,
  paired,
  ratio,
  scaled,
  total,
  variantNames,
  variantOf,
  variantSeries,
} from './metric-series.ts';
import { quantile, sorted } from './quantile.ts';

/** What several sections tell of a variant of an endpoint. */
export interface VariantTraffic {
  readonly name: string;
  /** As SageMaker has it; absent for one that only series tell of. */
  readonly variant: Variant | undefined;
  /** Invocations of each period; undefined where nothing was published. */
  readonly invocations: Points | undefined;
  readonly total: number;
}

/** All variants, in SageMaker's order. */
export function variantsOf(monitored: Monitored): VariantTraffic[] {
  return variantNames(monitored).map((name) => {
    const variant = variantOf(monitored, name);
    const invocations = invocationsOf(monitored, name);
    return { name, variant, invocations, total: invocations ? total(invocations) : 0 };
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

/** Highest of the values, and when; undefined of none. */
export function peakOf(points: Points | undefined): { readonly value: number; readonly seconds: number } | undefined {
  const value = points && largest(points);
  if (points === undefined || value === undefined) return undefined;
  return { value, seconds: points.seconds[points.values.indexOf(value)] as number };
}

/** What half of the periods stay below; undefined of none. */
export function usualOf(points: Points | undefined): number | undefined {
  return points && points.values.length > 0 ? quantile(sorted(points.values), 0.5) : undefined;
}

/** Mean over the periods; undefined of none. */
export function meanOf(points: Points | undefined): number | undefined {
  return points && points.values.length > 0 ? total(points) / points.values.length : undefined;
}

/** Errors of one kind as parts of the invocations. */
export interface ErrorRates {
  /** How many in all; undefined where only their share of each period is known. */
  readonly count: number | undefined;
  /** Percent of the invocations: of all, and of each period. */
  readonly percent: number | undefined;
  readonly rates: Points;
}

/** Undefined where CloudWatch has none of that kind. */
export function errorRates(monitored: Monitored, variant: string, metric: ErrorMetric): ErrorRates | undefined {
  const [counts, invocations] = [errorsOf(monitored, variant, metric), invocationsOf(monitored, variant)];
  const average = variantSeries(monitored, variant, metric, 'Average');
  const shares = counts && invocations ? errorShares(counts, invocations) : average;
  if (shares === undefined) return undefined;
  const requests = counts && invocations ? total(paired(invocations, counts, (times) => times)) : 0;
  // Of the periods that have both, as the rules have it.
  const failed = counts && invocations ? total(paired(counts, invocations, (some) => some)) : 0;
  return {
    count: counts && total(counts),
    percent: requests > 0 ? Math.min(100, (100 * failed) / requests) : undefined,
    rates: scaled(shares, 100),
  };
}

/** A part of the way of a request. */
export interface RequestPart {
  /** Name of the container, or `Model`, `Overhead`. */
  readonly label: string;
  readonly kind: 'container' | 'model' | 'overhead';
  /** Mean of the requests of each period, microseconds. */
  readonly means: Points;
  readonly meanMicros: number;
  /** Of all parts together, 0 to 100. */
  readonly percent: number;
}

/**
 * Where a request spends its time, in the order in which it passes: containers where it is a pipeline and all of them are known, else the
 * model; then overhead.
 */
export function requestParts(monitored: Monitored, variant: string): RequestPart[] {
  const shares = containerShares(monitored, variant);
  const containers = isWholePipeline(monitored, variant, shares)
    ? shares.map(({ container, ...latency }) => ({ label: container, kind: 'container' as const, latency }))
    : [];
  const whole = (['model', 'overhead'] as const).flatMap((kind) => {
    const latency = latencyOf(monitored, variant, kind === 'model' ? 'ModelLatency' : 'OverheadLatency');
    return latency ? [{ label: kind === 'model' ? 'Model' : 'Overhead', kind, latency }] : [];
  });
  const parts = [...containers, ...whole.filter(({ kind }) => kind === 'overhead' || containers.length === 0)].flatMap(
    ({ latency: { means, meanMicros }, ...part }) => (meanMicros === undefined ? [] : [{ ...part, means, meanMicros }]),
  );
  const sum = parts.reduce((micros, { meanMicros }) => micros + meanMicros, 0);
  return parts.map((part) => ({ ...part, percent: sum > 0 ? (100 * part.meanMicros) / sum : 0 }));
}

/** Each part of the time of each period, percent of all parts in it. */
export function partShares(parts: readonly RequestPart[]): Points[] {
  const whole = added(parts.map(({ means }) => means));
  return parts.map(({ means }) => scaled(ratio(means, whole), 100));
}

/** Mean over the instances of a variant, 0 to 100; undefined where there is nothing, or nobody knows how many cores or GPUs they have. */
export function meanUtilization(monitored: Monitored, variant: string, resource: Resource): Points | undefined {
  const found = utilizationOf(monitored, variant, resource).filter(({ isNormalised }) => isNormalised);
  if (found.length === 0) return undefined;
  const all = found.map(({ points }) => points);
  const times = added(all.map((points) => ({ ...points, values: points.values.map(() => 1) })));
  return ratio(added(all), times);
}
