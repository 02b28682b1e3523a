import { POLICY_VERSION } from '../../../src/beacon/payload.ts';
import { type Decision, decide } from '../../../src/consent/decide.ts';
import { isProcessingJobArn } from '../../../src/model/arn.ts';
import type { IUsage, Question, Subject } from '../usage/token.ts';
import type { CallState } from './call-state.ts';

/** What the switch of a notebook shows. */
export interface Shown {
  /** True where running the notebook tells somebody, or may. */
  readonly on: boolean;
  /** Whether it can be flipped. */
  readonly can: boolean;
  /** A sentence or two. */
  readonly reason: string;
  /** Who has to be asked about before it is switched on; the name of the file is not known here. */
  readonly question?: Omit<Question, 'name'>;
  /** What is decided about, where the notebook's code follows the viewer's answer. */
  readonly subject?: Subject;
}

type Deciding = Pick<IUsage, 'decide' | 'settings'>;

/** The effective state of a notebook's call. It is never off where running the notebook would send. */
export function shown(state: CallState, usage: Deciding, writable: boolean): Shown {
  const all = whole(state, usage);
  return all.can && !writable ? { ...all, can: false, reason: `${all.reason} This file cannot be written.` } : all;
}

function whole(state: CallState, usage: Deciding): Shown {
  switch (state.kind) {
    case 'silent':
      return { on: false, can: false, reason: `Off: ${state.why}.` };
    case 'by hand': {
      const may = state.optOut ? '' : ' It may tell somebody.';
      return {
        on: !state.optOut,
        can: false,
        reason: `Changed by hand or made by another version, so it is left alone: ${state.why}.${may}`,
      };
    }
    case 'ours':
      return ours(state, usage);
    case 'service':
      return services(state, usage);
  }
}

function ours({ beacon, arn, optOut }: Extract<CallState, { kind: 'ours' }>, usage: Deciding): Shown {
  const { endpoint, policyVersion } = beacon;
  const about = { endpoint, policyVersion };
  const subject = { ...about, optOut };
  if (arn !== undefined && !isProcessingJobArn(arn)) {
    return { on: false, can: false, reason: 'Off: processing_job_arn is not the ARN of a processing job.' };
  }
  const decision = usage.decide(subject);
  const told = `Running this notebook tells ${endpoint} that it was opened.`;
  if (decision.allowed) return { on: true, can: true, reason: `On: ${decision.reason}. ${told}`, subject };
  if (!optOut && isUnseen(decision) && cellAllows(usage, about)) {
    const reason = `On: you said yes, and this notebook cannot know that ${decision.reason}. ${told}`;
    return { on: true, can: true, reason, subject };
  }
  const elsewhere =
    decision.source === 'no choice' ? ' A yes that "profiler-report consent" keeps where it runs counts too.' : '';
  const question = arn && ({ ...about, url: beacon.request(arn), by: 'notebook' } as const);
  return { ...off(`Off: ${decision.reason}.${elsewhere}`, usage.decide(about), question), subject };
}

function services({ arn, optOut }: Extract<CallState, { kind: 'service' }>, usage: Deciding): Shown {
  const region = arn !== undefined && isProcessingJobArn(arn) ? arn.split(':')[3] : undefined;
  const endpoint = region && `https://sm-profiler-report-${region}.s3.${region}.amazonaws.com/`;
  const about = { endpoint: endpoint || undefined, policyVersion: POLICY_VERSION };
  const decision = usage.decide(about);
  if (!optOut) {
    const no =
      decision.source === 'no choice' || decision.source === 'no endpoint' || decision.allowed
        ? ''
        : `, also where ${decision.reason}`;
    return { on: true, can: true, reason: `On: running this notebook tells ${endpoint ?? 'the service'} and asks nobody${no}.` };
  }
  const url = `${endpoint}?x-artifact-id=profiler_report_v1&x-arn=${arn}`;
  const question = endpoint && ({ endpoint, policyVersion: POLICY_VERSION, url, by: 'service' } as const);
  return off('Off: the notebook says opt_out=True.', decision, question);
}

/** Off; it can be switched on where an answer would change that and the request can be shown. `decision` is that without opt_out=True. */
function off(reason: string, decision: Decision, question: Omit<Question, 'name'> | '' | undefined): Shown {
  if (!question) {
    return {
      on: false,
      can: false,
      reason: `${reason} It cannot be switched on: what would be sent is not known, as processing_job_arn is not written out.`,
    };
  }
  if (decision.source === 'choice' || decision.source === 'no choice') return { on: false, can: true, reason, question };
  const why = reason.includes(decision.reason) ? '' : ` It cannot be switched on: ${decision.reason}.`;
  return { on: false, can: false, reason: reason + why };
}

/** True for what only the lab and its browser know, and no code of a notebook. */
function isUnseen({ source }: Decision): boolean {
  return source === 'override' || source === 'globalPrivacyControl';
}

/** What our code decides by the answers alone. */
function cellAllows(
  { settings: { choices, unreadable } }: Deciding,
  about: { endpoint: string; policyVersion: number },
): boolean {
  return decide({ ...about, scope: 'viewer', choices, unreadable, canAsk: true }).allowed;
}
