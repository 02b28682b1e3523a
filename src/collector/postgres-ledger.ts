import { type ClientBase, Pool } from 'pg';
import { UsageError } from '../model/errors.ts';
import type { DayCount, JobCount, Ledger, ReceivedOpen } from './ledger.ts';
import { postgresReason, withoutPassword } from './postgres-errors.ts';
import { tally, utcDay } from './tally.ts';

const VERSION = 1;

const SCHEMA = `
  CREATE SCHEMA profiler_report;
  CREATE TABLE profiler_report.version (version int NOT NULL);
  INSERT INTO profiler_report.version VALUES (${VERSION});
  CREATE TABLE profiler_report.opens (
    arn text COLLATE "C" NOT NULL, day date NOT NULL, artifact_id text COLLATE "C" NOT NULL, opens bigint NOT NULL,
    PRIMARY KEY (arn, day, artifact_id)
  );
  CREATE TABLE profiler_report.logged (request_id text COLLATE "C" PRIMARY KEY, day date NOT NULL);`;

/** Two collectors that start at once make the schema in turn. Any number will do that nobody else locks. */
const SCHEMA_LOCK = 0x70727573;

const COUNT = `
  INSERT INTO profiler_report.opens AS kept (arn, day, artifact_id, opens)
  SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::bigint[])
  ON CONFLICT (arn, day, artifact_id) DO UPDATE SET opens = kept.opens + excluded.opens`;

const LOG = `
  INSERT INTO profiler_report.logged SELECT * FROM unnest($1::text[], $2::date[]) ORDER BY 1
  ON CONFLICT DO NOTHING RETURNING request_id`;

/** A ledger in a schema of its own, `profiler_report`. Rejects with a UsageError where the database cannot be had. */
export async function postgresLedger(url: string, mustExist = false): Promise<Ledger> {
  const pool = newPool(url);
  // Only the loss of idle connections is told here, and the next query opens another.
  pool.on('error', () => {});

  async function transaction<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken = true;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      broken = false;
      return result;
    } finally {
      // The server rolls back what a closed connection left open.
      client.release(broken);
    }
  }

  try {
    await transaction((client) => prepare(client, mustExist, withoutPassword(url)));
  } catch (error) {
    await pool.end();
    const reason = postgresReason(error);
    if (reason === undefined) throw error;
    throw new UsageError(`cannot use the database ${withoutPassword(url)}: ${reason}`, { cause: error });
  }

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
      return transaction(async (client) => {
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
      return transaction(async (client) => {
        await client.query('DELETE FROM profiler_report.logged WHERE day < $1', [day]);
        return removed('DELETE FROM profiler_report.opens WHERE day < $1 RETURNING opens', day, client);
      });
    },
    close() {
      return pool.end();
    },
  };
}

function newPool(url: string): Pool {
  return new Pool({
    connectionString: url,
    application_name: 'profiler-report',
    max: 4,
    connectionTimeoutMillis: 5_000,
    // A server that does not answer any more must not keep beacons waiting for ever.
    query_timeout: 30_000,
    keepAlive: true,
    // A server set up to answer before the disk has it would break the promise; a stricter setting stays.
    onConnect: (client) =>
      client.query(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
      ) as unknown as undefined,
  });
}

async function prepare(client: ClientBase, mustExist: boolean, name: string): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
  const { rows } = await client.query(
    "SELECT to_regnamespace('profiler_report') AS schema, to_regclass('profiler_report.version') AS version",
  );
  const { schema, version } = rows[0];
  if (schema === null) {
    if (mustExist) throw new UsageError(`nothing was ever counted in the database ${name}: check --database.`);
    await client.query(SCHEMA);
  } else if (version === null) {
    throw new UsageError(`the database ${name} has a schema profiler_report of another program: name another with --database.`);
  } else if ((await client.query('SELECT version FROM profiler_report.version')).rows[0]?.version !== VERSION) {
    throw new UsageError(`the database ${name} was made by a newer profiler-report: use that, or name another with --database.`);
  }
}

async function count(client: ClientBase | Pool, opens: readonly ReceivedOpen[]): Promise<void> {
  const rows = tally(opens);
  const values = [rows.map(({ arn }) => arn), rows.map(({ day }) => day), rows.map(({ artifactId }) => artifactId)];
  await client.query({ name: 'count', text: COUNT, values: [...values, rows.map((row) => row.opens)] });
}
