import { type ContainerShare, containerShares, containersOf } from '../measures/endpoint-latency.ts';
import { invocationsOf } from '../measures/endpoint-traffic.ts';
import { added, ratio } from '../measures/metric-series.ts';
import { stretches } from '../measures/metric-spans.ts';
import type { Monitored } from '../model/monitored.ts';
import { duration, list, percent, visibleName } from '../model/text.ts';
import { judgeVariants, type Look, tooSeldom } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, notJudged, type Parameters, PERCENT } from './rule.ts';

/** Containers run one after the other: one with 60 % of the time, made twice as fast, takes almost a third from the whole; the others cannot. */
export const containerDominates: EndpointRule = {
  name: 'ContainerDominates',
  title: 'One container dominates',
  judges: 'endpoint',
  defaults: { share: '60' },
  ranges: { share: PERCENT },
  checks: (p) => `Does one container of a pipeline take more than ${p('share')} % of the pipeline's latency?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const containers = containersOf(monitored, variant);
  if (containers.length < 2) return notJudged('no pipeline', 'It has one container, or CloudWatch tells of no more.');
  const shares = containerShares(monitored, variant);
  const silent = containers.filter((container) => shares.every((one) => one.container !== container));
  if (silent.length > 0) {
    const finding = `CloudWatch has no ContainerLatency of ${list(silent.map(visibleName))}, so that shares of the pipeline are not known.`;
    return tooSeldom(invocationsOf(monitored, variant)) ?? notJudged('container latency missing', finding);
  }
  const top = shares.reduce((most, one) => (one.share > most.share ? one : most));
  const others = shares.filter((one) => one !== top);
  const finding = `${told(top)} of the pipeline's latency; ${list(others.map(told))}.`;
  if (100 * top.share <= p('share')) return { verdict: 'ok', reason: 'containers share the time', finding };
  const whole = added(shares.map(({ means }) => means));
  return {
    verdict: 'issue',
    reason: `${visibleName(top.container)} dominates`,
    finding,
    action: `Speed up the container ${visibleName(top.container)} first: nothing else in the pipeline can save as much.`,
    weight: 0.5 * top.share,
    issues: [
      issueOver(
        { node: variant, device: top.container, evidence: finding },
        stretches(ratio(top.means, whole), (share) => 100 * share > p('share')),
      ),
    ],
  };
}

function told({ container, share, meanMicros }: ContainerShare): string {
  return `${visibleName(container)} took ${percent(100 * share)} (${duration(meanMicros / 1e6)})`;
}
