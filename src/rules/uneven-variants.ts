import { added, ratio, scaled, variantNames } from '../measures/metric-series.ts';
import { stretches } from '../measures/metric-spans.ts';
import { type ComparedVariant, chance, comparedVariants } from '../measures/variant-comparison.ts';
import type { Issue } from '../model/issue.ts';
import { count, duration, list, number, percent, visibleName } from '../model/text.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, notJudged, type Parameters, PERCENT, SOME } from './rule.ts';

/**
 * Means of the same model differ by tenths with traffic and placement; twice as long, or twice the errors, is another behaviour. Traffic is
 * dealt at random by weight: a share is off only where chance (three standard deviations) does not explain it. With fewer than 100
 * requests a variant is not compared.
 */
export const unevenVariants: EndpointRule = {
  name: 'UnevenVariants',
  title: 'Uneven variants',
  judges: 'endpoint',
  defaults: { traffic: '10', factor: '2', errors: '1', min_invocations: '100' },
  ranges: { traffic: PERCENT, factor: SOME, errors: PERCENT, min_invocations: SOME },
  checks: (p) =>
    `Do variants get a share of the traffic that is more than ${p('traffic')} points off their weight, or differ by a factor of more than ${p('factor')} in model latency, or in errors (and by more than ${p('errors')} points)?`,
  run({ monitored }, { parameter: p }) {
    const names = variantNames(monitored);
    if (names.length < 2)
      return { judgement: notJudged('one variant', 'There are no two variants that could be compared.'), issues: [] };
    const variants = comparedVariants(monitored);
    const least = p('min_invocations');
    const [enough, few] = [
      variants.filter(({ requests }) => requests >= least),
      variants.filter(({ requests }) => requests < least),
    ];
    const unknown = names.filter((name) => variants.every((one) => one.name !== name));
    const compared = [errors(enough, p), latency(enough, p), traffic(variants, p)].filter((one) => one !== undefined);
    const several = enough.length > 1 ? enough : [];
    const left: readonly (readonly [why: string, variants: readonly { readonly name: string }[]])[] = [
      [`With fewer than ${count(least)} invocations, latency and errors not compared`, few],
      ['Without a weight (as shadow variants are), traffic not compared', variants.filter((one) => one.weight === undefined)],
      ['Without ModelLatency', several.filter((one) => one.latency === undefined)],
      ['Without error metrics', several.filter((one) => one.errors === undefined)],
      ['Not compared, without any data', unknown.map((name) => ({ name }))],
    ];
    const notes = left
      .flatMap(([why, some]) => (some.length > 0 ? [`${why}: ${list(some.map(({ name }) => visibleName(name)))}.`] : []))
      .join(' ');
    if (compared.length === 0) {
      const reason = enough.length < 2 ? 'too little traffic' : 'metrics missing';
      return { judgement: notJudged(reason, `No two variants could be compared. ${notes}`), issues: [] };
    }
    const off = compared.filter(({ issues }) => issues.length > 0);
    const issues = off.flatMap((one) => one.issues);
    const [first] = off;
    if (first === undefined) {
      const finding = [...compared.map(({ summary }) => summary), notes].join(' ').trim();
      return { judgement: { verdict: 'ok', reason: 'alike', finding }, issues };
    }
    const finding = [...issues.slice(0, 3).map(({ evidence }) => evidence), notes].join(' ').trim();
    const reason = `${list(off.map(({ what }) => what))} differ${off.length === 1 && first.what !== 'errors' ? 's' : ''}`;
    return { judgement: { verdict: 'issue', reason, finding, action: first.action, weight: first.weight }, issues };
  },
};

interface Comparison {
  readonly what: 'traffic' | 'latency' | 'errors';
  readonly summary: string;
  readonly issues: readonly Issue[];
  readonly action: string;
  readonly weight: number;
}

