import { basename } from 'node:path';
import type { Asked } from '../cloudwatch/asked.ts';
import { readCloudWatch } from '../formats/cloudwatch.ts';
import { grepOf } from '../logs/grep.ts';
import { UsageError } from '../model/errors.ts';
import type { Monitored } from '../model/monitored.ts';
import { openStore } from '../stores/index.ts';
import { checkRegular, unpacked } from './given-file.ts';
import { lengthOf } from './moment.ts';
import type { MonitoredOptions } from './monitor-options.ts';
import { fileIn } from './output-place.ts';

/** What `--from` names, or what CloudWatch and SageMaker tell; AWS code is loaded only for the latter, and for files on S3. */
export async function readMonitored(
  asked: Asked,
  options: MonitoredOptions,
  onProgress: (text: string) => void,
): Promise<Monitored> {
  const aws = options.region === undefined ? {} : { region: options.region };
  if (options.from !== undefined) return withLogs(await readFiles(asked, options, options.from), options);
  const { fetchMonitored } = await import('../cloudwatch/index.ts');
  return fetchMonitored(asked, aws, onProgress);
}

/** Of files all lines are there that were kept, whatever they were kept for. */
function withLogs(monitored: Monitored, { logs, grep }: MonitoredOptions): Monitored {
  if (!logs) return { ...monitored, logs: { lines: [], leftOut: 0 } };
  if (grep !== undefined) return { ...monitored, logs: { ...monitored.logs, grep } };
  const { grep: kept, ...others } = monitored.logs;
  return kept === undefined || isPattern(kept) ? monitored : { ...monitored, logs: others };
}

/** A pattern that comes with a file may be one that nobody could have given: it is looked for no more. */
function isPattern(text: string): boolean {
  try {
    grepOf(text);
    return true;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return false;
  }
}

async function readFiles(asked: Asked, options: MonitoredOptions, names: readonly string[]): Promise<Monitored> {
  const { region, instanceType, instanceCount, last } = options;
  const aws = region === undefined ? {} : { region };
  const files = await Promise.all(
    names.map(async (name) => {
      await checkRegular(name);
      const [folder, file] = fileIn(name);
      return { name: basename(name), bytes: unpacked(name, await (await openStore(folder, aws)).read(file)) };
    }),
  );
  const given = {
    ...asked,
    ...aws,
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(instanceCount === undefined ? {} : { instanceCount }),
  };
  const read = readCloudWatch(files, given);
  const cut = last !== undefined && asked.endSeconds === undefined;
  return cut ? readCloudWatch(files, { ...given, startSeconds: read.endSeconds - lengthOf('--last', last) }) : read;
}
