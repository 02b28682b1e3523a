import { invocationsOf } from '../measures/endpoint-traffic.ts';
import { PUBLISHED_SECONDS, type Resource, utilizationOf } from '../measures/endpoint-utilization.ts';
import { instanceCounts } from '../measures/instance-types.ts';
import { largest, paired, total, variantOf, variantSeries } from '../measures/metric-series.ts';
import { lengthOf, type Stretch, stretches } from '../measures/metric-spans.ts';
import type { Issue } from '../model/issue.ts';
import type { Monitored } from '../model/monitored.ts';
import { count, duration, list, percent, visibleName } from '../model/text.ts';
import { judgeVariants, type Look } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, notJudged, type Parameters, PERCENT, SOME } from './rule.ts';

/**
 * Above 90 % of memory a burst of large requests or one more worker ends in a killed container. Frameworks take most of a GPU's memory in
 * advance, so that only the last 5 % of it count. A disk above 90 % has no room for the next model. A multi-model variant that unloads a
 * model for more than one request in twenty cannot hold those that are asked for.
 */
export const insufficientMemory: EndpointRule = {
  name: 'InsufficientMemory',
  title: 'Insufficient memory',
  judges: 'endpoint',
  defaults: { memory: '90', gpu_memory: '95', disk: '90', unloads: '5', minutes: '5' },
  ranges: { memory: PERCENT, gpu_memory: PERCENT, disk: PERCENT, unloads: PERCENT, minutes: SOME },
  checks: (p) =>
    `Is memory above ${p('memory')} %, GPU memory above ${p('gpu_memory')} % or disk above ${p('disk')} % full for ${p('minutes')} minutes in a row, or is a model unloaded for more than ${p('unloads')} % of the requests to a multi-model variant?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

const KINDS = [
  { resource: 'MemoryUtilization', limit: 'memory', what: 'memory' },
  { resource: 'GPUMemoryUtilization', limit: 'gpu_memory', what: 'GPU memory' },
  { resource: 'DiskUtilization', limit: 'disk', what: 'disk' },
] as const satisfies { resource: Resource; limit: string; what: string }[];

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const used = KINDS.flatMap((kind) =>
    utilizationOf(monitored, variant, kind.resource, ['Maximum', 'Average']).flatMap((one) => {
      const peak = largest(one.points);
      const full = stretches(one.points, (value) => value > p(kind.limit), { bridgeSeconds: PUBLISHED_SECONDS }).filter(
        (span) => lengthOf([span]) >= 60 * p('minutes'),
      );
      // Of an unknown number of GPUs: below the limit together, each is.
      return peak === undefined ? [] : [{ ...kind, ...one, peak, full, isKnown: one.isNormalised || peak <= p(kind.limit) }];
    }),
  );
  const [known, unknown] = [used.filter(({ isKnown }) => isKnown), used.filter(({ isKnown }) => !isKnown)];
  const churn = churnOf(monitored, variant, p('unloads'));
  if (known.length === 0 && churn === undefined)
    return unknown.length > 0
      ? notJudged(
          'count of GPUs not known',
          `${UNKNOWN_GPUS} (at most ${percent(Math.max(...unknown.map(({ peak }) => peak)))}).`,
        )
      : notJudged('no memory metrics', 'CloudWatch has no utilization of memory, GPU memory or disk of it.');
  const missing = missingOf(monitored, variant, used);
  const caveat = `${unknown.length > 0 ? ` ${UNKNOWN_GPUS}: not judged.` : ''}${missing.length > 0 ? ` CloudWatch has no ${list(missing)} of it.` : ''}`;

  const full = known.filter((one) => one.full.length > 0).sort((a, b) => b.peak - a.peak);
  const issues = [...full.map((one) => issueOf(variant, one, p(one.limit))), ...(churn?.issue ? [churn.issue] : [])];
  if (issues.length > 0)
    return {
      verdict: 'issue',
      reason:
        full.length > 0 ? `${list([...new Set(full.map(({ what }) => what))])} nearly full` : 'models unloaded again and again',
      finding: `${issues
        .slice(0, 2)
        .map(({ evidence }) => evidence)
        .join(' ')}${issues.length > 2 ? ` There are ${count(issues.length - 2)} more such.` : ''}${caveat}`,
      action: full[0]
        ? `Choose instances with more ${full[0].what}, or run fewer workers and models on each: a full one ends in killed containers.`
        : 'Choose instances with more memory, or spread the models over several endpoints: models are unloaded to make room.',
      weight: full.length > 0 ? 0.8 : 0.5,
      issues,
    };
  const peaks = KINDS.flatMap(({ what }) => {
    const ofKind = known.filter((one) => one.what === what).map(({ peak }) => peak);
    return ofKind.length > 0 ? [`${percent(Math.max(...ofKind))} of ${what}`] : [];
  });
  const finding =
    `${peaks.length > 0 ? `At most ${list(peaks)} was in use.` : ''}${churn ? ` ${churn.finding}` : ''}${caveat}`.trim();
  // A disk with room says nothing of memory.
  if (known.every(({ what }) => what === 'disk') && churn === undefined) return notJudged('memory not known', finding);
  return { verdict: 'ok', reason: 'room to spare', finding };
}

/** Metrics of memory that there is nothing of, though the instances have such. */
function missingOf({ subject }: Monitored, variant: string, used: readonly { readonly resource: Resource }[]): Resource[] {
  const { gpus = 0 } = instanceCounts(variantOf({ subject }, variant)?.instanceType);
  const wanted: Resource[] = gpus > 0 ? ['MemoryUtilization', 'GPUMemoryUtilization'] : ['MemoryUtilization'];
  return wanted.filter((resource) => used.every((one) => one.resource !== resource));
}

const UNKNOWN_GPUS = 'GPU memory is told of all GPUs together, and the instance type does not tell how many there are';

interface Full {
  readonly instance?: string;
  readonly what: string;
  readonly peak: number;
  readonly full: readonly Stretch[];
}

function issueOf(node: string, { instance, ...one }: Full, limit: number): Issue {
  const evidence = fullText({ ...one, ...(instance === undefined ? {} : { place: visibleName(instance) }) }, limit);
  return issueOver({ node, ...(instance === undefined ? {} : { device: instance }), evidence }, one.full);
}

/** One sentence. */
export function fullText(
  { place, what, peak, full }: Omit<Full, 'instance'> & { readonly place?: string },
  limit: number,
): string {
  const longest = full.reduce((most, one) => Math.max(most, one.endSeconds - one.startSeconds), 0);
  const on = place === undefined ? '' : ` on ${place}`;
  return `More than ${percent(limit)} of ${what} was in use${on}, for up to ${duration(longest)}, at most ${percent(peak)}.`;
}

/** How often a multi-model variant unloaded a model; undefined where CloudWatch does not tell, or nothing was asked of it. */
function churnOf(monitored: Monitored, variant: string, limit: number): { finding: string; issue?: Issue } | undefined {
  const unloads = variantSeries(monitored, variant, 'ModelUnloadingTime', 'SampleCount');
  const invocations = invocationsOf(monitored, variant);
  if (!unloads || !invocations || total(invocations) === 0) return undefined;
  const [times, requests] = [total(unloads), total(invocations)];
  const evidence = `A model was unloaded ${count(times)} times for ${count(requests)} requests.`;
  if ((100 * times) / requests <= limit) return { finding: evidence };
  const high = paired(unloads, invocations, (some, all) => (all > 0 ? (100 * some) / all : 0));
  return {
    finding: evidence,
    issue: issueOver(
      { node: variant, evidence },
      stretches(high, (share) => share > limit),
    ),
  };
}
