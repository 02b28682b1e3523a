import type { Monitored } from '../model/monitored.ts';
import { latencyOf } from './endpoint-latency.ts';
import { errorsOf, invocationsOf } from './endpoint-traffic.ts';
import { added, type Points, paired, seriesOfVariant, total, variantNames, variantOf } from './metric-series.ts';

/** What is compared of a variant. */
export interface ComparedVariant {
  readonly name: string;
  /** Share of the traffic that it was given, 0 to 1. */
  readonly weight?: number;
  readonly invocations: Points;
  readonly requests: number;
  /** Of the model; absent where CloudWatch has none. */
  readonly latency?: { readonly means: Points; readonly meanMicros: number };
  /** 4XX and 5XX together; absent where CloudWatch has neither. */
  readonly errors?: { readonly perPeriod: Points; readonly count: number; readonly rate: number };
}

/** Variants of which CloudWatch has anything: one that has no invocations then got none. */
export function comparedVariants(monitored: Monitored): ComparedVariant[] {
  return variantNames(monitored)
    .filter((name) => seriesOfVariant(monitored, name).length > 0)
    .map((name) => {
      const invocations = invocationsOf(monitored, name) ?? added([]);
      const { means, meanMicros } = latencyOf(monitored, name, 'ModelLatency') ?? {};
      const kinds = (['Invocation4XXErrors', 'Invocation5XXErrors'] as const).flatMap(
        (kind) => errorsOf(monitored, name, kind) ?? [],
      );
      const perPeriod = added(kinds);
      const of = total(paired(invocations, perPeriod, (times) => times));
      const count = total(paired(perPeriod, invocations, (errors) => errors));
      const weight = variantOf(monitored, name)?.weight;
      return {
        name,
        invocations,
        requests: total(invocations),
        ...(weight === undefined ? {} : { weight }),
        ...(means && meanMicros !== undefined ? { latency: { means, meanMicros } } : {}),
        ...(of > 0 ? { errors: { perPeriod, count, rate: count / of } } : {}),
      };
    });
}

/** Standard deviation of a share among `times` requests, or of the difference of two shares among as many each, that chance alone makes. */
export function chance(share: number, times: number, others = Number.POSITIVE_INFINITY): number {
  return Math.sqrt(Math.max(0, share * (1 - share)) * (1 / times + 1 / others));
}
