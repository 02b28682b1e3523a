import { existsSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { Ledger } from '../../src/collector/ledger.ts';
import { openLedger } from '../../src/collector/open-ledger.ts';
import { hashOfArn } from '../../src/consent/usage.ts';
import { onEachDatabase } from '../collector/databases.ts';
import { arnOf } from '../collector/log-lines.ts';
import { command } from './command.ts';

const NOTE = 'Two openings cannot be told apart, by one person or by two: every accepted request counts.';

/** 1,000 opens of job 1 on one day, 3 of job 2 on the next, one of them under the hash of its ARN. */
async function fill(database: string): Promise<void> {
  await withLedger(database, async (ledger) => {
    const open = (arn: string, hour: number) => ({
      receivedAt: Date.UTC(2026, 10, 20, hour),
      artifactId: 'profiler-report/0',
      arn,
    });
    await ledger.add(Array.from({ length: 1000 }, () => open(arnOf(1), 23)));
    await ledger.add([open(arnOf(2), 24), open(arnOf(2), 25), open(hashOfArn(arnOf(2)), 26)]);
  });
}

async function withLedger<T>(database: string, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await openLedger(database);
  return work(ledger).finally(() => ledger.close());
}

onEachDatabase('usage', ({ fresh }) => {
  let database: string;
  beforeEach(async () => {
    database = await fresh();
    await fill(database);
  });
  const usage = (...args: string[]) => command(['usage', ...args, '--database', database]);

  test('prints opens per day and per job', async () => {
    expect(await usage()).toEqual({
      code: 0,
      stderr: '',
      stdout: `1,003 opens of 3 jobs, 2026-11-20 to 2026-11-21 (UTC)

Day         Opens
2026-11-20  1,000
2026-11-21      3

First day   Last day    Opens  Processing job, or SHA-256 of its ARN
2026-11-20  2026-11-20  1,000  ${arnOf(1)}
2026-11-21  2026-11-21      2  ${arnOf(2)}
2026-11-21  2026-11-21      1  ${hashOfArn(arnOf(2))}

${NOTE}
`,
    });
  });

  test('prints the same as JSON', async () => {
    const { code, stdout, stderr } = await usage('--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { asOf, ...stats } = JSON.parse(stdout);
    expect(Math.abs(Date.parse(asOf) - Date.now())).toBeLessThan(60_000);
    expect(stats).toEqual({
      opens: 1003,
      jobs: 3,
      perDay: [
        { day: '2026-11-20', opens: 1000 },
        { day: '2026-11-21', opens: 3 },
      ],
      perJob: [
        { arn: arnOf(1), opens: 1000, firstDay: '2026-11-20', lastDay: '2026-11-20' },
        { arn: arnOf(2), opens: 2, firstDay: '2026-11-21', lastDay: '2026-11-21' },
        { arn: hashOfArn(arnOf(2)), opens: 1, firstDay: '2026-11-21', lastDay: '2026-11-21' },
      ],
      note: NOTE,
    });
  });

  test('prints the same as CSV', async () => {
    const { stdout } = await usage('--csv');
    expect(stdout.split('\r\n')).toEqual([
      'by,name,opens,first_day,last_day',
      'day,2026-11-20,1000,2026-11-20,2026-11-20',
      'day,2026-11-21,3,2026-11-21,2026-11-21',
      `job,${arnOf(1)},1000,2026-11-20,2026-11-20`,
      `job,${arnOf(2)},2,2026-11-21,2026-11-21`,
      `job,${hashOfArn(arnOf(2))},1,2026-11-21,2026-11-21`,
      '',
    ]);
  });

  test.each([
    ['ARN', arnOf(2)],
    ['hash', hashOfArn(arnOf(2))],
    ['hash in capitals', hashOfArn(arnOf(2)).toUpperCase()],
  ])('forgets a job by its %s, under either form', async (_, given) => {
    const { code, stdout } = await command(['usage', 'forget', given, '--database', database]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Deleted 3 opens of ${given}.\n` });
    expect(await withLedger(database, (ledger) => ledger.perJob())).toMatchObject([{ arn: arnOf(1), opens: 1000 }]);
    const again = await command(['usage', 'forget', given, '--database', database]);
    expect(again).toEqual({ code: 0, stdout: `Nothing was counted for ${given}.\n`, stderr: '' });
  });

  test.each([[['usage']], [['usage', 'forget', arnOf(1)]]])(
    'a database in which nothing was ever counted is told, and not made: %j',
    async (args) => {
      const database = await fresh();
      for (const _ of [1, 2]) {
        const { code, stdout, stderr } = await command([...args, '--database', database]);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(
          /^profiler-report: (there is no|nothing was ever counted in the) database [^\n]+: check --database\.\n$/,
        );
      }
      expect(existsSync(database)).toBe(false);
    },
  );

  test('a database in which all was forgotten has nothing to print', async () => {
    const database = await fresh();
    await withLedger(database, async () => {});
    expect(await command(['usage', '--database', database])).toEqual({ code: 0, stdout: 'No opens were counted.\n', stderr: '' });
    expect((await command(['usage', '--csv', '--database', database])).stdout).toBe('by,name,opens,first_day,last_day\r\n');
  });
});

test.each([
  [['usage'], 'no database: name its file, or postgres://..., with --database.'],
  [['usage', 'forget', arnOf(1)], 'no database: name its file, or postgres://..., with --database.'],
  [['usage', '--json', '--csv', '--database', 'x'], '--json and --csv: choose one of them.'],
  [
    ['usage', 'forget', 'train-1', '--database', 'x'],
    '"train-1" is neither the ARN of a processing job, as in arn:aws:sagemaker:<region>:<account>:processing-job/<name>, nor the SHA-256 of one.',
  ],
])('wrong use is told in one line: %j', async (args, message) => {
  expect(await command(args)).toEqual({ code: 2, stdout: '', stderr: `profiler-report: ${message}\n` });
});
