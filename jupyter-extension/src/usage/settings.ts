import type { Choice } from '../../../src/consent/decide.ts';
import { readChoices } from '../../../src/consent/inputs.ts';

/** What the settings of the lab say about usage statistics. */
export interface LabSettings {
  /** True where reports made here are made without usage statistics. */
  readonly optOut: boolean;
  /** Whom reports made here would tell; undefined where nobody is named. */
  readonly endpoint: string | undefined;
  /** The viewer's own answers. */
  readonly choices: readonly Choice[];
  /** Those of the above that an administrator set in `overrides.json`: their values win over the viewer's own. */
  readonly administrator: { readonly optOut?: boolean; readonly endpoint?: string };
}

/**
 * Reads the settings. `override` is the default of `usageStatistics` in the schema as the server gives it out: it is `{}` in ours, so that
 * whatever stands there was set by an administrator. `user` is what the viewer set.
 */
export function readSettings(
  override: unknown,
  user: { readonly usageStatistics?: unknown; readonly choices?: unknown },
): LabSettings {
  const administrator = known(override);
  const { optOut = true, endpoint } = { ...known(user.usageStatistics), ...administrator };
  const choices = readChoices(JSON.stringify({ choices: user.choices }));
  return { optOut, endpoint: endpoint || undefined, choices, administrator };
}

function known(value: unknown): { optOut?: boolean; endpoint?: string } {
  if (typeof value !== 'object' || value === null) return {};
  const { optOut, endpoint } = value as Record<string, unknown>;
  return {
    ...(typeof optOut === 'boolean' ? { optOut } : {}),
    ...(typeof endpoint === 'string' ? { endpoint } : {}),
  };
}
