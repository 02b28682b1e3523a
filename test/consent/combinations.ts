import type { Choice, ConsentInputs, Decision, Scope } from '../../src/consent/decide.ts';
import rows from './decisions.json' with { type: 'json' };

/** A row of the table of decisions; the first row whose every condition holds decides. `{who}` and `{have}` depend on the scope. */
export interface Row {
  readonly what: string;
  readonly when: Readonly<Record<string, boolean | readonly string[]>>;
  readonly allowed: boolean;
  readonly source: string;
  readonly reason: string;
}

export const ROWS: readonly Row[] = rows as unknown as Row[];

export const SCOPES = ['viewer', 'container', 'cluster'] as const satisfies readonly Scope[];
export const SWITCHES = [
  'override',
  'opt_out_telemetry',
  'OPT_OUT_TRACKING',
  'DO_NOT_TRACK',
  'globalPrivacyControl',
  'PAPERMILL_EXECUTION',
  'CI',
  'opt_out',
  'unreadable',
] as const;

const ENDPOINT = 'https://stats.example.org/';
const VERSION = 2;

/** What may be kept of earlier answers, by the name it has in the table. */
export const KEPT: Readonly<Record<string, (scope: Scope) => readonly Choice[]>> = {
  nothing: () => [],
  yes: (scope) => [answered(scope, 'granted')],
  'yes, also to another endpoint': (scope) => [answered(scope, 'granted', 'https://other.example/'), answered(scope, 'granted')],
  'yes to another endpoint': (scope) => [answered(scope, 'granted', 'https://other.example/')],
  'yes to an earlier version': (scope) => [answered(scope, 'granted', ENDPOINT, VERSION - 1)],
  no: (scope) => [answered(scope, 'denied')],
  'no to another endpoint': (scope) => [answered(scope, 'denied', 'https://other.example/')],
  'no to an earlier version': (scope) => [answered(scope, 'denied', ENDPOINT, VERSION - 1)],
  'yes and no': (scope) => [answered(scope, 'granted'), answered(scope, 'denied')],
  'yes and no of the other scopes': (scope) =>
    SCOPES.filter((other) => other !== scope).flatMap((other) => [answered(other, 'granted'), answered(other, 'denied')]),
};

export interface Combination {
  /** What the rows of the table look at. */
  readonly state: Readonly<Record<string, boolean | string>>;
  readonly inputs: ConsentInputs;
}

/** Every combination of everything the decision looks at. */
export function* combinations(): Generator<Combination> {
  for (const scope of SCOPES)
    for (const kept of Object.keys(KEPT))
      for (const endpoint of [true, false])
        for (const canAsk of [true, false])
          for (let bits = 0; bits < 2 ** SWITCHES.length; bits++) {
            const switches = Object.fromEntries(SWITCHES.map((name, i) => [name, Boolean(bits & (1 << i))]));
            const inputs: ConsentInputs = {
              ...switches,
              scope,
              endpoint: endpoint ? ENDPOINT : undefined,
              policyVersion: VERSION,
              choices: KEPT[kept]?.(scope) ?? [],
              canAsk,
            };
            yield { state: { ...switches, scope, kept, endpoint, canAsk }, inputs };
          }
}

/** The first row of the table that fits. */
export function rowOf(state: Combination['state']): Row {
  const row = ROWS.find(({ when }) =>
    Object.entries(when).every(([name, wanted]) => [wanted].flat().includes(state[name] as never)),
  );
  if (!row) throw new Error(`no row for ${JSON.stringify(state)}`);
  return row;
}

/** What the table says of a combination. */
export function expected(state: Combination['state']): Decision {
  const { allowed, source, reason } = rowOf(state);
  const viewer = state.scope === 'viewer';
  const text = reason
    .replace('{who}', viewer ? 'you' : `the operator of this ${state.scope}`)
    .replace('{have}', viewer ? 'have' : 'has');
  return { allowed, source: source as Decision['source'], reason: text };
}

function answered(scope: Scope, answer: Choice['answer'], endpoint = ENDPOINT, policyVersion = VERSION): Choice {
  return { scope, answer, endpoint, policyVersion, date: '2026-11-21T09:30:00.000Z' };
}
