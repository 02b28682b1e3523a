import { containerShares, partsOf, responseMillis } from '../measures/endpoint-latency.ts';
import { invocationsOf } from '../measures/endpoint-traffic.ts';
import { largest, type Points, scaled, variantSeries } from '../measures/metric-series.ts';
import { stretches } from '../measures/metric-spans.ts';
import type { Monitored } from '../model/monitored.ts';
import { duration, number, visibleName } from '../model/text.ts';
import { judgeVariants, type Look, tooSeldom } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, MANY, notJudged, type Parameters, SOME } from './rule.ts';

/** Requests that come seldom: so long without one does not end a time of slow ones. */
const BRIDGE_SECONDS = 3600;

/**
 * One second is what people wait without losing their train of thought (Miller 1968, Nielsen 1993); set the target that your callers need.
 * Five minutes are what alarms usually wait for: one slow minute is a scaling event or chance.
 */
export const latencyOverTarget: EndpointRule = {
  name: 'LatencyOverTarget',
  title: 'Latency over target',
  judges: 'endpoint',
  defaults: { target: '1000', percentile: '99', minutes: '5' },
  ranges: { target: MANY, percentile: [0, 100], minutes: SOME },
  checks: (p) =>
    `Is p${p('percentile')} of model latency plus that of overhead latency above ${number(p('target'))} ms for ${p('minutes')} minutes with requests in a row?`,
  statistics: (p) =>
    (['ModelLatency', 'OverheadLatency'] as const).map((metric) => ({ metric, statistic: `p${p('percentile')}` })),
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const percentile = `p${p('percentile')}` as const;
  const ranked = filled(responseMillis(monitored, variant, percentile));
  const points = ranked ?? filled(responseMillis(monitored, variant, 'Average'));
  if (points === undefined)
    return (
      tooSeldom(invocationsOf(monitored, variant)) ??
      notJudged('no latency', `CloudWatch has neither ${percentile} nor Average of its ModelLatency.`)
    );
  const overhead = variantSeries(monitored, variant, 'OverheadLatency', ranked ? percentile : 'Average');
  const what = `The ${ranked ? percentile : 'mean'} of model ${overhead?.values.length ? 'and overhead latency, added,' : 'latency (OverheadLatency is missing)'}`;
  const caveat = ranked ? '' : ` ${percentile} is not there: the mean was judged, which hides slow requests.`;
  const [seconds, least] = [points.values.length * points.periodSeconds, 60 * p('minutes')];
  if (seconds < least)
    return notJudged(
      'too short',
      `There are requests in ${duration(seconds)} only; the rule needs ${duration(least)} before it judges.`,
    );

  const peak = largest(points) as number;
  const slow = stretches(points, (value) => value > p('target'), { leastSeconds: least, bridgeSeconds: BRIDGE_SECONDS });
  const target = `${number(p('target'))} ms`;
  if (slow.length === 0) {
    const finding = `${what} was at most ${number(peak, 0)} ms in a period, and never above ${target} for ${duration(least)} in a row.${caveat}`;
    return ranked ? { verdict: 'ok', reason: 'within the target', finding } : notJudged(`${percentile} not known`, finding);
  }
  const model = scaled(variantSeries(monitored, variant, 'ModelLatency', ranked ? percentile : 'Average') ?? points, 1e-3);
  const alone = stretches(model, (value) => value > p('target'), { leastSeconds: least, bridgeSeconds: BRIDGE_SECONDS });
  const estimate =
    ranked && alone.length === 0
      ? ' The model alone was not: the sum of two percentiles is an estimate from above, as hardly any request is slow in both.'
      : '';
  const periods = slow.reduce((sum, one) => sum + one.periods, 0);
  const worst = slow.reduce((most, one) => Math.max(most, one.largest), 0);
  const evidence = `${what} was above ${target} in ${duration(periods * points.periodSeconds)} of ${duration(seconds)} with requests, at worst ${number(worst, 0)} ms`;
  return {
    verdict: 'issue',
    reason: 'over the target',
    finding: `${evidence}.${estimate}${caveat}`,
    action: actionFor(monitored, variant),
    weight: 0.4 + (0.4 * periods) / points.values.length + Math.min(0.2, (0.02 * worst) / Math.max(1, p('target'))),
    issues: [issueOver({ node: variant, evidence: `${evidence}.` }, slow)],
  };
}

/** Undefined for one without data, too. */
function filled(points: Points | undefined): Points | undefined {
  return points && points.values.length > 0 ? points : undefined;
}

/** By where most of the time goes. */
function actionFor(monitored: Monitored, variant: string): string {
  if ((partsOf(monitored, variant)?.share ?? 0) > 0.5)
    return 'Look at the overhead first (payload sizes, cold starts, requests that come seldom): it is more than half of the latency.';
  const [top] = containerShares(monitored, variant).toSorted((a, b) => b.share - a.share);
  if (top && top.share < 1)
    return `Speed up the container ${visibleName(top.container)} first, or add instances if latency rises with traffic.`;
  return 'Add instances if latency rises with traffic, or make the model faster: batch requests, compile it, choose a larger instance.';
}
