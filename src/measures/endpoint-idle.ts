import type { Span } from '../model/issue.ts';
import type { MetricSeries, Monitored } from '../model/monitored.ts';
import { invocationsOf } from './endpoint-traffic.ts';
import { PUBLISHED_SECONDS, RESOURCES } from './endpoint-utilization.ts';
import { instanceSeries, type Points, seriesOfVariant, variantOf, variantSeries } from './metric-series.ts';
import { lengthOf, stretches } from './metric-spans.ts';
import { mergedSpans } from './spans.ts';

const STATISTICS = ['Average', 'Maximum', 'Minimum'] as const;

/** How long a variant was up, and how much of that it stood idle. */
export interface Idle {
  readonly upSeconds: number;
  readonly idleSeconds: number;
  /** Times all instances; undefined where their number is not known. */
  readonly idleInstanceSeconds: number | undefined;
  /** False where only invocations tell that it was up. */
  readonly isSeen: boolean;
  /** False where it is not known whether it was invoked. */
  readonly isCounted: boolean;
  readonly spans: readonly Span[];
}

/**
 * A variant is up while values of its instances come in; where there are none of those, from the first to the last period of invocations.
 * It is idle in pauses between invocations of at least `pauseSeconds`. Undefined where nothing tells that it was up.
 */
export function idleOf(monitored: Monitored, variant: string, pauseSeconds: number): Idle | undefined {
  const invocations = invocationsOf(monitored, variant);
  const { instances, whole } = upOf(monitored, variant);
  const seen = instances.length > 0 ? instances.flat() : whole;
  const up = seen.length > 0 ? mergedSpans(seen, EVER, 0, Number.POSITIVE_INFINITY) : reachOf(invocations);
  if (up.length === 0) return undefined;
  const busy = invocations ? stretches(invocations, (times) => times > 0) : [];
  const spans = outside(up, busy).filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= pauseSeconds);
  const idleSeconds = lengthOf(spans);
  const { instanceCount } = variantOf(monitored, variant) ?? {};
  const ofInstances = instances.reduce((sum, one) => sum + idleSeconds - lengthOf(outside(spans, one)), 0);
  return {
    upSeconds: lengthOf(up),
    idleSeconds,
    idleInstanceSeconds: instances.length > 0 ? ofInstances : instanceCount && instanceCount * idleSeconds,
    isSeen: seen.length > 0,
    isCounted: invocations !== undefined || isUncalled(monitored, variant),
    spans,
  };
}

/**
 * Without a single invocation CloudWatch has no series of them: then none is known to have been only where SageMaker told of an endpoint
 * with a model of its own (those of inference components are counted elsewhere), everything could be asked for, and nothing else tells of
 * requests. A file may be without it for any reason.
 */
function isUncalled(monitored: Monitored, variant: string): boolean {
  const { subject, damage } = monitored;
  const { containers = [] } = variantOf({ subject }, variant) ?? {};
  return (
    subject.status !== undefined &&
    containers.length > 0 &&
    damage.every(({ kind }) => kind !== 'not allowed') &&
    seriesOfVariant(monitored, variant).every(({ metric }) => (RESOURCES as readonly string[]).includes(metric))
  );
}

const EVER = { startSeconds: Number.NEGATIVE_INFINITY, endSeconds: Number.POSITIVE_INFINITY };

/** When values of each instance came in; or of all together, where there are none of single ones. */
function upOf(monitored: Monitored, variant: string): { readonly instances: readonly Span[][]; readonly whole: readonly Span[] } {
  const spansOf = (series: MetricSeries) => stretches(series, () => true, { bridgeSeconds: PUBLISHED_SECONDS });
  const kinds = RESOURCES.flatMap((resource) => STATISTICS.map((statistic) => [resource, statistic] as const));
  for (const kind of kinds) {
    const instances = [...instanceSeries(monitored, variant, ...kind).values()].map(spansOf);
    if (instances.some((spans) => spans.length > 0)) return { instances, whole: [] };
  }
  const whole = kinds.map((kind) => variantSeries(monitored, variant, ...kind)).find((series) => series !== undefined);
  return { instances: [], whole: whole ? spansOf(whole) : [] };
}

function reachOf(points: Points | undefined): Span[] {
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
