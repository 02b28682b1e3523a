import { readFile } from 'node:fs/promises';
import { parseEndpoint } from '../consent/endpoint.ts';
import { environmentSwitches, optsOut } from '../consent/inputs.ts';
import type { ArnForm, UsageSettings } from '../consent/usage.ts';
import { readRuleParameters } from '../formats/rule-parameters.ts';
import { fileError } from '../stores/file-errors.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/** Options of a command that makes reports. */
export interface UsageOptions {
  readonly beaconEndpoint?: string;
  readonly beaconArn?: ArnForm;
  readonly optOutTelemetry?: boolean;
}

/**
 * Who would be told that a report is opened, and every no known where it is made: a flag, rule parameters from wherever they come, a
 * config file, the environment. Throws a UsageError where an endpoint or a config file is wrong.
 */
export async function usageSettings(
  { beaconEndpoint, beaconArn, optOutTelemetry }: UsageOptions,
  { env }: Terminal,
  ruleParameters: readonly Readonly<Record<string, string>>[],
): Promise<UsageSettings> {
  const config = await readConfig(env, process.cwd());
  const endpoint = beaconEndpoint === undefined ? config.endpoint : parseEndpoint(beaconEndpoint, '--beacon-endpoint');
  const { OPT_OUT_TRACKING, DO_NOT_TRACK } = environmentSwitches(env);
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    arn: beaconArn ?? config.arn ?? 'plain',
    override: config.optOutBy !== undefined,
    opt_out_telemetry: optOutTelemetry === true || ruleParameters.some(optsOut),
    OPT_OUT_TRACKING,
    DO_NOT_TRACK,
  };
}

/** Parameters of the ProfilerReport rule from a JSON file. Rejects with a UsageError where there are none in it. */
export async function ruleParametersOf(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw fileError(error, 'read', file);
  });
  return readRuleParameters(text, `--rule-parameters ${file}`);
}
