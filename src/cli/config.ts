import { join } from 'node:path';
import * as v from 'valibot';
import { parseEndpoint } from '../consent/endpoint.ts';
import { optsOut } from '../consent/inputs.ts';
import type { ArnForm } from '../consent/usage.ts';
import { isObject } from '../formats/tolerant.ts';
import { UsageError } from '../model/errors.ts';
import { administratorFolder, readIfPresent, userFolder } from './config-folder.ts';

/** What the config files say together. */
export interface Config {
  /** Who would be told that reports are opened. */
  readonly endpoint?: string;
  readonly arn?: ArnForm;
  /** The file that switches usage statistics off. */
  readonly optOutBy?: string;
}

const ConfigFile = v.strictObject(
  {
    beacon_endpoint: v.optional(v.string('must be a text')),
    beacon_arn: v.optional(v.picklist(['plain', 'hashed'], 'must be "plain" or "hashed"')),
    opt_out_telemetry: v.optional(v.union([v.boolean(), v.string(), v.number()], 'must be true or false')),
  },
  'is unknown: the keys are beacon_endpoint, beacon_arn and opt_out_telemetry',
);

/**
 * Reads the project's, the user's and the administrator's config file. For each setting the first of them that has it counts; the
 * opt-out holds from whichever file it comes. Rejects with a UsageError where a file cannot be read, or has a wrong key or value.
 */
export async function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  administrator: string = administratorFolder(env),
): Promise<Config> {
  const user = userFolder(env);
  const paths = [
    join(cwd, 'profiler-report.config.json'),
    ...(user === undefined ? [] : [join(user, 'config.json')]),
    join(administrator, 'config.json'),
  ];
  const found = await Promise.all(paths.map(readOne));
  return Object.assign({}, ...found.reverse());
}

async function readOne(path: string): Promise<Config> {
  const bytes = await readIfPresent(path);
  if (bytes === undefined) return {};
  const { beacon_endpoint: endpoint, beacon_arn: arn, ...rest } = parse(bytes.toString(), path);
  return {
    ...(endpoint === undefined ? {} : { endpoint: parseEndpoint(endpoint, `${path}: beacon_endpoint`) }),
    ...(arn === undefined ? {} : { arn }),
    ...(optsOut(rest) ? { optOutBy: path } : {}),
  };
}

function parse(text: string, path: string): v.InferOutput<typeof ConfigFile> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
  if (!isObject(content)) throw new UsageError(`${path} must hold a JSON object.`);
  const { success, output, issues } = v.safeParse(ConfigFile, content);
  if (success) return output;
  const [{ path: keys, message }] = issues;
  throw new UsageError(`${path}: ${JSON.stringify(keys?.[0].key)} ${message}.`);
}
