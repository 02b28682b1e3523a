import type { Ledger } from '../../collector/ledger.ts';
import { openLedger } from '../../collector/open-ledger.ts';
import { postgresReason } from '../../collector/postgres-errors.ts';
import { sqliteReason } from '../../collector/sqlite-errors.ts';
import { UsageError } from '../../model/errors.ts';

export interface DatabaseOptions {
  readonly database?: string;
}

/** Opens the database a command names, which must exist, for as long as it works. */
export function withLedger<T>(options: DatabaseOptions, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  return withDatabase(options, { mustExist: true }, async (open) => work(await open()));
}

/** The same, opened when it is first asked for, so that what fails before makes none. Only what writes may make one that is missing. */
export async function withDatabase<T>(
  { database }: DatabaseOptions,
  { mustExist }: { readonly mustExist: boolean },
  work: (open: () => Promise<Ledger>) => Promise<T>,
): Promise<T> {
  if (database === undefined) throw new UsageError('no database: name its file, or postgres://..., with --database.');
  let ledger: Ledger | undefined;
  const open = async () => {
    ledger ??= await openLedger(database, { mustExist });
    return ledger;
  };
  try {
    return await work(open);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = sqliteReason(error) ?? postgresReason(error);
    throw reason === undefined ? error : new UsageError(`the database failed: ${reason}`, { cause: error });
  } finally {
    await ledger?.close();
  }
}
