import type { UsageSettings } from '../../../src/consent/usage.ts';
import type { LabSettings } from '../usage/settings.ts';

/** How the settings of the lab go into a report that is made in it; settings that cannot be read may hold a no. */
export function usageOf({
  endpoint,
  optOut,
  unreadable,
  administrator,
}: Pick<LabSettings, 'endpoint' | 'optOut' | 'unreadable' | 'administrator'>): UsageSettings {
  if (endpoint === undefined) return {};
  return { endpoint, override: administrator.optOut === true, opt_out_telemetry: optOut || unreadable };
}
