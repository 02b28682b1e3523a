import type { Ledger } from '../../collector/ledger.ts';
import { openLedger } from '../../collector/open-ledger.ts';
import { postgresReason } from '../../collector/postgres-errors.ts';
import { sqliteReason } from '../../collector/sqlite-errors.ts';
import { UsageError } from '../../model/errors.ts';

export interface DatabaseOptions {
  readonly database?: string;
}

/** Opens the database a command names for as long as it works. Only what writes may make one that is missing. */
export async function withLedger<T>(
  { database }: DatabaseOptions,
  { mustExist }: { readonly mustExist: boolean },
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  if (database === undefined) throw new UsageError('no database: name its file, or postgres://..., with --database.');
  const ledger = await openLedger(database, { mustExist });
  try {
    return await work(ledger);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = sqliteReason(error) ?? postgresReason(error);
    throw reason === undefined ? error : new UsageError(`the database failed: ${reason}`, { cause: error });
  } finally {
    await ledger.close();
  }
}
