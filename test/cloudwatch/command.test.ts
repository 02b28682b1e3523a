import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { command, newFolder } from '../cli/command.ts';
import { serving } from './fetched.ts';
import type { GetMetricDataInput } from './metrics-api.ts';
import { together, type World } from './world.ts';
import {
  LONG,
  longWorld,
  MULTI_MODEL,
  multiModelWorld,
  PASSWORD,
  PIPELINE,
  PROCESSING,
  pipelineWorld,
  processingWorld,
  TRAINING,
  TRANSFORM,
  trainingWorld,
  transformWorld,
} from './worlds.ts';

/** The command goes by this machine's clock: worlds that ended half a day ago, in whole hours. */
const startSeconds = Math.floor(Date.now() / 3_600_000) * 3600 - 12 * 3600;
const span = (minutes: number) => ['--start', String(startSeconds), '--end', String(startSeconds + minutes * 60)];

function world(): World {
  const given = { startSeconds };
  const all = [pipelineWorld, multiModelWorld, trainingWorld, transformWorld, processingWorld].map((make) => make(given));
  return { ...together(...all), nowSeconds: Math.floor(Date.now() / 1000) };
}

const SUBJECTS = [
  ['endpoint', PIPELINE, span(180)],
  ['endpoint', MULTI_MODEL, span(180)],
  ['training-job', TRAINING, []],
  ['transform-job', TRANSFORM, []],
  ['processing-job', PROCESSING, []],
] as const;

test.each(SUBJECTS)(
  '%s %s: what was saved gives the same report, without any connection',
  async (kind, name, asked) => {
    const { server, env } = await serving(world());
    const folder = newFolder();
    const saved = join(folder, 'saved.json');
    const args = ['monitor', kind, name, ...asked, '--format', 'html,notebook,json,markdown', '-q'];
    const first = await command([...args, '--save', saved, '-o', join(folder, 'asked')], { env });
    expect(first).toEqual({ code: 0, stdout: '', stderr: '' });
    const calls = server.asked.length;
    expect(calls).toBeGreaterThan(1);
    // No region, no keys, and an address at which nobody answers.
    const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const again = await command([...args, '--from', saved, '-o', join(folder, 'read')], { env: nowhere });
    expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(server.asked).toHaveLength(calls);
    const files = readdirSync(join(folder, 'asked')).sort();
    expect(files).toContain('profiler-report.html');
    expect(readdirSync(join(folder, 'read')).sort()).toEqual(files);
    for (const file of files) {
      const [asked, read] = ['asked', 'read'].map((from) => readFileSync(join(folder, from, file), 'utf8'));
      expect(read === asked ? '' : firstDifference(asked, read), file).toBe('');
      expect(asked).not.toContain(PASSWORD);
    }
  },
  60_000,
);

function firstDifference(one = '', other = ''): string {
  const at = [...one].findIndex((character, i) => character !== other[i]);
  return `${one.slice(at - 40, at + 40)} | ${other.slice(at - 40, at + 40)}`;
}

test('reports on fifteen months with little memory', async () => {
  const endSeconds = startSeconds + 12 * 3600;
  const { env } = await serving({ ...longWorld({ endSeconds }), nowSeconds: Math.floor(Date.now() / 1000) });
  const folder = newFolder();
  const args = ['monitor', 'endpoint', LONG, '--last', '65w', '--format', 'html,json', '-o', folder, '-q'];
  // As points that are objects of their own, the answers alone would take more.
  const ended = await command(args, { env: { ...env, NODE_OPTIONS: '--max-old-space-size=96' } });
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  const { inputs } = JSON.parse(readFileSync(join(folder, 'profiler-report.json'), 'utf8')) as Report;
  expect(Number(/([\d,]+) data points/.exec(inputs[0]?.detail ?? '')?.[1]?.replaceAll(',', ''))).toBeGreaterThan(300_000);
});

test.each([
  ['ModelLatency p99.5 > 500ms for 5m', 1],
  ['ModelLatency p99.5 > 5s for 5m', 0],
])('asks for the percentile of the condition %s, and ends with %i', async (condition, expected) => {
  const { server, env } = await serving(world());
  const args = [
    'monitor',
    'endpoint',
    PIPELINE,
    ...span(180),
    '--fail-on',
    condition,
    '--format',
    'json',
    '-q',
    '-o',
    newFolder(),
  ];
  const { code, stderr } = await command(args, { env });
  expect([code, stderr.includes('green')]).toEqual([expected, expected === 1]);
  const statistics = server
    .inputs<GetMetricDataInput>('GetMetricData')
    .flatMap(({ MetricDataQueries }) => MetricDataQueries.map(({ MetricStat }) => MetricStat?.Stat));
  expect(statistics).toContain('p99.5');
});

test('ends with 2 and one line that names the permission', async () => {
  const { env } = await serving(world(), { denied: ['GetMetricData'] });
  const { code, stderr } = await command(['monitor', 'endpoint', PIPELINE, '-o', newFolder()], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('cloudwatch:GetMetricData');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
