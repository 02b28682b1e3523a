import { existsSync, statSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import type { DayCount, JobCount, Ledger } from './ledger.ts';
import { openDatabase } from './sqlite-database.ts';
import { tally, utcDay } from './tally.ts';

/** A ledger in one file. Throws a UsageError where the file cannot be had or is not a ledger of this version. */
export function sqliteLedger(path: string, mustExist = false): Ledger {
  if (mustExist && !existsSync(path)) throw new UsageError(`there is no database ${path}: check --database.`);
  const db = openDatabase(path);
  const opened = statSync(path);

  /** A file that was removed still takes what is written to it, and loses all of it at the end. */
  function stillThere(): void {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.ino === opened.ino && now.dev === opened.dev) return;
    throw new UsageError(`the database ${path} was removed or replaced: put it back and start anew.`);
  }

  /** All of it or nothing. IMMEDIATE waits for other writers at the start, where waiting is possible. */
  function transaction<T>(work: () => T): T {
    stillThere();
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk has ended the transaction by itself.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  function read(sql: string, ...values: number[]): unknown[] {
    stillThere();
    return db.prepare(sql).all(...values);
  }

  const count = db.prepare(
    `INSERT INTO opens (arn, day, artifact_id, opens) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET opens = opens + excluded.opens`,
  );
  const addAll = (received: Parameters<Ledger['add']>[0]) => {
    for (const { arn, day, artifactId, opens } of tally(received)) count.run(arn, day, artifactId, opens);
  };
  const log = db.prepare('INSERT INTO logged (request_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const removed = (sql: string, value: string) =>
    db
      .prepare(sql)
      .all(value)
      .reduce((sum, row) => sum + Number(row.opens), 0);

  return {
    async add(opens) {
      transaction(() => addAll(opens));
    },
    async addLogged(opens) {
      return transaction(() => {
        const fresh = opens.filter(({ requestId, receivedAt }) => log.run(requestId, utcDay(receivedAt)).changes === 1);
        addAll(fresh);
        return fresh.length;
      });
    },
    async perDay() {
      return read('SELECT day, SUM(opens) AS opens FROM opens GROUP BY day ORDER BY day') as DayCount[];
    },
    async jobs() {
      const [row] = read('SELECT COUNT(DISTINCT arn) AS jobs FROM opens') as { jobs: number }[];
      return row?.jobs ?? 0;
    },
    async perJob(limit = -1) {
      const sql = `SELECT arn, SUM(opens) AS opens, MIN(day) AS firstDay, MAX(day) AS lastDay
                   FROM opens GROUP BY arn ORDER BY 2 DESC, arn LIMIT ?`;
      return read(sql, limit) as JobCount[];
    },
    async forget(arns) {
      const forgotten = transaction(() =>
        arns.reduce((sum, arn) => sum + removed('DELETE FROM opens WHERE arn = ? RETURNING opens', arn), 0),
      );
      // The write-ahead log still has what was written; where somebody reads just now, the next checkpoint empties it.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return forgotten;
    },
    async removeBefore(day) {
      return transaction(() => {
        db.prepare('DELETE FROM logged WHERE day < ?').run(day);
        return removed('DELETE FROM opens WHERE day < ? RETURNING opens', day);
      });
    },
    async close() {
      db.close();
    },
  };
}
