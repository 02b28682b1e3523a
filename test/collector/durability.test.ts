import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openLedger } from '../../src/collector/open-ledger.ts';
import { openDatabase } from '../../src/collector/sqlite-database.ts';
import { newFolder } from '../cli/command.ts';
import { hasPostgres, startPostgres } from '../postgres.ts';
import { type Collector, startCollector } from './collector.ts';
import { onEachDatabase } from './databases.ts';

const ROUNDS = 20;
const CONNECTIONS = 32;

const running: Collector[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((collector) => collector.end('SIGKILL')));
});
async function started(...args: Parameters<typeof startCollector>): Promise<Collector> {
  const collector = await startCollector(...args);
  running.push(collector);
  return collector;
}

/** Sends beacons, each for a job of its own, until none gets through any more, and notes the jobs that were acknowledged. */
async function load({ open }: Collector, round: number, acknowledged: string[]): Promise<void> {
  let sent = 0;
  const sender = async () => {
    for (;;) {
      const arn = `${round}`.padStart(32, '0') + `${sent++}`.padStart(32, '0');
      const answer = await open(arn).catch(() => undefined);
      if (answer?.status !== 200) return;
      acknowledged.push(arn);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
}

/** Loads a collector, ends it some milliseconds after its first answer, and resolves to the jobs that were acknowledged. */
async function loadUntil(
  end: () => Promise<unknown>,
  collector: Collector,
  round: number,
  milliseconds: number,
): Promise<string[]> {
  const acknowledged: string[] = [];
  const loading = load(collector, round, acknowledged);
  await vi.waitUntil(() => acknowledged.length > 0, { timeout: 20_000, interval: 5 });
  await sleep(milliseconds);
  await end();
  await loading;
  return acknowledged;
}

async function missingFrom(database: string, acknowledged: Iterable<string>): Promise<string[]> {
  const ledger = await openLedger(database, { mustExist: true });
  const kept = new Set((await ledger.perJob()).map(({ arn }) => arn));
  await ledger.close();
  return [...acknowledged].filter((arn) => !kept.has(arn));
}

onEachDatabase('what was acknowledged', (databases) => {
  test(`is all there after each of ${ROUNDS} kills in the middle of a load`, { timeout: 300_000 }, async () => {
    const database = await databases.fresh();
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const collector = await started(database);
      expect(await missingFrom(database, acknowledged)).toEqual([]);
      acknowledged.push(...(await loadUntil(() => collector.end('SIGKILL'), collector, round, 15 * round)));
    }
    await started(database);
    expect(await missingFrom(database, acknowledged)).toEqual([]);
  });

  test('and what is under way at a graceful stop is answered', async () => {
    const database = await databases.fresh();
    const collector = await started(database);
    const answers = Array.from({ length: 200 }, (_, i) => collector.open(`${i}`.padStart(64, '0')).catch(() => undefined));
    await answers[0];
    const { code } = await collector.end('SIGTERM');
    const statuses = (await Promise.all(answers)).map((answer) => answer?.status);
    const counted = statuses.filter((status) => status === 200).length;
    expect(code).toBe(0);
    expect(statuses.filter((status) => status !== 200 && status !== undefined)).toEqual([]);
    const ledger = await openLedger(database, { mustExist: true });
    expect((await ledger.perDay()).reduce((sum, { opens }) => sum + opens, 0)).toBe(counted);
    await ledger.close();
  });
});

describe('an SQLite ledger', () => {
  test('waits for the disk after each transaction', () => {
    const db = openDatabase(join(newFolder(), 'usage.db'));
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  const hasLimits = spawnSync('prlimit', ['--version']).status === 0;
  test.skipIf(!hasLimits)('that cannot grow answers 503 and has kept what was acknowledged', async () => {
    const database = join(newFolder(), 'usage.db');
    const collector = await started(database, { through: ['prlimit', '--fsize=300000'] });
    const acknowledged: string[] = [];
    await load(collector, 0, acknowledged);
    expect(acknowledged.length).toBeGreaterThan(0);
    // Now and then a smaller batch still finds room.
    await expect.poll(async () => (await collector.open()).status).toBe(503);
    const { code, stderr } = await collector.end('SIGTERM');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^(profiler-report: opens (cannot be counted: [^\n]+|are counted again)\n)+$/),
    });
    expect(await missingFrom(database, acknowledged)).toEqual([]);
  });

  test('whose file is removed answers 503: what goes there is lost', async () => {
    const database = join(newFolder(), 'usage.db');
    const collector = await started(database);
    expect((await collector.open()).status).toBe(200);
    for (const file of [database, `${database}-wal`, `${database}-shm`]) rmSync(file);
    expect((await collector.open()).status).toBe(503);
    await expect(collector.stats()).rejects.toThrow('statistics: 503');
    const { stderr } = await collector.end('SIGTERM');
    const lines = ['opens cannot be counted', 'counts cannot be read'].map(
      (what) => `profiler-report: ${what}: the database ${database} was removed or replaced: put it back and start anew.\n`,
    );
    expect(stderr).toBe(lines.join(''));
  });

  test.skipIf(process.platform === 'win32')('is made for its owner alone; an existing file keeps its mode', async () => {
    const [made, existing] = ['made.db', 'existing.db'].map((name) => join(newFolder(), name)) as [string, string];
    writeFileSync(existing, '');
    chmodSync(existing, 0o640);
    for (const [database, mode] of [
      [made, 0o600],
      [existing, 0o640],
    ] as const) {
      const collector = await started(database);
      await collector.open();
      const files = [database, `${database}-wal`, `${database}-shm`];
      expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([mode, mode, mode]);
      await collector.end('SIGTERM');
    }
  });

  const hasStrace = spawnSync('strace', ['-V']).status === 0;
  test.skipIf(!hasStrace)('has synced between reading a request and answering it, as the kernel sees it', async () => {
    const folder = newFolder();
    const log = join(folder, 'strace.log');
    const calls = 'trace=read,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync';
    const collector = await started(join(folder, 'usage.db'), {
      through: ['strace', '-D', '-f', '-s', '40', '-e', calls, '-o', log],
    });
    for (let i = 0; i < 10; i++) expect((await collector.open()).status).toBe(200);
    await Promise.all(Array.from({ length: 100 }, () => collector.open()));
    await collector.end('SIGTERM');

    const { answered, early } = answersBeforeSync(readFileSync(log, 'utf8').split('\n'));
    expect({ answered, early }).toEqual({ answered: 110, early: [] });
  });
});

