import { POLICY_VERSION } from '../../../src/beacon/payload.ts';
import type { Decision } from '../../../src/consent/decide.ts';
import { oneRequest, type Sent } from '../../../src/page/usage/request.ts';
import type { Answer, IUsage } from '../usage/token.ts';
import type { Asking } from './asking.ts';

/** One opening of a report that would ask: at most one request. */
export interface Opening {
  decision(): Decision;
  sent(): Sent | undefined;
  /** The report is seen: sends what may be sent, asks where nobody answered. */
  seen(): Promise<void>;
  /** Asks, or asks again. */
  ask(): Promise<void>;
}

/** Whatever the report says of itself later, `asking` is what its file said when it was opened. `changed` follows the request. */
export function opening(usage: IUsage, { endpoint, url }: Asking, name: string, changed: () => void): Opening {
  const request = oneRequest(url, changed);
  const decision = () => usage.decide({ endpoint, policyVersion: POLICY_VERSION });
  const askNow = async () => {
    const { source } = decision();
    if (source !== 'no choice' && source !== 'choice') return;
    // A yes to this opening alone would not undo a no, nor take back a yes.
    const answers: readonly Answer[] = source === 'choice' ? ['never', 'later', 'always'] : ['never', 'later', 'once', 'always'];
    const answer = await usage.ask({ endpoint, policyVersion: POLICY_VERSION, url, name }, answers);
    // While the question stood, another tab may have said no.
    const now = decision();
    if (now.allowed || (answer === 'once' && now.source === 'no choice')) request.send();
    changed();
  };
  /** However often it is asked for, one question stands at a time. */
  let standing: Promise<void> | undefined;
  const ask = () => {
    standing ??= askNow().finally(() => {
      standing = undefined;
    });
    return standing;
  };
  return {
    decision,
    sent: request.sent,
    ask,
    async seen() {
      await usage.refresh(); // another tab may have said no
      const { allowed, source } = decision();
      if (allowed) request.send();
      else if (source === 'no choice') await ask();
    },
  };
}
