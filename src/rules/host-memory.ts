import { hostUsage } from '../measures/host-usage.ts';
import { largest } from '../measures/metric-series.ts';
import { lengthOf, stretches } from '../measures/metric-spans.ts';
import { count, list, percent, visibleName } from '../model/text.ts';
import { fullText } from './insufficient-memory.ts';
import { issueOver } from './raw.ts';
import { type AddedRule, notJudged, PERCENT, SOME } from './rule.ts';

/**
 * InsufficientMemory for the hosts of a job, with its limits: the mean of a minute above 90 % leaves no room for the next large batch or one
 * more data loader. GPU memory is not looked at: training is meant to fill it.
 */
export const hostMemory: AddedRule = {
  name: 'HostMemory',
  title: 'Host memory',
  defaults: { memory: '90', disk: '90', minutes: '5' },
  ranges: { memory: PERCENT, disk: PERCENT, minutes: SOME },
  checks: (p) =>
    `Is more than ${p('memory')} % of a host's memory or ${p('disk')} % of its disk in use for ${p('minutes')} minutes in a row?`,
  run({ monitored }, { parameter: p }) {
    // Of one that failed the last moments count, however few.
    const isFailed = monitored?.subject.status === 'Failed';
    const used = KINDS.flatMap(({ resource, what }) =>
      (monitored ? hostUsage(monitored, resource, ['Maximum', 'Average']) : []).map(({ host, series }) => {
        const end = (series.seconds.at(-1) as number) + series.periodSeconds;
        const full = stretches(series, (value) => value > p(what)).filter(
          (span) => lengthOf([span]) >= 60 * p('minutes') || (isFailed && span.endSeconds === end),
        );
        return { host, what, peak: largest(series) as number, full };
      }),
    );
    if (used.length === 0)
      return {
        judgement: notJudged('no memory metrics', 'CloudWatch has no utilization of memory or disk of its hosts.'),
        issues: [],
      };
    const full = used.filter((one) => one.full.length > 0).sort((a, b) => b.peak - a.peak);
    const issues = full.map((one) =>
      issueOver({ node: one.host, evidence: fullText({ ...one, place: visibleName(one.host) }, p(one.what)) }, one.full),
    );
    const [first] = full;
    if (first) {
      const told = issues.slice(0, 2).map(({ evidence }) => evidence);
      const more = issues.length > 2 ? ` There are ${count(issues.length - 2)} more such.` : '';
      const judgement = {
        verdict: 'issue',
        reason: `${list([...new Set(full.map(({ what }) => what))])} nearly full`,
        finding: `${told.join(' ')}${more}`,
        action: ACTIONS[first.what],
        weight: 0.6,
      } as const;
      return { judgement, issues };
    }
    const peaks = KINDS.flatMap(({ what }) => {
      const ofKind = used.filter((one) => one.what === what).map(({ peak }) => peak);
      return ofKind.length > 0 ? [`${percent(Math.max(...ofKind))} of ${what}`] : [];
    });
    const isKnown = used.some(({ what }) => what === 'memory');
    const finding = `At most ${list(peaks)} was in use on a host.${isKnown ? '' : ' CloudWatch has no MemoryUtilization of them.'}`;
    if (!isKnown) return { judgement: notJudged('memory not known', finding), issues };
    const isShort = used.some(({ what, peak }) => peak > p(what));
    return { judgement: { verdict: 'ok', reason: isShort ? 'full for a short time only' : 'room to spare', finding }, issues };
  },
};

const KINDS = [
  { resource: 'MemoryUtilization', what: 'memory' },
  { resource: 'DiskUtilization', what: 'disk' },
] as const;

const ACTIONS = {
  memory: 'Choose instances with more memory, or hold less of the data at once: a host without any left ends the job.',
  disk: 'Ask for a larger volume (VolumeSizeInGB), or stream the data: a full disk ends the job.',
} as const;
