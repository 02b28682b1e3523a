import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProcessingInput, readProcessingJob } from '../formats/processing-job.ts';
import { UsageError } from '../model/errors.ts';
import { optsOut } from '../model/opt-out-parameter.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import { fileError, isMissing } from '../stores/file-errors.ts';
import type { Terminal } from './terminal.ts';

/** What a rule container of SageMaker Processing is asked to do; paths are below the root it was given. */
export interface RuleContainer {
  readonly processingJobArn?: string;
  readonly inputs: readonly ProcessingInput[];
  /** Folder for the report. */
  readonly output: string;
  /** `<Rule>_<parameter>=<value>`. */
  readonly parameters: readonly string[];
  readonly optOutTelemetry: boolean;
  readonly beaconEndpoint?: string;
  /** Of several hosts one works. */
  readonly leads: boolean;
}

const CONFIG = 'opt/ml/config';
const INPUT = '/opt/ml/processing/input';
/** Where SageMaker expects the output of a rule unless the job says otherwise. */
const OUTPUT = '/opt/ml/processing/output/rule';
/** The service's own layout below a rule's output. */
const REPORT_FOLDER = 'profiler-output';

/** Reads the files and the environment SageMaker gives to a rule container. Rejects with a UsageError where they ask for what is not there. */
export async function readRuleContainer(root: string, { env }: Terminal): Promise<RuleContainer> {
  const file = join(root, CONFIG, 'processingjobconfig.json');
  const content = await readFile(file, 'utf8').catch((error) => {
    if (isMissing(error)) throw new UsageError(`there is no ${file}: \`rule\` runs in a container of SageMaker Processing.`);
    throw fileError(error, 'read', file);
  });
  const job = readProcessingJob(content, file);
  // The environment of the process is what the job's says, unless somebody started the container by hand.
  const given = { ...job.environment, ...env };
  const wanted = given.rule_to_invoke?.trim() || 'ProfilerReport';
  if (wanted.toLowerCase() !== 'profilerreport') {
    throw new UsageError(
      `rule_to_invoke is ${JSON.stringify(wanted)}: this container runs ProfilerReport, which runs all rules.`,
    );
  }
  const below = (path: string) => join(root, path);
  const inputs = job.inputs.length > 0 ? job.inputs : [{ name: 'input', localPath: INPUT }];
  return {
    ...(job.arn ? { processingJobArn: job.arn } : {}),
    inputs: inputs.map((input) => (input.localPath ? { ...input, localPath: below(input.localPath) } : input)),
    output: join(below(job.outputs[0] ?? OUTPUT), REPORT_FOLDER),
    parameters: parametersIn(given),
    optOutTelemetry: optsOut(given),
    ...(given.beacon_endpoint ? { beaconEndpoint: given.beacon_endpoint } : {}),
    leads: await leads(root),
  };
}

/** Variables called after one of the rules; all others are somebody else's. */
function parametersIn(given: Readonly<Record<string, string | undefined>>): string[] {
  const rules = RULE_NAMES.map((name) => `${name}_`.toLowerCase());
  return Object.entries(given).flatMap(([name, value]) =>
    value !== undefined && rules.some((rule) => name.toLowerCase().startsWith(rule)) ? [`${name}=${value}`] : [],
  );
}

/** True on the first of the hosts; every host gets the same data. */
async function leads(root: string): Promise<boolean> {
  const content = await readFile(join(root, CONFIG, 'resourceconfig.json'), 'utf8').catch(() => '{}');
  try {
    const { current_host: current, hosts } = JSON.parse(content) as { current_host?: unknown; hosts?: unknown };
    return !Array.isArray(hosts) || typeof current !== 'string' || hosts.toSorted()[0] === current;
  } catch {
    return true;
  }
}
