import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Ledger } from './ledger.ts';

/**
 * The ledger that `--database` names: a file for SQLite, or a postgres:// URL. It is made where it is missing, unless it must exist.
 * Rejects with a UsageError where it cannot be had.
 */
export async function openLedger(database: string, { mustExist = false } = {}): Promise<Ledger> {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(database) ?? [];
  // Each is loaded when asked for: older versions of Node warn that their SQLite is experimental.
  if (scheme === 'postgres' || scheme === 'postgresql') {
    const { postgresLedger } = await import('./postgres-ledger.ts');
    return postgresLedger(database, mustExist);
  }
  if (scheme !== undefined || database === '') {
    throw new UsageError(`--database ${JSON.stringify(database)}: name a file, or a URL that starts with postgres://.`);
  }
  const { sqliteLedger } = await import('./sqlite-ledger.ts');
  // As a path of its own, no name (`:memory:`, `file:...`) has a special meaning to SQLite.
  return sqliteLedger(resolve(database), mustExist);
}
