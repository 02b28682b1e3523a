import { collectorApp } from '../../collector/app.ts';
import { groupCommit } from '../../collector/group-commit.ts';
import { openLedger } from '../../collector/open-ledger.ts';
import { postgresReason, withoutPassword } from '../../collector/postgres-errors.ts';
import { rateLimit } from '../../collector/rate-limit.ts';
import { checkReadToken, newReadToken } from '../../collector/read-access.ts';
import { listen } from '../../collector/serve.ts';
import { sqliteReason } from '../../collector/sqlite-errors.ts';
import { utcDay } from '../../collector/tally.ts';
import { UsageError } from '../../model/errors.ts';
import { plural } from '../../model/text.ts';
import { stopRequested } from '../signals.ts';
import { print, printable, type Terminal } from '../terminal.ts';

interface CollectOptions {
  readonly port: number;
  readonly database: string;
  readonly host: string;
  readonly readToken?: string;
  readonly keepDays: number;
  readonly rateLimit: number;
  readonly trustProxy?: boolean;
}

const DAY = 86_400_000;
/** What a stop waits for requests under way. */
const PATIENCE = 10_000;

/** Serves until a signal asks to stop. Rejects with a UsageError where port or database cannot be had. */
export async function collect(options: CollectOptions, terminal: Terminal): Promise<void> {
  const { keepDays, database } = options;
  const given = givenToken(options.readToken, terminal);
  const readToken = given ?? newReadToken();
  const onTrouble = (what: string, error?: unknown) => {
    terminal.stderr.write(`profiler-report: ${printable(error === undefined ? what : `${what}: ${reasonOf(error)}`)}\n`);
  };

  const ledger = await openLedger(database);
  const removeOld = () =>
    ledger.removeBefore(utcDay(Date.now() - keepDays * DAY)).catch((error) => onTrouble('old opens cannot be removed', error));
  try {
    await removeOld();
    const commit = groupCommit(ledger);
    const app = collectorApp({
      ledger,
      commit,
      limit: rateLimit(options.rateLimit, () => performance.now()),
      readToken,
      trustProxy: options.trustProxy ?? false,
      now: Date.now,
      onTrouble,
    });
    const stop = stopRequested();
    const server = await listen(app, options.host, options.port);
    const daily = setInterval(removeOld, DAY);

    const place = database.includes('://') ? withoutPassword(database) : database;
    print(terminal, [
      `Counting opens into ${place}, kept for ${plural(keepDays, 'day')}.`,
      `Endpoint    ${server.url}`,
      `Statistics  ${server.url} (with the read token)`,
    ]);
    if (given === undefined) terminal.stderr.write(`Read token  ${readToken} (of this run)\n`);

    await stop;
    clearInterval(daily);
    await server.stop(PATIENCE);
    await commit.drained();
  } finally {
    await ledger.close();
  }
}

function givenToken(option: string | undefined, { env }: Terminal): string | undefined {
  if (option !== undefined) return checkReadToken(option, '--read-token');
  const variable = env.PROFILER_REPORT_READ_TOKEN;
  return variable ? checkReadToken(variable, 'PROFILER_REPORT_READ_TOKEN') : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  return sqliteReason(error) ?? postgresReason(error) ?? `${error instanceof Error ? error.message : String(error)}.`;
}