/** Of those with a weight, which shadow variants have none; undefined where there are not two of them, or too little traffic. */
function traffic(all: readonly ComparedVariant[], p: Parameters): Comparison | undefined {
  const variants = all.filter((one) => one.weight !== undefined);
  const weights = variants.flatMap(({ weight }) => weight ?? []);
  const [requests, weight] = [variants.reduce((sum, one) => sum + one.requests, 0), weights.reduce((a, b) => a + b, 0)];
  if (variants.length < 2 || weight <= 0 || requests < p('min_invocations')) return undefined;
  const whole = added(variants.map(({ invocations }) => invocations));
  const shares = variants.map((one) => ({ ...one, share: one.requests / requests, wanted: (one.weight ?? 0) / weight }));
  const off = shares.filter(({ share, wanted }) => isOff(share - wanted, p('traffic') / 100, chance(wanted, requests)));
  return {
    what: 'traffic',
    summary: `Shares of traffic: ${list(shares.map(({ name, share, wanted }) => `${visibleName(name)} ${percent(100 * share)} (weight ${percent(100 * wanted)})`))}.`,
    issues: off.map(({ name, share, wanted, invocations }) => {
      const evidence = `${visibleName(name)} got ${percent(100 * share)} of the traffic, with a weight of ${percent(100 * wanted)}.`;
      const perPeriod = added([invocations, scaled(whole, 0)]);
      const spans = stretches(ratio(perPeriod, whole), (part) => Math.abs(part - wanted) > p('traffic') / 100);
      return issueOver({ node: name, evidence }, spans);
    }),
    action:
      'Check whether callers name a target variant, and whether the weights are those you meant: traffic does not follow them.',
    weight: 0.3,
  };
}

function latency(variants: readonly ComparedVariant[], p: Parameters): Comparison | undefined {
  const known = variants
    .flatMap(({ name, latency: of }) => (of ? [{ name, ...of }] : []))
    .sort((a, b) => a.meanMicros - b.meanMicros);
  const [best, ...others] = known;
  if (best === undefined || others.length === 0) return undefined;
  const slow = others.filter(({ meanMicros }) => meanMicros > p('factor') * best.meanMicros);
  return {
    what: 'latency',
    summary: `Model latency: ${list(known.map(({ name, meanMicros }) => `${visibleName(name)} ${duration(meanMicros / 1e6)}`))}.`,
    issues: slow.map(({ name, means, meanMicros }) => {
      const evidence = `${visibleName(name)} took ${duration(meanMicros / 1e6)} in the mean, ${visibleName(best.name)} ${duration(best.meanMicros / 1e6)}${timesOf(meanMicros, best.meanMicros)}.`;
      return issueOver(
        { node: name, evidence },
        stretches(ratio(means, best.means), (times) => times > p('factor')),
      );
    }),
    action: `Compare instance type, model and container of the slow variant with those of ${visibleName(best.name)}, or shift traffic to that one.`,
    weight: 0.4,
  };
}

function errors(variants: readonly ComparedVariant[], p: Parameters): Comparison | undefined {
  const known = variants.flatMap(({ errors: of, ...one }) => (of ? [{ ...one, ...of }] : [])).sort((a, b) => a.rate - b.rate);
  const [best, ...others] = known;
  if (best === undefined || others.length === 0) return undefined;
  const worse = others.filter(({ rate, count: some, requests }) => {
    const together = (some + best.count) / (requests + best.requests);
    return (
      rate > p('factor') * best.rate && isOff(rate - best.rate, p('errors') / 100, chance(together, requests, best.requests))
    );
  });
  return {
    what: 'errors',
    summary: `Errors: ${list(known.map(({ name, rate }) => `${visibleName(name)} ${percent(100 * rate, 2)}`))}.`,
    issues: worse.map(({ name, rate, perPeriod, invocations }) => {
      const evidence = `${percent(100 * rate, 2)} of the invocations of ${visibleName(name)} ended in 4XX or 5XX errors, ${percent(100 * best.rate, 2)} of those of ${visibleName(best.name)}.`;
      const isHigh = (share: number) => share > best.rate + p('errors') / 100;
      return issueOver({ node: name, evidence }, stretches(ratio(perPeriod, invocations), isHigh));
    }),
    action: `Shift traffic to ${visibleName(best.name)}, and look for what the failing variant does differently in its log.`,
    weight: 0.7,
  };
}

/** More than the limit, and more than chance. */
function isOff(difference: number, limit: number, deviation: number): boolean {
  return Math.abs(difference) > Math.max(limit, 3 * deviation);
}

function timesOf(slow: number, fast: number): string {
  return fast > 0 ? `: ${number(slow / fast, 1)} times as long` : '';
}
