import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessingInput } from '../../formats/processing-job.ts';
import { classify } from '../../formats/raw-files.ts';
import { UsageError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import type { Store } from '../../model/store.ts';
import { list, plural } from '../../model/text.ts';
import { openStore } from '../../stores/index.ts';
import { type RuleContainer, readRuleContainer } from '../rule-container.ts';
import { ruleOptions } from '../rule-options.ts';
import { print, type Terminal } from '../terminal.ts';
import { generate } from './generate.ts';

interface RuleContainerOptions {
  readonly root: string;
  /** Minutes. */
  readonly patience: number;
}

/** The profiler writes a file a minute. */
const POLL_SECONDS = 60;

/** SageMaker keeps no more of it. */
const MESSAGE_BYTES = 1000;

/** A report is made again when there is so much more data: all of it is read each time, and that must not grow with the square. */
const GROWTH = 1.25;

/**
 * Makes the report of the container's training job, again and again until the job is over; says in the end what it found. `wait` passes
 * the time between two looks at the data, milliseconds.
 */
export async function rule(
  { root, patience }: RuleContainerOptions,
  terminal: Terminal,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<void> {
  const container = await readRuleContainer(root, terminal);
  if (!container.leads) return print(terminal, ['Another host of this job makes the report.']);
  await ruleOptions({ param: container.parameters });
  let [seen, told, idleSeconds] = [0, 0, 0];
  let report: Report | undefined;
  for (;;) {
    const found = await findData(container.inputs);
    if (found && found.bytes !== seen) [seen, idleSeconds] = [found.bytes, 0];
    const last = found?.ended || idleSeconds >= patience * 60;
    if (found && (last ? seen !== told : seen >= told * GROWTH)) {
      told = seen;
      report = (await makeReport(found.place, container, terminal).catch(unless(last, terminal))) ?? report;
    }
    if (last) break;
    await wait(POLL_SECONDS * 1000);
    idleSeconds += POLL_SECONDS;
  }
  if (!report) {
    const names = list(container.inputs.map(({ name, localPath, s3Uri }) => `${name} (${localPath ?? s3Uri})`));
    throw new UsageError(`no profiler output in ${names}: give the folder that holds system/ or framework/ as an input.`);
  }
  const message = join(root, 'opt/ml/output/message');
  await mkdir(dirname(message), { recursive: true });
  await writeFile(message, Buffer.from(exitMessage(report)).subarray(0, MESSAGE_BYTES));
}

/** While the job runs its data may be half there: what fails now is told, and tried again with more of it. */
function unless(last: boolean | undefined, terminal: Terminal): (error: unknown) => undefined {
  return (error) => {
    if (last || !(error instanceof UsageError)) throw error;
    print(terminal, [`Not yet: ${error.message}`]);
  };
}

interface Data {
  readonly place: string;
  /** Grows with each file that comes. */
  readonly bytes: number;
  readonly ended: boolean;
}

/** The first input with profiler output in it: on disk, or on S3 where SageMaker copied nothing. */
async function findData(inputs: readonly ProcessingInput[]): Promise<Data | undefined> {
  for (const place of inputs.flatMap(({ localPath, s3Uri }) => [localPath, s3Uri])) {
    const data = place && (await look(place));
    if (data) return data;
  }
  return undefined;
}

async function look(place: string): Promise<Data | undefined> {
  let [bytes, ended, some] = [0, false, false];
  let store: Store;
  try {
    store = await openStore(place);
    for await (const entry of store.list()) {
      const { kind } = classify(entry);
      if (kind === 'end marker') ended = true;
      if (kind !== 'skipped' && kind !== 'end marker') some = true;
      bytes += entry.bytes;
    }
  } catch (error) {
    // Not there yet, or never: told at the end, when no input had data.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
  return some ? { place, bytes, ended } : undefined;
}

function makeReport(place: string, container: RuleContainer, terminal: Terminal): Promise<Report> {
  const { output, parameters, processingJobArn, optOutTelemetry, beaconEndpoint } = container;
  const options = {
    output,
    format: 'html,notebook,json',
    force: true,
    param: [...parameters],
    optOutTelemetry,
    ...(processingJobArn ? { processingJobArn } : {}),
    ...(beaconEndpoint ? { beaconEndpoint } : {}),
  };
  return generate(place, options, terminal);
}

function exitMessage({ counts, rules }: Report): string {
  const issues = rules.filter(({ verdict }) => verdict === 'issue').map(({ rule, reason }) => `${rule} (${reason})`);
  const verdicts = `${plural(counts.issue, 'issue')}, ${counts.ok} ok, ${counts.notJudged} not judged, ${plural(counts.error, 'error')}`;
  return `${verdicts}${issues.length > 0 ? `: ${list(issues, issues.length)}` : ''}`;
}
