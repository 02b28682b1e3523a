import { grepLines } from '../logs/grep.ts';
import { UsageError } from '../model/errors.ts';
import type { LogLine } from '../model/monitored.ts';
import type { Damage } from '../model/run.ts';
import type { AwsOptions } from '../stores/aws-options.ts';
import { checkName } from './asked.ts';
import { clientsFor } from './clients.ts';
import { fetchLogs } from './logs.ts';
import { tolerance } from './tolerance.ts';

interface NotebookLogsAsked {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Only lines that match; default: all. */
  readonly grep?: string;
}

/**
 * What the lifecycle configuration of a notebook instance wrote, one stream for each hook (`LifecycleConfigOnCreate`), masked, in order of
 * time, and what is missing of it. Rejects with a UsageError where there is nothing to read, or no permission to.
 */
export async function notebookLogs(
  name: string,
  { startSeconds, endSeconds, grep = '.' }: NotebookLogsAsked,
  aws: AwsOptions,
): Promise<{ readonly lines: readonly LogLine[]; readonly damage: readonly Damage[] }> {
  checkName('a notebook instance', name);
  const { logs: client } = await clientsFor(aws);
  const tolerated = tolerance();
  const subject = { kind: 'notebook instance', name } as const;
  const { group, lines } = await fetchLogs(client, subject, { startSeconds, endSeconds, grep }, tolerated);
  if (group === undefined) throw new UsageError(tolerated.damage.map(({ detail }) => detail).join(' '));
  return { lines: grepLines(lines, grep), damage: tolerated.damage };
}
