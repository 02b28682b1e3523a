import type { Choice } from '../../../src/consent/decide.ts';
import { parseEndpoint } from '../../../src/consent/endpoint.ts';
import { isOn, keptIn } from '../../../src/consent/inputs.ts';

/** What somebody set of usage statistics; what they left open is missing. */
export interface Given {
  readonly optOut?: boolean;
  /** As written; it may be no endpoint at all. */
  readonly endpoint?: string;
}

/** What the settings of the lab say about usage statistics. */
export interface LabSettings {
  /** True where reports made here are made without usage statistics. */
  readonly optOut: boolean;
  /** Whom reports made here would tell, in the form of `parseEndpoint`; undefined where nobody is named, or nobody who could be told. */
  readonly endpoint: string | undefined;
  /** One line on an endpoint that is none. */
  readonly endpointProblem?: string;
  /** The viewer's own answers. */
  readonly choices: readonly Choice[];
  /** There are answers that cannot be understood, or the settings cannot be read: either may hold a no. */
  readonly unreadable: boolean;
  /** What an administrator set in `overrides.json`: it wins over the viewer's own. */
  readonly administrator: Given;
  /** What the viewer set. */
  readonly own: Given;
}

/** What the viewer's settings hold, whatever it is: people edit the file by hand. */
export interface UserSettings {
  readonly usageStatistics?: unknown;
  readonly choices?: unknown;
}

/**
 * Reads the settings. `override` is the default of `usageStatistics` in the schema as the server gives it out: it is `{}` in ours, so that
 * whatever stands there was set by an administrator.
 */
export function readSettings(override: unknown, user: UserSettings): LabSettings {
  const administrator = given(override);
  const own = given(user.usageStatistics);
  const { optOut = true, endpoint = '' } = { ...own, ...administrator };
  const named = administrator.endpoint === undefined ? 'the endpoint in the settings' : 'the endpoint in overrides.json';
  return { optOut, ...endpointOf(endpoint, named), ...keptIn({ choices: user.choices }), administrator, own };
}

/** What is no settings at all sets nothing. An opt-out in a spelling nobody foresaw is one, as everywhere. */
function given(value: unknown): Given {
  if (typeof value !== 'object' || value === null) return {};
  const { optOut, endpoint } = value as Record<string, unknown>;
  return {
    ...(optOut === undefined || optOut === null ? {} : { optOut: isOn(optOut) }),
    ...(endpoint === undefined || endpoint === null
      ? {}
      : { endpoint: typeof endpoint === 'string' ? endpoint : JSON.stringify(endpoint) }),
  };
}

function endpointOf(text: string, named: string): Pick<LabSettings, 'endpoint' | 'endpointProblem'> {
  if (text.trim() === '') return { endpoint: undefined };
  try {
    return { endpoint: parseEndpoint(text.trim(), named) };
  } catch (error) {
    return { endpoint: undefined, endpointProblem: (error as Error).message };
  }
}
