import { cacheHitsOf, waitsOf } from '../measures/endpoint-cold-starts.ts';
import { invocationsOf } from '../measures/endpoint-traffic.ts';
import { findSeries, largest, type Points, paired, total, variantOf, variantSeries } from '../measures/metric-series.ts';
import { stretches } from '../measures/metric-spans.ts';
import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { Monitored } from '../model/monitored.ts';
import { count, duration, percent, plural } from '../model/text.ts';
import { judgeVariants, type Look, tooSeldom } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, type Judgement, MANY, notJudged, type Parameters, PERCENT, SOME } from './rule.ts';

/**
 * More than one request in twenty that waits for compute moves p95 itself. A model that is not loaded is asked for again and again only
 * where memory is too small or models too many: one in ten. Fewer than three waits are the start after a deployment. Overhead of a warm
 * endpoint is milliseconds; a second of it is a start.
 */
export const coldStarts: EndpointRule = {
  name: 'ColdStarts',
  title: 'Cold starts',
  judges: 'endpoint',
  defaults: { share: '5', misses: '10', spike: '1000', least: '3', min_invocations: '20' },
  ranges: { share: PERCENT, misses: PERCENT, spike: MANY, least: SOME, min_invocations: MANY },
  checks: (p) =>
    `Do more than ${p('share')} % of the requests to a serverless variant wait for compute to be set up, or do more than ${p('misses')} % of those to a multi-model one not find their model loaded?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const told = variantOf(monitored, variant);
  const has = (metric: MetricName) =>
    findSeries(monitored, { metric, dimensions: { VariantName: variant } }).some(({ values }) => values.length > 0);
  const isServerless = told?.isServerless ?? has('ModelSetupTime');
  if (!isServerless && !(told?.isMultiModel ?? has('ModelCacheHit')))
    return notJudged('no cold starts', 'It is neither serverless nor multi-model, as far as is known: its model stays loaded.');
  const invocations = invocationsOf(monitored, variant);
  const seldom = tooSeldom(invocations, p('min_invocations'));
  if (seldom || invocations === undefined) return seldom as Look;
  const cold = isServerless ? setUps(monitored, variant, invocations, p) : misses(monitored, variant);
  if (!('times' in cold)) return cold;

  const { times, requests, points, limit, finding } = cold;
  const share = times / requests;
  if (100 * share <= p(limit) || times < p('least')) return { verdict: 'ok', reason: 'few cold starts', finding };
  return {
    verdict: 'issue',
    reason: isServerless ? 'set-up of compute' : 'models loaded again and again',
    finding,
    action: isServerless
      ? 'Give the serverless variant provisioned concurrency, or a smaller image and model: requests wait until compute is set up.'
      : 'Use instances with more memory, or more of them, or spread the models over several endpoints: models do not stay loaded.',
    weight: Math.min(0.8, 0.3 + share),
    issues: [
      issueOver(
        { node: variant, evidence: finding },
        stretches(points, (waited) => waited > 0),
      ),
    ],
  };
}

/** Requests that waited, of all of them. */
interface Cold {
  readonly times: number;
  readonly requests: number;
  readonly limit: 'share' | 'misses';
  readonly finding: string;
  /** More than 0 in periods in which any waited. */
  readonly points: Points;
}

/** By ModelSetupTime; where there is none of it, by spikes of the overhead, which it is a part of. */
function setUps(monitored: Monitored, variant: string, invocations: Points, p: Parameters): Cold | Judgement {
  const requests = total(invocations);
  const waits = waitsOf(monitored, variant, 'ModelSetupTime');
  const of = (times: number, atLeast: string) =>
    `Compute was set up for ${atLeast}${plural(times, 'request')} of ${count(requests)} (${percent((100 * times) / requests)})`;
  if (waits) {
    const times = waits.requests ?? waits.means.values.length;
    const finding = `${of(times, waits.requests === undefined ? 'at least ' : '')}, ${duration(waits.meanMicros / 1e6)} each in the mean.`;
    return { times, requests, limit: 'share', finding, points: waits.means };
  }
  const overhead = (['Maximum', 'Average'] as const)
    .map((statistic) => variantSeries(monitored, variant, 'OverheadLatency', statistic))
    .find((series) => (series?.values.length ?? 0) > 0);
  if (overhead === undefined)
    return notJudged('set-up time missing', 'CloudWatch has neither ModelSetupTime nor OverheadLatency of it.');
  const points = paired(overhead, overhead, (micros) => (micros > 1000 * p('spike') ? micros : Number.NaN));
  const times = points.values.length;
  const finding = `${of(times, times > 0 ? 'at least ' : '')}: there is no ModelSetupTime, overhead above ${count(p('spike'))} ms was taken for it.`;
  return { times, requests, limit: 'share', finding, points };
}

function misses(monitored: Monitored, variant: string): Cold | Judgement {
  const cache = cacheHitsOf(monitored, variant);
  if (cache === undefined) return notJudged('cache hits missing', 'CloudWatch has no ModelCacheHit of it that could be counted.');
  const { hits, requests, missed } = cache;
  const waits = waitsOf(monitored, variant, 'ModelLoadingWaitTime');
  const longest = waits ? `; they waited ${duration((largest(waits.means) ?? 0) / 1e6)} in the mean of the worst period` : '';
  const times = requests - hits;
  const finding = `${count(times)} of ${plural(requests, 'request')} (${percent((100 * times) / requests)}) did not find their model loaded${longest}.`;
  return { times, requests, limit: 'misses', finding, points: missed };
}