/** Of a log of strace: how many beacons were answered with 200, and those answers that no sync came before since the request was read. */
function answersBeforeSync(lines: readonly string[]): { answered: number; early: string[] } {
  const readAt = new Map<string, number>();
  const early: string[] = [];
  let syncedAt = -1;
  let answered = 0;
  for (const [i, line] of lines.entries()) {
    if (/\b(?:fsync|fdatasync)(?:\(| resumed).*= 0$/.test(line)) syncedAt = i;
    const [, fd = '', text = ''] = /\b(?:read|recv\w+|write|writev|send\w+)\((\d+), (.*)/.exec(line) ?? [];
    if (text.includes('"GET /?x-artifact-id')) readAt.set(fd, i);
    if (!text.includes('"HTTP/1.1 200')) continue;
    answered++;
    if (syncedAt < (readAt.get(fd) ?? Number.POSITIVE_INFINITY)) early.push(line);
  }
  return { answered, early };
}

describe.skipIf(!hasPostgres)('a PostgreSQL that crashes', () => {
  test('has kept what was acknowledged, even where it is set up to answer early; the collector says 503 and recovers', async () => {
    const server = await startPostgres();
    try {
      const database = await server.database('early');
      const client = new Client({ connectionString: database });
      await client.connect();
      await client.query('ALTER DATABASE early SET synchronous_commit = off');
      await client.end();

      const collector = await started(database);
      const acknowledged = await loadUntil(server.crash, collector, 0, 1_000);
      const refused = await collector.open();
      expect([refused.status, await refused.text()]).toEqual([503, 'Not counted: the database cannot be written to now.\n']);
      expect((await fetch(`${collector.url}healthz`)).status).toBe(200);

      await server.start();
      expect(await missingFrom(database, acknowledged)).toEqual([]);
      expect((await collector.open()).status).toBe(200);
      const { code, stderr } = await collector.end('SIGTERM');
      expect(code).toBe(0);
      expect(stderr).toMatch(/^profiler-report: opens cannot be counted: [^\n]+\nprofiler-report: opens are counted again\n$/);
    } finally {
      await server.stop();
    }
  });
});
