import { waitsOf } from '../measures/endpoint-cold-starts.ts';
import { partsOf } from '../measures/endpoint-latency.ts';
import { invocationsOf } from '../measures/endpoint-traffic.ts';
import { stretches } from '../measures/metric-spans.ts';
import type { Monitored } from '../model/monitored.ts';
import { count, duration, percent } from '../model/text.ts';
import { judgeVariants, type Look, tooSeldom } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, MANY, notJudged, type Parameters, PERCENT } from './rule.ts';

/**
 * Above half, the model is no longer what callers wait for. Overhead of some milliseconds (authentication, routing) is always there, however
 * quick the model: below 20 ms there is little to gain. It grows with payloads, with pauses between requests, and holds the cold starts of
 * serverless endpoints. Fewer than 30 requests tell more of their first than of the others.
 */
export const overheadDominates: EndpointRule = {
  name: 'OverheadDominates',
  title: 'Overhead dominates',
  judges: 'endpoint',
  defaults: { share: '50', overhead: '20', requests: '30' },
  ranges: { share: PERCENT, overhead: MANY, requests: MANY },
  checks: (p) =>
    `Is more than ${p('share')} % of the latency of all requests overhead outside of the model, with a mean of at least ${p('overhead')} ms?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const parts = partsOf(monitored, variant);
  if (parts === undefined)
    return (
      tooSeldom(invocationsOf(monitored, variant)) ??
      notJudged('latency missing', 'CloudWatch has no times with both ModelLatency and OverheadLatency of it.')
    );
  if (parts.requests < p('requests'))
    return notJudged(
      'too little traffic',
      `There were ${count(parts.requests)} requests with latencies; the rule needs ${count(p('requests'))} before it judges.`,
    );
  const [model, overhead] = [duration(parts.modelMicros / 1e6), duration(parts.overheadMicros / 1e6)];
  const finding = `Overhead took ${percent(100 * parts.share)} of the latency: ${overhead} beside ${model} in the model, the mean of ${count(parts.requests)} requests.`;
  const isLong = parts.overheadMicros >= 1000 * p('overhead');
  if (!isLong || 100 * parts.share <= p('share'))
    return { verdict: 'ok', reason: isLong ? 'the model takes most' : 'little overhead', finding };
  const spans = stretches(parts.shares, (share) => 100 * share > p('share'));
  return {
    verdict: 'issue',
    reason: 'more overhead than model',
    finding,
    action: waitsOf(monitored, variant, 'ModelSetupTime')
      ? 'Shorten or avoid the cold starts first: they are part of the overhead, and the most of what can be saved here.'
      : 'Send smaller payloads, keep connections open and the endpoint warm: most of the time is spent outside of the model.',
    weight: 0.6 * parts.share,
    issues: [issueOver({ node: variant, evidence: finding }, spans)],
  };
}
