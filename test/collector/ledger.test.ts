import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Ledger, LoggedOpen } from '../../src/collector/ledger.ts';
import { openLedger } from '../../src/collector/open-ledger.ts';
import { newFolder } from '../cli/command.ts';
import { onEachDatabase } from './databases.ts';

const HASH = '0'.repeat(64);

/** An opening at noon (UTC) of a day. */
const open = (arn: string, day: string, artifactId = 'profiler-report/0') => ({
  receivedAt: Date.parse(`${day}T12:00:00Z`),
  artifactId,
  arn,
});
const logged = (requestId: string, arn: string, day: string): LoggedOpen => ({ ...open(arn, day), requestId });

test('what an SQLite ledger has forgotten stands in none of its files', async () => {
  const folder = newFolder();
  const ledger = await openLedger(join(folder, 'usage.db'));
  const files = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
  await ledger.add([open(HASH, '2026-03-01'), open('kept', '2026-03-01')]);
  expect(files()).toContain(HASH);
  await ledger.forget([HASH]);
  expect(files()).not.toContain(HASH);
  await ledger.close();
});

onEachDatabase('a ledger', (databases) => {
  const ledgers: Ledger[] = [];
  afterEach(async () => {
    await Promise.all(ledgers.splice(0).map((ledger) => ledger.close()));
  });

  async function opened(database: string): Promise<Ledger> {
    const ledger = await openLedger(database);
    ledgers.push(ledger);
    return ledger;
  }
  const fresh = async () => opened(await databases.fresh());

  test('is empty at first', async () => {
    const ledger = await fresh();
    expect([await ledger.perDay(), await ledger.perJob(), await ledger.jobs()]).toEqual([[], [], 0]);
  });

  test('counts per UTC day and per job', async () => {
    const ledger = await fresh();
    await ledger.add([
      { receivedAt: Date.parse('2026-02-28T23:59:59.999Z'), artifactId: 'profiler-report/0', arn: 'a' },
      { receivedAt: Date.parse('2026-03-01T00:00:00.000Z'), artifactId: 'profiler-report/0', arn: 'a' },
    ]);
    await ledger.add([open('a', '2026-03-01', 'profiler-report/1'), open(HASH, '2026-03-02')]);
    expect(await ledger.perDay()).toEqual([
      { day: '2026-02-28', opens: 1 },
      { day: '2026-03-01', opens: 2 },
      { day: '2026-03-02', opens: 1 },
    ]);
    expect(await ledger.perJob()).toEqual([
      { arn: 'a', opens: 3, firstDay: '2026-02-28', lastDay: '2026-03-01' },
      { arn: HASH, opens: 1, firstDay: '2026-03-02', lastDay: '2026-03-02' },
    ]);
  });

  test('tells the most opened first, equals by name, and no more than asked for', async () => {
    const ledger = await fresh();
    await ledger.add(['b', 'Z', 'c', 'c', 'a'].map((arn) => open(arn, '2026-03-01')));
    expect((await ledger.perJob()).map(({ arn }) => arn)).toEqual(['c', 'Z', 'a', 'b']);
    expect((await ledger.perJob(2)).map(({ arn }) => arn)).toEqual(['c', 'Z']);
    expect(await ledger.jobs()).toBe(4);
  });

  test('counts what a log tells once, within a call and over calls', async () => {
    const ledger = await fresh();
    const first = [logged('r1', 'a', '2026-03-01'), logged('r2', 'a', '2026-03-01'), logged('r1', 'a', '2026-03-01')];
    expect(await ledger.addLogged(first)).toBe(2);
    expect(await ledger.addLogged([...first, logged('r3', 'b', '2026-03-02')])).toBe(1);
    expect(await ledger.perDay()).toEqual([
      { day: '2026-03-01', opens: 2 },
      { day: '2026-03-02', opens: 1 },
    ]);
  });

  test('forgets jobs for good: what their logs told is not counted again', async () => {
    const ledger = await fresh();
    const told = [logged('r1', 'a', '2026-03-01')];
    await ledger.addLogged(told);
    await ledger.add([open('a', '2026-03-02'), open(HASH, '2026-03-02'), open('b', '2026-03-02')]);
    expect(await ledger.forget(['a', HASH, 'never seen'])).toBe(3);
    expect(await ledger.forget([])).toBe(0);
    expect(await ledger.addLogged(told)).toBe(0);
    expect((await ledger.perJob()).map(({ arn }) => arn)).toEqual(['b']);
  });

  test('removes what is older than a day, and the request ids of it', async () => {
    const ledger = await fresh();
    await ledger.add([open('a', '2025-03-01'), open('a', '2025-03-01'), open('b', '2026-03-01')]);
    await ledger.addLogged([logged('old', 'c', '2025-12-31'), logged('new', 'c', '2026-01-01')]);
    expect(await ledger.removeBefore('2026-01-01')).toBe(3);
    expect((await ledger.perDay()).map(({ day }) => day)).toEqual(['2026-01-01', '2026-03-01']);
    expect(await ledger.addLogged([logged('old', 'c', '2025-12-31'), logged('new', 'c', '2026-01-01')])).toBe(1);
  });

  test('is there again after a restart, and two at once add up', async () => {
    const database = await databases.fresh();
    const [one, two] = await Promise.all([opened(database), opened(database)]);
    const arns = Array.from({ length: 200 }, (_, i) => `job-${i}`);
    for (let round = 0; round < 10; round++) {
      const forwards = arns.map((arn) => open(arn, '2026-03-01'));
      await Promise.all([one.add(forwards), two.add(forwards.toReversed())]);
    }
    const again = await opened(database);
    const jobs = await again.perJob();
    expect(jobs).toHaveLength(200);
    expect(new Set(jobs.map(({ opens }) => opens))).toEqual(new Set([20]));
  });

  test('must be there where it is only read', async () => {
    const database = await databases.fresh();
    await expect(openLedger(database, { mustExist: true })).rejects.toThrow(/check --database/);
    await (await openLedger(database)).close();
    await (await openLedger(database, { mustExist: true })).close();
  });
});
