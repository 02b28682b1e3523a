import { ERROR_METRICS, type ErrorMetric, errorShares, errorsOf, invocationsOf } from '../measures/endpoint-traffic.ts';
import { type Points, paired, scaled, total } from '../measures/metric-series.ts';
import { lengthOf, type Stretch, stretches, within } from '../measures/metric-spans.ts';
import type { Monitored } from '../model/monitored.ts';
import { count, duration, list, percent } from '../model/text.ts';
import { judgeVariants, type Look, tooSeldom } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, MANY, notJudged, type Parameters, PERCENT, SOME } from './rule.ts';

/**
 * One percent of 5XX or model errors is ten times what availability of 99.9 % allows. 4XX errors are mostly the callers' own, so more of them
 * are let pass. Fewer than 5 errors are chance; and with fewer than 100 invocations, none seen does not mean that there are none: a rate of
 * 3 in 100 would still go unseen once in twenty times.
 */
export const highErrorRate: EndpointRule = {
  name: 'HighErrorRate',
  title: 'High error rate',
  judges: 'endpoint',
  defaults: { rate: '1', client_rate: '5', minutes: '5', min_errors: '5', min_invocations: '100' },
  ranges: { rate: PERCENT, client_rate: PERCENT, minutes: SOME, min_errors: SOME, min_invocations: MANY },
  checks: (p) =>
    `Do more than ${p('rate')} % of the invocations end in 5XX or model errors, or more than ${p('client_rate')} % in 4XX errors, in all or for ${p('minutes')} minutes in a row, with at least ${p('min_errors')} errors?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

interface Kind {
  readonly what: string;
  readonly limit: 'rate' | 'client_rate';
  readonly action: string;
}

const KINDS: Readonly<Record<ErrorMetric, Kind>> = {
  Invocation5XXErrors: {
    what: '5XX errors',
    limit: 'rate',
    action:
      'Read the lines of the log at the shaded times: 5XX errors come from a container that fails, restarts or takes too long.',
  },
  InvocationModelErrors: {
    what: 'model errors',
    limit: 'rate',
    action: "Look for the exception in the container's log at the shaded times: the model did not answer with a 2XX in time.",
  },
  Invocation4XXErrors: {
    what: '4XX errors',
    limit: 'client_rate',
    action:
      'Compare what callers send (content type, size, permissions, rate) with what the endpoint takes: 4XX errors are requests refused.',
  },
};

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const invocations = invocationsOf(monitored, variant);
  const seldom = tooSeldom(invocations);
  if (seldom || invocations === undefined) return seldom as Look;
  const counted = ERROR_METRICS.flatMap((metric) => {
    const errors = errorsOf(monitored, variant, metric);
    return errors ? (countedOf(KINDS[metric], errors, invocations, p) ?? []) : [];
  });
  const missing = ERROR_METRICS.filter((metric) => counted.every(({ kind }) => kind !== KINDS[metric]));
  if (counted.length === 0) return notJudged('no error metrics', `CloudWatch has none of ${list(missing)} of it.`);
  const unknown = missing.length > 0 ? ` CloudWatch has no ${list(missing)} of it.` : '';

  const bad = counted.filter(({ isHigh }) => isHigh);
  const [first] = bad;
  if (first === undefined) {
    const rates = list(counted.map(({ rate, kind }, i) => `${percent(rate, 2)} ${i === 0 ? 'ended ' : ''}in ${kind.what}`));
    const finding = `Of ${count(total(invocations))} invocations ${rates}.${unknown}`;
    const ok: Look = { verdict: 'ok', reason: 'few errors', finding };
    return (
      tooSeldom(invocations, p('min_invocations')) ??
      (missing.includes('Invocation5XXErrors') ? notJudged('5XX errors not known', finding) : ok)
    );
  }
  const worst = bad.reduce((most, { peak }) => Math.max(most, peak / 100), 0);
  return {
    verdict: 'issue',
    reason: list(bad.map(({ kind }) => kind.what)),
    finding: `${bad.map(evidenceOf).join('; ')}.${unknown}`,
    action: first.kind.action,
    weight: Math.min(1, (first.kind.limit === 'rate' ? 0.6 : 0.3) + worst),
    issues: bad.map((one) => {
      const evidence = `${evidenceOf(one)}; the times are those with more than ${percent(p(one.kind.limit))}.`;
      return issueOver({ node: variant, evidence }, one.high);
    }),
  };
}

interface Counted {
  readonly kind: Kind;
  readonly errors: number;
  readonly invocations: number;
  /** Percent of the invocations. */
  readonly rate: number;
  /** The highest of all, and of the stretches that were long enough. */
  readonly peak: number;
  readonly high: readonly Stretch[];
  readonly longest: Stretch | undefined;
  readonly isHigh: boolean;
}

/** Undefined where no period has both. */
function countedOf(kind: Kind, errors: Points, invocations: Points, p: Parameters): Counted | undefined {
  const times = total(paired(invocations, errors, (all) => all));
  if (times === 0) return undefined;
  const [sum, rates] = [total(paired(errors, invocations, (some) => some)), scaled(errorShares(errors, invocations), 100)];
  const isOver = (rate: number) => rate > p(kind.limit);
  const bursts = stretches(rates, isOver, { leastSeconds: 60 * p('minutes') })
    .filter((burst) => total(within(errors, burst)) >= p('min_errors'))
    .sort((a, b) => b.periods - a.periods);
  const rate = Math.min(100, (100 * sum) / times);
  return {
    kind,
    errors: sum,
    invocations: times,
    rate,
    peak: bursts.reduce((most, { largest }) => Math.max(most, largest), rate),
    high: stretches(rates, isOver),
    longest: bursts[0],
    isHigh: sum >= p('min_errors') && (isOver(rate) || bursts.length > 0),
  };
}

function evidenceOf({ kind, errors, invocations, rate, longest }: Counted): string {
  const burst = longest ? `, up to ${percent(longest.largest)} for ${duration(lengthOf([longest]))}` : '';
  return `${percent(rate, 2)} of ${count(invocations)} invocations ended in ${kind.what} (${count(errors)})${burst}`;
}
