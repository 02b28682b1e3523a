import { type ContainerShare, containerShares, containersOf, isWholePipeline } from '../measures/endpoint-latency.ts';
import { invocationsOf } from '../measures/endpoint-traffic.ts';
import { PUBLISHED_SECONDS } from '../measures/endpoint-utilization.ts';
import { type Points, paired, ratio, weightedMean } from '../measures/metric-series.ts';
import { lengthOf, type Stretch, stretches, within } from '../measures/metric-spans.ts';
import type { Span } from '../model/issue.ts';
import type { Monitored } from '../model/monitored.ts';
import { duration, list, percent, utc, visibleName } from '../model/text.ts';
import { judgeVariants, type Look, tooSeldom } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, notJudged, type Parameters, PERCENT, SOME } from './rule.ts';

/**
 * Containers run one after the other: one with 60 % of the time, made twice as fast, takes almost a third from the whole; the others cannot.
 * What dominates for a quarter of an hour is what callers then wait for, however good the rest of the day was.
 */
export const containerDominates: EndpointRule = {
  name: 'ContainerDominates',
  title: 'One container dominates',
  judges: 'endpoint',
  defaults: { share: '60', minutes: '15' },
  ranges: { share: PERCENT, minutes: SOME },
  checks: (p) =>
    `Does one container of a pipeline take more than ${p('share')} % of the pipeline's latency, in all or for ${p('minutes')} minutes with requests in a row?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const containers = containersOf(monitored, variant);
  if (containers.length < 2) return notJudged('no pipeline', 'It has one container, or CloudWatch tells of no more.');
  const shares = containerShares(monitored, variant);
  if (!isWholePipeline(monitored, variant, shares)) {
    const silent = containers.filter((container) => shares.every((one) => one.container !== container));
    const of = silent.length > 0 ? list(silent.map(visibleName)) : 'other containers, which take the rest of ModelLatency';
    const finding = `CloudWatch has no ContainerLatency of ${of}, so that shares of the pipeline are not known.`;
    return tooSeldom(invocationsOf(monitored, variant)) ?? notJudged('container latency missing', finding);
  }
  const [top, ...others] = shares.toSorted((a, b) => b.share - a.share) as [ContainerShare, ...ContainerShare[]];
  const overall = `${told(top)} of the pipeline's latency; ${list(others.map(told))}.`;
  const found = shares
    .flatMap((one) => dominationOf(one, shares, overall, p) ?? [])
    .sort((a, b) => b.seconds - a.seconds || b.share - a.share);
  const [first] = found;
  if (first === undefined) return { verdict: 'ok', reason: 'containers share the time', finding: overall };
  return {
    verdict: 'issue',
    reason: `${list(found.map(({ container }) => visibleName(container)))} dominate${found.length > 1 ? '' : 's'}${first.isWhole ? '' : ' for a time'}`,
    finding: first.isWhole
      ? overall
      : `${found.map(({ evidence }) => evidence).join(' ')} Over the whole time ${list(shares.map(told))}.`,
    action: `Speed up the container ${visibleName(first.container)} first: nothing else in the pipeline can save as much${first.isWhole ? '' : ' at the shaded times'}.`,
    weight: (first.isWhole ? 0.5 : 0.3) * first.share,
    issues: found.map(({ container, evidence, spans }) => issueOver({ node: variant, device: container, evidence }, spans)),
  };
}

interface Domination {
  readonly container: string;
  readonly isWhole: boolean;
  /** 0 to 1, of all or of the longest stretch. */
  readonly share: number;
  /** Of that stretch; of all, longer than any. */
  readonly seconds: number;
  readonly evidence: string;
  readonly spans: readonly Span[];
}

/** Undefined where the container dominates neither in all nor for long enough. */
function dominationOf(
  one: ContainerShare,
  all: readonly ContainerShare[],
  overall: string,
  p: Parameters,
): Domination | undefined {
  const isHigh = (share: number) => 100 * share > p('share');
  const perPeriod = ratio(one.means, wholeOf(all));
  const { container } = one;
  if (isHigh(one.share)) {
    const spans = stretches(perPeriod, isHigh);
    return { container, isWhole: true, share: one.share, seconds: Number.POSITIVE_INFINITY, evidence: overall, spans };
  }
  const bursts = stretches(perPeriod, isHigh, { leastSeconds: 60 * p('minutes'), bridgeSeconds: PUBLISHED_SECONDS });
  const [longest] = bursts.toSorted((a, b) => b.periods - a.periods);
  if (longest === undefined) return undefined;
  const means = all.map((each) => meanIn(each, longest));
  const [own, sum, seconds] = [meanIn(one, longest), means.reduce((a, b) => a + b, 0), lengthOf([longest])];
  const evidence = `${told({ container, share: own / sum, meanMicros: own })} of the pipeline's latency for ${duration(seconds)} from ${utc(longest.startSeconds)}.`;
  return { container, isWhole: false, share: own / sum, seconds, evidence, spans: bursts };
}

/** Of the periods in which all containers have requests: of the others shares are not known. */
function wholeOf(all: readonly ContainerShare[]): Points {
  return all.map(({ means }) => means).reduce((sum, means) => paired(sum, means, (a, b) => a + b));
}

function meanIn({ means, requests }: ContainerShare, span: Stretch): number {
  return weightedMean(within(means, span), within(requests, span)) ?? 0;
}

function told({ container, share, meanMicros }: Pick<ContainerShare, 'container' | 'share' | 'meanMicros'>): string {
  return `${visibleName(container)} took ${percent(100 * share)} (${duration(meanMicros / 1e6)})`;
}
