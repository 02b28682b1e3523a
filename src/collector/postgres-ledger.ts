import type { ClientBase, Pool } from 'pg';
import type { DayCount, JobCount, Ledger, ReceivedOpen } from './ledger.ts';
import { openPool, transaction } from './postgres-database.ts';
import { tally, utcDay } from './tally.ts';

const COUNT = `
  INSERT INTO profiler_report.opens AS kept (arn, day, artifact_id, opens)
  SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::bigint[])
  ON CONFLICT (arn, day, artifact_id) DO UPDATE SET opens = kept.opens + excluded.opens`;

const LOG = `
  INSERT INTO profiler_report.logged SELECT * FROM unnest($1::text[], $2::date[]) ORDER BY 1
  ON CONFLICT DO NOTHING RETURNING request_id`;

/** A ledger in a schema of its own, `profiler_report`. Rejects with a UsageError where the database cannot be had. */
export async function postgresLedger(url: string, mustExist = false): Promise<Ledger> {
  const pool = await openPool(url, mustExist);

  /** All opens that a `DELETE ... RETURNING opens` removed. */
  const removed = async (sql: string, value: unknown, client: ClientBase | Pool = pool) => {
    const { rows } = await client.query(`WITH gone AS (${sql}) SELECT COALESCE(SUM(opens), 0)::float8 AS opens FROM gone`, [
      value,
    ]);
    return rows[0].opens as number;
  };

  return {
    async add(opens) {
      await count(pool, opens);
    },
    addLogged(opens) {
      return transaction(pool, async (client) => {
        const values = [opens.map(({ requestId }) => requestId), opens.map(({ receivedAt }) => utcDay(receivedAt))];
        const { rows } = await client.query<{ request_id: string }>(LOG, values);
        const fresh = new Set(rows.map(({ request_id }) => request_id));
        await count(
          client,
          opens.filter(({ requestId }) => fresh.delete(requestId)),
        );
        return rows.length;
      });
    },
    async perDay() {
      const sql = `SELECT to_char(day, 'YYYY-MM-DD') AS day, SUM(opens)::float8 AS opens
                   FROM profiler_report.opens GROUP BY opens.day ORDER BY opens.day`;
      return (await pool.query<DayCount>(sql)).rows;
    },
    async jobs() {
      const sql = 'SELECT COUNT(*)::float8 AS jobs FROM (SELECT DISTINCT arn FROM profiler_report.opens) AS arns';
      return (await pool.query<{ jobs: number }>(sql)).rows[0]?.jobs ?? 0;
    },
    async perJob(limit) {
      const sql = `SELECT arn, SUM(opens)::float8 AS opens,
                     to_char(MIN(day), 'YYYY-MM-DD') AS "firstDay", to_char(MAX(day), 'YYYY-MM-DD') AS "lastDay"
                   FROM profiler_report.opens GROUP BY arn ORDER BY 2 DESC, arn LIMIT $1`;
      return (await pool.query<JobCount>(sql, [limit])).rows;
    },
    forget(arns) {
      return removed('DELETE FROM profiler_report.opens WHERE arn = ANY($1) RETURNING opens', arns);
    },
    removeBefore(day) {
      return transaction(pool, async (client) => {
        await client.query('DELETE FROM profiler_report.logged WHERE day < $1', [day]);
        return removed('DELETE FROM profiler_report.opens WHERE day < $1 RETURNING opens', day, client);
      });
    },
    close() {
      return pool.end();
    },
  };
}

async function count(client: ClientBase | Pool, opens: readonly ReceivedOpen[]): Promise<void> {
  const rows = tally(opens);
  const values = [rows.map(({ arn }) => arn), rows.map(({ day }) => day), rows.map(({ artifactId }) => artifactId)];
  await client.query({ name: 'count', text: COUNT, values: [...values, rows.map((row) => row.opens)] });
}
