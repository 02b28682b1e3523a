import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exampleJob, writeProfilerOutput } from '../fixtures/example-job/index.ts';
import { hasShared, shared } from '../shared.ts';
import { command, newFolder } from './command.ts';

const python = resolve(import.meta.dirname, '../../.venv/bin/python');

const small = { ...exampleJob, minutes: 4, nodes: 1, gpusPerNode: 1, coresPerNode: 2 };
const job = mkdtempSync(join(tmpdir(), 'profiler-report-test-'));
beforeAll(() => writeProfilerOutput(job, small));
afterAll(() => rmSync(job, { recursive: true }));

let out: string;
beforeEach(() => {
  out = join(newFolder(), 'tables');
});

/** Cells of a CSV file that holds no quotes. */
function csv(name: string): string[][] {
  const text = readFileSync(join(out, `${name}.csv`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}

describe.skipIf(!hasShared || !existsSync(python))('the tables of golden jobs are what pandas makes of the raw files', () => {
  test.each(['g1-single-gpu-framework', 'g3-two-node-low-util'])('%s', async (name) => {
    const golden = shared(`golden/${name}`);
    expect(await command(['export', golden, '-o', out, '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
    const script = resolve(import.meta.dirname, '../python/tables.py');
    const results: Record<string, { expected: number[]; actual: number[] }> = JSON.parse(
      execFileSync(python, [script, golden, out]).toString(),
    );
    expect(Object.keys(results).length).toBeGreaterThan(30);
    for (const [key, { expected, actual }] of Object.entries(results)) {
      expect(actual, key).toHaveLength(expected.length);
      for (const [i, value] of expected.entries()) {
        expect(Math.abs((actual[i] as number) - value), key).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
      }
    }
  });
});

test('all tables are written and told, with their rows', async () => {
  const { code, stdout, stderr } = await command(['export', job, '-o', out]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const names = [
    'system',
    'framework',
    'dataloader',
    'activity',
    'job',
    'steps',
    'utilization',
    'devices',
    'phases',
    'profiles',
    'functions',
    'callers',
  ];
  expect(readdirSync(out).sort()).toEqual(names.map((name) => `${name}.csv`).sort());
  expect(stdout).toMatch(new RegExp(`^Wrote\n  ${out}/system.csv +${(csv('system').length - 1).toLocaleString('en-US')} rows +`));
});

test('what was tolerated while reading is told', async () => {
  const damaged = newFolder();
  writeProfilerOutput(damaged, { ...small, minutes: 2 });
  const minute = globSync(`${damaged}/profiler-output/system/incremental/*/*.json`).sort()[0] as string;
  writeFileSync(minute, `not a sample\n${readFileSync(minute, 'utf8')}`);
  const { code, stdout } = await command(['export', damaged, '-o', out, '--tables', 'system']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /\n\nRead with care\n {2}profiler-output\/system\/incremental\/\d+\/\d+\.algo-1\.json: Line 1 [^\n]*\n$/,
  );
});

test('Parquet holds the same cells as CSV, typed', async () => {
  await command(['export', job, '-o', out]);
  await command(['export', job, '-o', out, '--format', 'parquet']);
  for (const name of readdirSync(out)
    .filter((file) => file.endsWith('.parquet'))
    .map((file) => file.replace('.parquet', ''))) {
    const [head = [], ...rows] = csv(name);
    const file = await asyncBufferFromFile(join(out, `${name}.parquet`));
    const read = await parquetReadObjects({ file });
    const cell = (value: unknown) =>
      value === null ? '' : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
    expect(
      read.map((row) => head.map((column) => cell(row[column]))),
      name,
    ).toEqual(rows);
  }
  const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(join(out, 'system.parquet')));
  expect(schema.slice(1).map(({ name, type }) => `${name} ${type}`)).toEqual([
    'timestamp BYTE_ARRAY',
    'timestamp_us INT64',
    'value DOUBLE',
    'system_metric BYTE_ARRAY',
    'dimension BYTE_ARRAY',
    'nodeID BYTE_ARRAY',
    'type BYTE_ARRAY',
  ]);
});

test('a time, both ends included, or steps leave out the rest', async () => {
  await command(['export', job, '-o', out, '--tables', 'system,framework']);
  const [, ...all] = csv('system');
  const times = all.map(([time = '']) => time);
  const [from = '', to = ''] = [times[Math.floor(times.length / 3)], times[Math.floor(times.length / 2)]];
  await command(['export', job, '-o', out, '--force', '--tables', 'system', '--from', from, '--to', to]);
  expect(csv('system').slice(1)).toEqual(all.filter(([time = '']) => time >= from && time <= to));

  const [, ...events] = csv('framework');
  const startOf = (step: string) =>
    events
      .filter((event) => event[7] === step)
      .map(([start = '']) => start)
      .sort()[0] as string;
  await command(['export', job, '-o', out, '--force', '--tables', 'framework', '--steps', '3-5']);
  const [, ...some] = csv('framework');
  expect(some.length).toBeGreaterThan(0);
  expect(some).toEqual(events.filter(([start = '', end = '']) => end >= startOf('3') && start < startOf('5')));
});

test('activity at instants and in intervals that are asked for', async () => {
  await command(['export', job, '-o', out, '--tables', 'framework']);
  const [, ...events] = csv('framework');
  const [start = ''] = events[Math.floor(events.length / 2)] ?? [];
  await command(['export', job, '-o', out, '--tables', 'activity', '--at', start]);
  const running = events.filter((event) => (event[0] as string) <= start && (event[1] as string) >= start);
  const [, ...rows] = csv('activity');
  const told = rows.filter((row) => row[5] === 'process').reduce((sum, row) => sum + Number(row[7]), 0);
  expect(running.length).toBeGreaterThan(0);
  expect(told).toBe(running.length);
  expect(new Set(rows.map(([begin, end]) => `${begin} ${end}`))).toEqual(new Set([`${start} ${start}`]));
});

test('own bands of device usage count each sample once', async () => {
  await command(['export', job, '-o', out, '--tables', 'devices,system', '--bands', '20,50,80']);
  const [head, ...rows] = csv('devices');
  expect(head).toEqual(['type', 'dimension', 'nodeID', 'name', 'over_80', '50_to_80', '20_to_50', 'under_20']);
  const samples = csv('system').filter((row) => row[4] === 'GPUUtilization').length;
  const counts = rows.filter((row) => row[3] === '' && row[1] === 'GPUUtilization').map((row) => row.slice(4).map(Number));
  expect(counts.flat().reduce((sum, n) => sum + n, 0)).toBe(samples);
});

test('tables that are there stay unless --force', async () => {
  await command(['export', job, '-o', out, '--tables', 'job', '-q']);
  writeFileSync(join(out, 'job.csv'), 'mine\n');
  const { code, stderr } = await command(['export', job, '-o', out, '-q']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `profiler-report: job.csv in ${out} is there already: choose another place with -o, or overwrite with --force.\n`,
  });
  expect(readdirSync(out)).toEqual(['job.csv']);
  expect((await command(['export', job, '-o', out, '-q', '--force', '--tables', 'job'])).code).toBe(0);
  expect(csv('job')[0]).toContain('job_duration');
});

test('a job without framework data has its system tables, and empty ones with their columns', async () => {
  const bare = newFolder();
  writeProfilerOutput(bare, { ...small, minutes: 2, gpusPerNode: 0, framework: false });
  await command(['export', bare, '-o', out, '--format', 'parquet']);
  const rows = async (name: string) => {
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(join(out, `${name}.parquet`)));
    return [Number(metadata.num_rows) > 0, metadata.schema.length > 1];
  };
  expect(await rows('system')).toEqual([true, true]);
  expect(await rows('job')).toEqual([true, true]);
  for (const name of ['framework', 'dataloader', 'steps', 'phases']) expect(await rows(name), name).toEqual([false, true]);
});

test('wrong use is told in one line, before anything is written', async () => {
  const { code, stdout, stderr } = await command(['export', job, '-o', out, '--steps', '1-99999999']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^profiler-report: --steps: no event has the step number 99999999[^\n]+\n$/);
  expect(existsSync(out)).toBe(false);
});

test('without raw data there is nothing to export', async () => {
  const { code, stderr } = await command(['export', newFolder(), '-o', out]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^profiler-report: no raw profiler output [^\n]+\n$/);
});
