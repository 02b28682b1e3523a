import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { cloudWatchFile } from '../../src/formats/cloudwatch.ts';
import { monitoredEndpoint, START, seriesOf } from '../monitored.ts';
import { command, newFolder } from './command.ts';
import { contentsOf, REPORTS } from './jobs.ts';

const saved = cloudWatchFile(
  monitoredEndpoint({
    series: [
      seriesOf({ metric: 'Invocations', statistic: 'Sum', value: (minute) => 100 + minute }),
      seriesOf({ metric: 'ModelLatency', statistic: 'p99', value: (minute) => (minute < 30 ? 150_000 : 250_000) }),
    ],
    lines: [{ seconds: START + 5, stream: 'blue/i-1', message: 'ERROR out of cheese' }],
  }),
);
const noAws = { NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'no-aws.mjs'))}` };
const FROM = ['monitor', 'endpoint', 'shop-search', '--from', 'saved.json'];

let folder: string;

beforeEach(() => {
  folder = newFolder();
  writeFileSync(join(folder, 'saved.json'), saved);
});

const reportIn = (place: string) => JSON.parse(readFileSync(join(folder, place, 'profiler-report.json'), 'utf8'));

describe('from a file', () => {
  test('writes the report and prints what was found, without loading any client of AWS', async () => {
    const { code, stdout, stderr } = await command(FROM, { cwd: folder, env: noAws });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect([...contentsOf(join(folder, 'shop-search-monitor')).keys()]).toEqual(REPORTS);
    expect(stdout).toMatch(/^shop-search: \d+ issues?/);
    expect(stdout).toContain(`  ${join(folder, 'shop-search-monitor/profiler-report.html')}\n`);
    expect(reportIn('shop-search-monitor').job).toMatchObject({ kind: 'endpoint', startSeconds: START });
  });

  test('the guard against clients of AWS guards', async () => {
    const { code, stderr } = await command(['monitor', 'endpoint', 'shop-search'], { cwd: folder, env: noAws });
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('@aws-sdk/client-') });
  });

  test('is kept by --save as it was, and gives the same report again', async () => {
    expect(await command([...FROM, '--save', 'kept.json', '-q'], { cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder, 'kept.json'), 'utf8')).toBe(saved);
    const again = ['monitor', 'endpoint', 'shop-search', '--from', 'kept.json', '-q', '-o', 'again'];
    expect((await command(again, { cwd: folder })).code).toBe(0);
    expect(contentsOf(join(folder, 'again'))).toEqual(contentsOf(join(folder, 'shop-search-monitor')));
  });

  test('is packed where its name says so, and gives the same report again', async () => {
    expect((await command([...FROM, '--save', 'kept.json.gz', '-q'], { cwd: folder })).code).toBe(0);
    expect(gunzipSync(readFileSync(join(folder, 'kept.json.gz'))).toString()).toBe(saved);
    const again = ['monitor', 'endpoint', 'shop-search', '--from', 'kept.json.gz', '-q', '-o', 'again'];
    expect((await command(again, { cwd: folder })).code).toBe(0);
    expect(contentsOf(join(folder, 'again'))).toEqual(contentsOf(join(folder, 'shop-search-monitor')));
  });

  test('looks at its last half hour with --last, and at what --start and --end name in UTC', async () => {
    await command([...FROM, '--last', '30m', '-o', 'last', '-q'], { cwd: folder });
    expect(reportIn('last').job).toMatchObject({ startSeconds: START + 1800, endSeconds: START + 3600 });
    const span = ['--start', '2026-11-02T09:10', '--end', '2026-11-02T10:30:00+01:00'];
    await command([...FROM, ...span, '-o', 'span', '-q'], { cwd: folder });
    expect(reportIn('span').job).toMatchObject({ startSeconds: START + 600, endSeconds: START + 1800 });
  });

  test('leaves the logs out with --no-logs, and looks for lines with --grep', async () => {
    const lines = async (...args: string[]) =>
      JSON.parse((await command([...FROM, '--json', ...args], { cwd: folder })).stdout).logs;
    expect(await lines()).toMatchObject({ lines: 1 });
    expect(await lines('--no-logs')).toEqual({ lines: 0, leftOut: 0 });
    expect(await lines('--grep', 'cheese')).toMatchObject({ lines: 1, grep: 'cheese' });
  });
});

describe('what is written', () => {
  test('is of the formats asked for; --json prints one document', async () => {
    const { code, stdout } = await command([...FROM, '--format', 'markdown', '--json', '-o', 'md'], { cwd: folder });
    expect(code).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed.written).toEqual([join(folder, 'md/profiler-report.md')]);
    expect(printed).toMatchObject({
      job: { kind: 'endpoint' },
      subject: { name: 'shop-search', region: 'eu-west-1' },
      conditions: [],
    });
    expect(readFileSync(join(folder, 'md/profiler-report.md'), 'utf8')).toContain('## Monitoring report: shop-search\n');
  });

  test('may replace a report of ours, but nothing else without --force', async () => {
    const place = join(folder, 'shop-search-monitor');
    mkdirSync(place);
    writeFileSync(join(place, 'profiler-report.html'), 'mine');
    const refused = await command([...FROM, '--save', 'kept.json'], { cwd: folder });
    expect(refused.stderr).toMatch(
      /^profiler-report: profiler-report\.html in .* was not made by profiler-report: choose another place/,
    );
    expect([...contentsOf(folder).keys()]).toEqual(['saved.json', 'shop-search-monitor/profiler-report.html']);
    expect((await command([...FROM, '--force', '-q'], { cwd: folder })).code).toBe(0);
    expect((await command([...FROM, '-q'], { cwd: folder })).code).toBe(0);
  });

  test('does not stand beside the findings of a profiled job', async () => {
    const place = join(folder, 'shop-search-monitor');
    mkdirSync(place);
    writeFileSync(join(place, 'findings.json'), '{}');
    const { code, stderr } = await command(FROM, { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^profiler-report: findings\.json in .* is of a profiled job/),
    });
    expect([...contentsOf(place).keys()]).toEqual(['findings.json']);
    expect((await command([...FROM, '--force', '-q'], { cwd: folder })).code).toBe(0);
  });
});

describe('--fail-on', () => {
  const failing = (...limits: string[]) =>
    command([...FROM, ...limits.flatMap((limit) => ['--fail-on', limit])], { cwd: folder });

  test.each<[string, number, RegExp]>([
    ['ModelLatency p99 > 200ms for 5m', 1, /met +ModelLatency p99 > 200 ?ms for 5m/],
    ['ModelLatency p99 > 300ms', 0, /not met +ModelLatency p99 > 300 ?ms/],
    ['OverheadLatency > 1s', 1, /not judged +OverheadLatency Average > 1 ?s\n.*no data points of OverheadLatency/],
  ])('%s', async (limit, code, line) => {
    const ended = await failing(limit);
    expect(ended).toMatchObject({ code, stderr: '' });
    expect(ended.stdout).toMatch(line);
    expect(ended.stdout).toContain('profiler-report.html');
  });

  test('one of several is enough', async () => {
    expect((await failing('Invocations sum < 1', 'ModelLatency p99 > 200ms')).code).toBe(1);
  });
});
