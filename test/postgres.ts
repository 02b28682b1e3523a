import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

const programs = findPrograms();
/** PostgreSQL refuses to run as root. */
const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--'] : [];

/** False where PostgreSQL is not installed: `npm test` installs it where it may. */
export const hasPostgres = programs !== undefined;

export interface Postgres {
  /** Holds all that it has on disk. */
  readonly folder: string;
  /** Of a database of this name, made where it is missing. */
  database(name: string): Promise<string>;
  /** Ends the server on the spot, as a crash would. */
  crash(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server of its own on a free port of the loopback interface. */
export async function startPostgres(): Promise<Postgres> {
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'profiler-report-postgres-'));
  // initdb, run as somebody else, makes the data folder in it.
  await chmod(folder, 0o777);
  const data = join(folder, 'data');
  const [command = '', ...args] = [
    ...asUser,
    join(programs, 'initdb'),
    '-D',
    data,
    '-U',
    'test',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
  ];
  const made = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  const url = (name: string) => `postgres://test@127.0.0.1:${port}/${name}`;
  let server = launch();

  function launch() {
    const options = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', ''];
    const [command = '', ...args] = [...asUser, join(programs ?? '', 'postgres'), ...options];
    return spawn(command, args, { cwd: folder, stdio: 'ignore' });
  }
  async function end(signal: NodeJS.Signals) {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }
  async function query(sql: string) {
    const client = new Client({ connectionString: url('postgres') });
    // An end while it is open is told by the query.
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
  async function untilReady() {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
      if (await query('SELECT 1').catch(() => undefined)) return;
      await sleep(50);
    }
    throw new Error('postgres did not answer within a minute');
  }

  await untilReady();
  return {
    folder,
    async database(name) {
      const there = await query(`SELECT 1 FROM pg_database WHERE datname = '${name}'`);
      if (there.length === 0) await query(`CREATE DATABASE "${name}"`);
      return url(name);
    },
    crash: () => end('SIGQUIT'),
    async start() {
      server = launch();
      await untilReady();
    },
    async stop() {
      await end('SIGINT');
      await rm(folder, { recursive: true });
    },
  };
}

/** The folder of PostgreSQL's programs: Debian keeps those of the server off the path. */
function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))));
}
