import { type HostUsage, hostUsage } from '../measures/host-usage.ts';
import { largest } from '../measures/metric-series.ts';
import { stretches } from '../measures/metric-spans.ts';
import type { Monitored } from '../model/monitored.ts';
import { percent, visibleName, visibleText } from '../model/text.ts';
import { issueOver } from './raw.ts';
import { type AddedRule, type AddedRuleRun, type Judgement, notJudged, PERCENT } from './rule.ts';

/**
 * A process that is killed for want of memory takes the last of it within seconds: the mean of the last whole minute, which is what
 * CloudWatch has, lies well below 100 %.
 */
export const failedJob: AddedRule = {
  name: 'FailedJob',
  title: 'Failed job',
  defaults: { memory: '80' },
  ranges: { memory: PERCENT },
  checks: (p) => `Did the job fail, and was more than ${p('memory')} % of a host's memory in use before?`,
  run({ monitored }, { parameter: p }) {
    if (monitored === undefined) return judged(notJudged('status not known', 'SageMaker was not asked how the job ended.'));
    const { status, failureReason } = monitored.subject;
    if (status === 'Failed' || (status === undefined && failureReason !== undefined)) return failure(monitored, p('memory'));
    if (status === undefined) return judged(notJudged('status not known', 'SageMaker does not tell how the job ended.'));
    if (status === 'Completed' || status === 'Stopped')
      return judged({ verdict: 'ok', reason: status.toLowerCase(), finding: `Its status is ${status}.` });
    return judged(notJudged('not over', `Its status is ${visibleName(status)}.`));
  },
};

function judged(judgement: Judgement): AddedRuleRun {
  return { judgement, issues: [] };
}

/** What SageMaker, a shell or a framework says of a process that got no more memory; 137 is 128 + SIGKILL. */
const NO_MEMORY = /out ?of ?memory|\bOOM|memoryerror|cannot allocate memory|bad_alloc/i;
const KILLED = /\b(?:exit(?:ed)?|return(?:ed)?)\b.{0,40}\b137\b|\b(?:sig)?kill(?:ed)?\b/i;
const MOST_SHOWN = 400;

function failure(monitored: Monitored, limit: number): AddedRuleRun {
  const { subject, logs } = monitored;
  const reason = subject.failureReason?.trim() ?? '';
  const fullest = hostUsage(monitored, 'MemoryUtilization', ['Maximum', 'Average'])
    .map((one) => ({ ...one, peak: largest(one.series) ?? 0 }))
    .toSorted((a, b) => b.peak - a.peak)[0];
  const isFull = fullest !== undefined && fullest.peak > limit;
  const saysSo = NO_MEMORY.test(reason);
  const isLikely = saysSo || (isFull && KILLED.test(reason)) || logs.lines.some(({ message }) => NO_MEMORY.test(message));
  const shown = visibleText(reason.slice(0, MOST_SHOWN)) + (reason.length > MOST_SHOWN ? '…' : '');
  const told = reason === '' ? 'SageMaker tells no reason' : shown;
  const used = isFull ? ` Up to ${percent(fullest.peak)} of the memory of ${visibleName(fullest.host)} was in use.` : '';
  const cause = isLikely ? `It ${saysSo ? 'ran' : 'likely ran'} out of memory` : undefined;
  const finding = `It failed: ${told}${/[.!?…]$/.test(told) ? '' : '.'}${used}${cause ? ` ${cause}.` : ''}`;
  return {
    judgement: {
      verdict: 'issue',
      reason: isLikely ? `failed, ${saysSo ? '' : 'likely '}out of memory` : 'failed',
      finding,
      action: isLikely
        ? 'Choose instances with more memory, or hold less of the data at once: the job ran out of memory, or so it seems.'
        : 'Read the last lines of its log: what stopped it stands there or in the reason that SageMaker tells.',
      weight: 1,
    },
    issues: [issueOver({ ...(isFull ? { node: fullest.host } : {}), evidence: finding }, isFull ? spansOf(fullest, limit) : [])],
  };
}

function spansOf({ series }: HostUsage, limit: number) {
  return stretches(series, (value) => value > limit);
}
