import { POLICY_VERSION } from '../beacon/payload.ts';
import { type Choice, type Decision, type DecisionSource, decide } from '../consent/decide.ts';
import { environmentSwitches } from '../consent/inputs.ts';
import { type Config, readConfig } from './config.ts';
import { type ConsentFile, readConsentFile, readLabChoices } from './consent-file.ts';

/** What is known of whoever runs a notebook in this folder and environment. */
export interface Viewer {
  readonly own: ConsentFile;
  /** What JupyterLab keeps, by file. */
  readonly lab: readonly ConsentFile[];
  /** All that counts. */
  readonly choices: readonly Choice[];
  readonly config: Config;
  /** What the notebook of a report that names this endpoint decides. */
  decision(endpoint: string): Decision;
}

/** Reads all that the notebook would. Rejects with a UsageError where a file is there and cannot be read. */
export async function readViewer(env: Readonly<Record<string, string | undefined>>, cwd: string): Promise<Viewer> {
  const [own, lab, config] = await Promise.all([readConsentFile(env), readLabChoices(env), readConfig(env, cwd)]);
  const ruin = [own, ...lab].find((file) => file.unreadable);
  const choices = [own, ...lab].flatMap((file) => file.choices);
  const given = {
    scope: 'viewer',
    policyVersion: POLICY_VERSION,
    choices,
    canAsk: false,
    override: config.optOutBy !== undefined,
    unreadable: ruin !== undefined,
    ...environmentSwitches(env),
  } as const;
  const files: Partial<Record<DecisionSource, string | undefined>> = { override: config.optOutBy, unreadable: ruin?.path };
  const decision = (endpoint: string): Decision => {
    const { reason, ...rest } = decide({ ...given, endpoint });
    const file = files[rest.source];
    return { ...rest, reason: file === undefined ? reason : `${reason} (${file})` };
  };
  return { own, lab, choices, config, decision };
}
