import { idleOf } from '../measures/endpoint-idle.ts';
import { variantOf } from '../measures/metric-series.ts';
import { silenceOf, silenceText } from '../measures/silence.ts';
import type { Monitored } from '../model/monitored.ts';
import { duration, number, percent, visibleName } from '../model/text.ts';
import { judgeVariants, type Look } from './endpoint-verdict.ts';
import { issueOver } from './raw.ts';
import { type EndpointRule, MANY, notJudged, type Parameters, PERCENT } from './rule.ts';

/**
 * Idle for more than half of its time, an endpoint costs more than twice what its work would. Pauses shorter than 15 minutes count as work:
 * instances take minutes to start, so that nothing could be saved in them. Less than an hour tells nothing of what is usual.
 */
export const idleEndpoint: EndpointRule = {
  name: 'IdleEndpoint',
  title: 'Idle endpoint',
  judges: 'endpoint',
  defaults: { share: '50', pause: '15', minutes: '60' },
  ranges: { share: PERCENT, pause: MANY, minutes: MANY },
  checks: (p) =>
    `Do instances stand without an invocation, in pauses of at least ${p('pause')} minutes, for more than ${p('share')} % of the time that they are up?`,
  run({ monitored }, { parameter: p }) {
    return judgeVariants(monitored, (variant) => look(monitored, variant, p));
  },
};

const UNSEEN = ' Without utilization of its instances, it is known to be up from the first to the last invocation only.';

function look(monitored: Monitored, variant: string, p: Parameters): Look {
  const { isServerless, instanceType } = variantOf(monitored, variant) ?? {};
  if (isServerless) return notJudged('serverless', 'It is serverless: idle time costs nothing.');
  const idle = idleOf(monitored, variant, 60 * p('pause'));
  if (idle === undefined)
    return notJudged(
      'no data',
      'CloudWatch has neither invocations nor utilization of it, so that nobody knows whether it was up.',
    );
  const { upSeconds, idleSeconds, idleInstanceSeconds, isSeen, isCounted, spans } = idle;
  const silence = silenceOf(monitored, variant);
  const silent = silence ? ` ${silenceText(silence)}` : '';
  if (upSeconds < 60 * p('minutes'))
    return notJudged(
      'too short',
      `It was seen up for ${duration(upSeconds)}; the rule needs ${duration(60 * p('minutes'))} before it judges.`,
    );
  if (!isCounted)
    return notJudged(
      'invocations not known',
      `It was up for ${duration(upSeconds)}, and CloudWatch has no Invocations of it here: whether it was called is not known.${silent}`,
    );
  const share = (100 * idleSeconds) / upSeconds;
  const hours = idleInstanceSeconds === undefined ? '' : `, ${number(idleInstanceSeconds / 3600, 1)} instance hours`;
  const of = hours !== '' && instanceType ? ` of ${visibleName(instanceType)}` : '';
  const stood =
    idleSeconds === 0
      ? `It was in use all of the ${duration(upSeconds)} that it was up, but for pauses of less than ${duration(60 * p('pause'))}.`
      : `It stood idle for ${duration(idleSeconds)} of ${duration(upSeconds)} (${percent(share)}${hours}${of}).`;
  const finding = `${stood}${isSeen ? '' : UNSEEN}${silent}`;
  if (share <= p('share'))
    return silence ? notJudged('silent at the end', finding) : { verdict: 'ok', reason: 'in use', finding };
  return {
    verdict: 'issue',
    reason: idleSeconds === upSeconds ? 'never invoked' : 'idle most of the time',
    finding,
    action:
      idleSeconds === upSeconds
        ? 'Ask who needs it: it was not invoked once. Delete it, or make it serverless.'
        : 'Make it serverless, let it scale in, or put its model beside others on one endpoint: its instances are paid for while idle.',
    weight: (0.6 * share) / 100,
    issues: [issueOver({ node: variant, evidence: finding }, spans)],
  };
}
