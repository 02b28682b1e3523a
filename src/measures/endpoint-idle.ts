import type { Span } from '../model/issue.ts';
import type { Monitored } from '../model/monitored.ts';
import { invocationsOf } from './endpoint-traffic.ts';
import { RESOURCES } from './endpoint-utilization.ts';
import { added, instanceSeries, type Points, variantSeries } from './metric-series.ts';
import { lengthOf, stretches, within } from './metric-spans.ts';

const STATISTICS = ['Average', 'Maximum', 'Minimum'] as const;

/** How long a variant was up, and how much of that it stood idle. */
export interface Idle {
  readonly upSeconds: number;
  readonly idleSeconds: number;
  /** Times all instances; undefined where their number is not known. */
  readonly idleInstanceSeconds: number | undefined;
  readonly spans: readonly Span[];
}

/**
 * A variant is up in periods with values of its instances; where there are none of those, from the first to the last period of invocations.
 * It is idle in pauses between invocations of at least `pauseSeconds`. Undefined where nothing tells that it was up.
 */
export function idleOf(monitored: Monitored, variant: string, pauseSeconds: number): Idle | undefined {
  const invocations = invocationsOf(monitored, variant);
  const instances = instancesUp(monitored, variant);
  const up = instances ? stretches(instances, () => true) : wholeOf(invocations);
  if (up.length === 0) return undefined;
  const busy = invocations ? stretches(invocations, (times) => times > 0) : [];
  const spans = outside(up, busy).filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= pauseSeconds);
  const { instanceCount } = monitored.subject.variants.find(({ name }) => name === variant) ?? {};
  const countIn = (span: Span) => (instances?.isCounted ? mean(within(instances, span).values) : (instanceCount ?? Number.NaN));
  const idleInstanceSeconds = spans.reduce((sum, span) => sum + lengthOf([span]) * countIn(span), 0);
  return {
    upSeconds: lengthOf(up),
    idleSeconds: lengthOf(spans),
    idleInstanceSeconds: Number.isNaN(idleInstanceSeconds) ? undefined : idleInstanceSeconds,
    spans,
  };
}

/** How many instances of a variant have values in each period; where there are none of single instances, the periods of all together. */
function instancesUp(monitored: Monitored, variant: string): (Points & { readonly isCounted: boolean }) | undefined {
  const kinds = RESOURCES.flatMap((resource) => STATISTICS.map((statistic) => [resource, statistic] as const));
  for (const kind of kinds) {
    const instances = [...instanceSeries(monitored, variant, ...kind).values()];
    const ones = instances.map((one) => ({ ...one, values: one.values.map(() => 1) }));
    if (ones.length > 0) return { ...added(ones), isCounted: true };
  }
  const whole = kinds.map((kind) => variantSeries(monitored, variant, ...kind)).find((series) => series !== undefined);
  return whole && { ...whole, isCounted: false };
}

function wholeOf(points: Points | undefined): Span[] {
  const [first, last] = [points?.seconds[0], points?.seconds.at(-1)];
  if (points === undefined || first === undefined || last === undefined) return [];
  return [{ startSeconds: first, endSeconds: last + points.periodSeconds }];
}

/** What the others leave of the spans; both in order. */
function outside(spans: readonly Span[], others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let next = 0;
  for (const { startSeconds, endSeconds } of spans) {
    let from = startSeconds;
    while (next < others.length && (others[next] as Span).endSeconds <= from) next++;
    for (let i = next; i < others.length && (others[i] as Span).startSeconds < endSeconds; i++) {
      const other = others[i] as Span;
      if (other.startSeconds > from) left.push({ startSeconds: from, endSeconds: other.startSeconds });
      from = Math.max(from, other.endSeconds);
    }
    if (from < endSeconds) left.push({ startSeconds: from, endSeconds });
  }
  return left;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
