import { type Stats, statsOf } from '../../collector/stats.ts';
import { UsageError } from '../../model/errors.ts';
import { count, plural } from '../../model/text.ts';
import { columns, painter, print, type Terminal } from '../terminal.ts';
import { usageCsv } from './usage-csv.ts';
import { type DatabaseOptions, withLedger } from './usage-ledger.ts';

interface UsageOptions extends DatabaseOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** Prints how often reports were opened, per day and per job. */
export async function usage(options: UsageOptions, terminal: Terminal): Promise<void> {
  if (options.json && options.csv) throw new UsageError('--json and --csv: choose one of them.');
  const stats = await withLedger(options, (ledger) => statsOf(ledger, Date.now()));
  if (options.json) terminal.stdout.write(`${JSON.stringify(stats, null, 2)}\n`);
  else if (options.csv) terminal.stdout.write(usageCsv(stats));
  else print(terminal, tables(stats, painter(terminal)));
}

function tables({ opens, perDay, perJob, note }: Stats, paint: ReturnType<typeof painter>): string[] {
  if (opens === 0) return ['No opens were counted.'];
  const table = (rows: readonly (readonly string[])[]) => {
    const [head = '', ...lines] = columns(rows);
    return ['', paint('bold', head), ...lines];
  };
  const number = (value: number) => count(value).padStart(count(opens).length);
  return [
    `${paint('bold', plural(opens, 'open'))} of ${plural(perJob.length, 'job')}, ${perDay[0]?.day} to ${perDay.at(-1)?.day} (UTC)`,
    ...table([['Day', 'Opens'], ...perDay.map((day) => [day.day, number(day.opens)])]),
    ...table([
      ['First day', 'Last day', 'Opens', 'Processing job, or SHA-256 of its ARN'],
      ...perJob.map((job) => [job.firstDay, job.lastDay, number(job.opens), job.arn]),
    ]),
    '',
    note,
  ];
}
