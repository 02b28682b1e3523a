import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { LoggedOpen } from '../../collector/ledger.ts';
import { importLogs, type LogImport } from '../../collector/s3-log-import.ts';
import { UsageError } from '../../model/errors.ts';
import type { Store } from '../../model/store.ts';
import { count, plural } from '../../model/text.ts';
import { openStore } from '../../stores/index.ts';
import { isS3Location } from '../../stores/s3-location.ts';
import { startProgress } from '../progress.ts';
import { print, type Terminal } from '../terminal.ts';
import { type DatabaseOptions, withDatabase } from './usage-ledger.ts';

interface ImportOptions extends DatabaseOptions {
  readonly keepDays: number;
  readonly region?: string;
  readonly json?: boolean;
}

const DAY_MILLISECONDS = 86_400_000;

/** Counts the opens in S3 server access logs. Throws a UsageError where nothing there is such a log. */
export async function usageImport(location: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  const { keepDays } = options;
  const logs = await openLogs(location, options.region);
  const now = Date.now();
  // Clocks differ: what is a little ahead of ours is not from the future.
  const span = { from: now - keepDays * DAY_MILLISECONDS, to: now + DAY_MILLISECONDS };
  const counted = await withDatabase(options, { mustExist: false }, (open) => {
    const ledger = { addLogged: async (opens: readonly LoggedOpen[]) => (await open()).addLogged(opens) };
    const progress = startProgress(terminal, logs.location, !options.json);
    return importLogs(progress.watch(logs), ledger, span).finally(progress.stop);
  });

  if (counted.objects === 0) throw new UsageError(`there are no files in ${logs.location}: name the place of the logs.`);
  const read = counted.added + counted.known + counted.old + counted.other + counted.refused;
  if (read === 0 && counted.problems.length > 0) {
    throw new UsageError(`nothing in ${logs.location} is an S3 server access log (${counted.problems[0]}).`);
  }
  if (options.json) terminal.stdout.write(`${JSON.stringify(counted, null, 2)}\n`);
  else print(terminal, summary(counted, logs.location, keepDays));
}

function summary(counted: LogImport, location: string, keepDays: number): string[] {
  const { objects, compressed, problems } = counted;
  const rows = [
    ['added', 'counted'],
    ['known', 'counted before'],
    ['old', `left out: older than ${plural(keepDays, 'day')}`],
    ['other', 'no beacon'],
    ['refused', 'left out: not exactly what a report sends'],
    ['damaged', 'left out: damaged'],
  ] as const;
  const told = rows.filter(([key]) => key === 'added' || counted[key] > 0);
  const width = Math.max(...told.map(([key]) => count(counted[key]).length));
  const unread = compressed > 0 ? ` (${count(compressed)} left out: compressed)` : '';
  return [
    `Read ${plural(objects, 'file')} in ${location}${unread}. Requests:`,
    ...told.map(([key, text]) => `  ${count(counted[key]).padStart(width)}  ${text}`),
    ...(problems.length > 0 ? ['', 'Left out, to begin with', ...problems.map((problem) => `  ${problem}`)] : []),
  ];
}

/** The logs as a store; a single file as one that holds nothing else. */
async function openLogs(location: string, region: string | undefined): Promise<Store> {
  const file = isS3Location(location) ? undefined : await stat(location).catch(() => undefined);
  const options = { maxEntries: Number.POSITIVE_INFINITY, ...(region === undefined ? {} : { region }) };
  if (!file?.isFile()) return openStore(location, options);
  return {
    ...(await openStore(dirname(location), options)),
    location,
    async *list() {
      yield { path: basename(location), bytes: file.size };
    },
  };
}
