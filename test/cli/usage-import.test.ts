import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/collector/open-ledger.ts';
import { testKeys } from '../aws-environment.ts';
import { arnOf, beaconQuery, logLine } from '../collector/log-lines.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { command, newFolder } from './command.ts';

const now = Date.now();
const beacon = (i: number, at = now) =>
  logLine({ requestId: `R${i}`, at, request: `GET /?${beaconQuery(arnOf(i % 3))} HTTP/1.1` });
const beacons = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${beacon(from + i)}\n`).join('');

let folder: string;
let logs: string;
let database: string;
beforeEach(() => {
  folder = newFolder();
  logs = join(folder, 'logs');
  database = join(folder, 'opens.db');
  mkdirSync(logs);
});

const imported = (place: string, ...more: string[]) => command(['usage', 'import', place, '--database', database, ...more]);

async function opens(): Promise<number> {
  const ledger = await openLedger(database);
  const perDay = await ledger.perDay().finally(() => ledger.close());
  return perDay.reduce((sum, day) => sum + day.opens, 0);
}

test('reads a folder, tells of every line, and counts nothing twice', async () => {
  const year = 365 * 86_400_000;
  const other = logLine({ requestId: 'X', at: now, request: 'GET /favicon.ico HTTP/1.1' });
  const service = beacon(9).replace('profiler-report/0', 'profiler_report_v1');
  writeFileSync(join(logs, 'a'), beacons(0, 12));
  appendFileSync(join(logs, 'a'), [beacon(20, now - year - 1000), other, service, 'nonsense', beacon(3)].join('\n'));
  writeFileSync(join(logs, 'b.gz'), gzipSync(beacons(0, 1)));
  const summary = (counted: string) => `Read 2 files in ${logs} (1 left out: compressed). Requests:
${counted}
   1  left out: older than 365 days
   1  no beacon
   1  left out: not exactly what a report sends
   1  left out: damaged

Left out, to begin with
  a:15: x-artifact-id is not profiler-report/<major version>
  a:16: not a line of an S3 server access log
  b.gz: compressed, as no S3 server access log is: unpack it if it holds some
`;
  expect(await imported(logs)).toEqual({ code: 0, stderr: '', stdout: summary('  12  counted\n   1  counted before') });
  expect(await imported(logs)).toEqual({ code: 0, stderr: '', stdout: summary('   0  counted\n  13  counted before') });
  expect(await opens()).toBe(12);
});

test('reads a single file, with the days it is told, and answers as JSON', async () => {
  writeFileSync(join(logs, 'a'), beacons(0, 5) + beacon(7, now - 3 * 86_400_000));
  writeFileSync(join(logs, 'b'), beacons(10, 15));
  const { code, stdout } = await imported(join(logs, 'a'), '--json', '--keep-days', '2');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ objects: 1, added: 5, old: 1 });
});

test('killed in the middle, again and again, it counts each request once in the end', async () => {
  const files = 120;
  for (let i = 0; i < files; i++) writeFileSync(join(logs, `log-${i}`), beacons(i * 1000, (i + 1) * 1000));
  const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
  let killed = 0;
  for (let least = 1; killed < 3; killed++) {
    const child = spawn(process.execPath, [main, 'usage', 'import', logs, '--database', database], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (child.exitCode === null && (!existsSync(database) || (await opens().catch(() => 0)) < least)) await sleep(10);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    least = (await opens()) + 1;
  }
  const before = await opens();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(files * 1000);
  expect(JSON.parse((await imported(logs, '--json')).stdout)).toMatchObject({ added: files * 1000 - before, known: before });
  expect(await opens()).toBe(files * 1000);
});

describe('is told in one line', () => {
  async function refused(place: string, message: string | RegExp, ...more: string[]): Promise<void> {
    const { code, stdout, stderr } = await imported(place, ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
    expect(stderr).toMatch(message);
    expect(existsSync(database)).toBe(false);
  }

  test('a place that is not there', () => refused(join(folder, 'no'), /no: it does not exist\. Check the path\./));
  test('a folder without files', () => refused(logs, /there are no files in .*logs: name the place of the logs\./));
  test('logs of another kind', () => {
    writeFileSync(join(logs, 'trail.json'), '{"Records": []}');
    return refused(
      logs,
      /nothing in .*logs is an S3 server access log \(trail\.json:1: not a line of an S3 server access log\)\./,
    );
  });
  test('a compressed file', () => {
    writeFileSync(join(logs, 'log.gz'), gzipSync(beacons(0, 3)));
    return refused(join(logs, 'log.gz'), /nothing in .*log\.gz is an S3 server access log \(log\.gz: compressed, .*unpack it/);
  });
  test('a file that memory may not hold', () => {
    writeFileSync(join(logs, 'log'), beacons(0, 3));
    truncateSync(join(logs, 'log'), 2 ** 30 + 1);
    return refused(logs, /log in .*logs is larger than 1 GiB: split it at the ends of lines\./);
  });
  test.each(['0', '-1', '1.5', 'all', ''])('--keep-days %j', (days) => refused(logs, /--keep-days/, `--keep-days=${days}`));
  test('S3 that does not answer, which is no fault of the database', async () => {
    const env = { ...testKeys, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' };
    const { code, stderr } = await command(['usage', 'import', 's3://logs/stats', '--database', database], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^profiler-report: cannot list s3:\/\/logs\/stats: no connection \(ECONNREFUSED\): [^\n]+\n$/);
  });
  test('no database', async () => {
    expect(await command(['usage', 'import', logs])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/: no database: name/),
    });
  });
  test('a disk that takes no more: what was counted before stays', async () => {
    for (let i = 0; i < 20; i++) writeFileSync(join(logs, `log-${i}`), beacons(i * 1000, (i + 1) * 1000));
    const through = ['bash', '-c', 'ulimit -f 400; exec "$0" "$@"'];
    const { code, stderr } = await command(['usage', 'import', logs, '--database', database], { through });
    expect(stderr).toMatch(/^profiler-report: the database failed: [^\n]+\n$/);
    expect(code).toBe(2);
    const before = await opens();
    expect(JSON.parse((await imported(logs, '--json')).stdout)).toMatchObject({ added: 20_000 - before, known: before });
  });
});

describe.skipIf(!hasMoto)('on S3', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
    const objects = Array.from(
      { length: 200 },
      (_, i) => [`stats/2026-11-21-00-00-00-${i}`, beacons(i * 500, (i + 1) * 500)] as const,
    );
    await moto.fill('logs', [...objects, ['other/log', 'nonsense\n']]);
  });
  afterAll(() => moto?.stop());

  test('reads 100,000 lines of a prefix, once', async () => {
    const env = { ...testKeys, AWS_ENDPOINT_URL_S3: moto.endpoint };
    const run = () => command(['usage', 'import', 's3://logs/stats/', '--region', 'us-east-1', '--database', database], { env });
    expect(await run()).toEqual({
      code: 0,
      stderr: '',
      stdout: 'Read 200 files in s3://logs/stats. Requests:\n  100,000  counted\n',
    });
    expect((await run()).stdout).toContain('\n        0  counted\n  100,000  counted before\n');
    expect(await opens()).toBe(100_000);
  });

  test('tells in one line what is not there', async () => {
    const env = { ...testKeys, AWS_ENDPOINT_URL_S3: moto.endpoint };
    const { code, stderr } = await command(['usage', 'import', 's3://logs/none', '--database', database], { env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'profiler-report: nothing lies under s3://logs/none/: check bucket and prefix (`aws s3 ls s3://logs/none/`).\n',
    });
  });
});
