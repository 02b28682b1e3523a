import { type ClientBase, Pool } from 'pg';
import { UsageError } from '../model/errors.ts';
import { postgresReason, withoutPassword } from './postgres-errors.ts';

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

/** Connections to a database that has our schema, made where it is missing. Rejects with a UsageError where it cannot be had. */
export async function openPool(url: string, mustExist: boolean): Promise<Pool> {
  const pool = newPool(url);
  // Only the loss of idle connections is told here, and the next query opens another.
  pool.on('error', () => {});
  const name = withoutPassword(url);
  try {
    await transaction(pool, (client) => prepare(client, mustExist, name));
    return pool;
  } catch (error) {
    await pool.end();
    const reason = postgresReason(error);
    throw reason === undefined ? error : new UsageError(`cannot use the database ${name}: ${reason}`, { cause: error });
  }
}

/** All of it or nothing. */
export async function transaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
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

function newPool(url: string): Pool {
  return new Pool({
    connectionString: withCheckedServer(url),
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

/**
 * With any sslmode that asks for TLS, pg checks the server's certificate and name, and warns that it will not do so for ever. Saying so
 * keeps the checks; `uselibpqcompat=true` in the URL asks for the lesser ones of PostgreSQL's own clients.
 */
function withCheckedServer(url: string): string {
  return /[?&]uselibpqcompat=true(&|$)/.test(url)
    ? url
    : url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/g, '$1verify-full');
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
