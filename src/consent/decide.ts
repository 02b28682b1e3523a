import { SILENT } from '../model/usage.ts';

/** On whose behalf: the person looking at a report, or whoever operates a container or a cluster. */
export type Scope = 'viewer' | 'container' | 'cluster';

/** An answer that was kept: the viewer's own, or for the other scopes their operator's. */
export interface Choice {
  readonly scope: Scope;
  readonly answer: 'granted' | 'denied';
  /** Who would have been told when the answer was given. */
  readonly endpoint: string;
  /** Of the promise that was shown, see src/beacon/payload.ts. */
  readonly policyVersion: number;
  /** When, ISO 8601. */
  readonly date: string;
}

/** What says no by itself, whatever was answered; the first in this order is named as the source. */
const NOES = {
  override: 'an administrator or the project has switched usage statistics off',
  opt_out_telemetry: "the job's owner opted out (opt_out_telemetry)",
  OPT_OUT_TRACKING: 'OPT_OUT_TRACKING is set in the environment',
  DO_NOT_TRACK: 'DO_NOT_TRACK is set in the environment',
  globalPrivacyControl: 'the browser asks for privacy (Global Privacy Control)',
  PAPERMILL_EXECUTION: 'papermill runs the notebook: nobody is looking',
  CI: 'this is a CI run: nobody is looking',
  opt_out: 'the notebook says opt_out=True',
  unreadable: 'what was answered cannot be understood, and may be a no',
} as const;

/** The name of a switch under which it is known where it is set. */
export type No = keyof typeof NOES;

export interface ConsentInputs extends Readonly<Partial<Record<No, boolean>>> {
  readonly scope: Scope;
  /** Who would be told; undefined where nobody is configured. */
  readonly endpoint: string | undefined;
  /** Of the promise that is made now. */
  readonly policyVersion: number;
  /** What was answered before, wherever it is kept; none means that nobody was asked. */
  readonly choices: readonly Choice[];
  /** True where somebody can be asked: a browser, a terminal. It decides nothing but whether to ask. */
  readonly canAsk: boolean;
}

/** `no choice` is the one source after which somebody may be asked. */
export type DecisionSource = 'no endpoint' | No | 'choice' | 'no choice' | 'nobody to ask';

export interface Decision {
  readonly allowed: boolean;
  readonly source: DecisionSource;
  /** One clause for people. */
  readonly reason: string;
}

/** Why nothing may be sent, whatever anybody answered; undefined where the answer decides. */
export function refusal(inputs: Pick<ConsentInputs, 'endpoint' | No>): Decision | undefined {
  if (inputs.endpoint === undefined) {
    return { allowed: false, source: 'no endpoint', reason: SILENT.reason };
  }
  const no = (Object.keys(NOES) as No[]).find((name) => inputs[name]);
  return no && { allowed: false, source: no, reason: NOES[no] };
}

/**
 * Whether something may be sent, and why. Any no wins, from wherever it comes; a yes is only the kept answer of the scope itself, given
 * for this endpoint and this version of the promise. A kept no holds for every endpoint and version.
 */
export function decide(inputs: ConsentInputs): Decision {
  const { scope, endpoint, policyVersion, canAsk } = inputs;
  const decided = (allowed: boolean, source: DecisionSource, reason: string): Decision => ({ allowed, source, reason });

  const refused = refusal(inputs);
  if (refused) return refused;

  const who = scope === 'viewer' ? 'you' : `the operator of this ${scope}`;
  const choices = inputs.choices.filter((choice) => choice.scope === scope);
  if (choices.some(({ answer }) => answer === 'denied')) return decided(false, 'choice', `${who} said no`);
  const yes = choices.filter(({ answer }) => answer === 'granted');
  if (yes.some((choice) => choice.endpoint === endpoint && choice.policyVersion === policyVersion)) {
    return decided(true, 'choice', `${who} said yes`);
  }
  const unsaid = yes.some((choice) => choice.endpoint === endpoint)
    ? `${who} said yes to an earlier version of what is sent`
    : yes.length > 0
      ? `${who} said yes to another endpoint`
      : `${who} ${scope === 'viewer' ? 'have' : 'has'} not said yes`;
  return canAsk
    ? decided(false, 'no choice', unsaid)
    : decided(false, 'nobody to ask', `${unsaid}, and nobody can be asked here`);
}
