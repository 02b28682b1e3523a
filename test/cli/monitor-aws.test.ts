import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testKeys } from '../aws-environment.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from '../cloudwatch/server.ts';
import type { World } from '../cloudwatch/world.ts';
import {
  PIPELINE,
  PROCESSING,
  pipelineWorld,
  processingWorld,
  TRAINING,
  TRANSFORM,
  trainingWorld,
  transformWorld,
} from '../cloudwatch/worlds.ts';
import { command, newFolder } from './command.ts';
import { contentsOf, REPORTS } from './jobs.ts';

/** The command has the clock of this machine: the worlds end about now. */
const HOURS_AGO = Math.floor(Date.now() / 3_600_000) * 3600 - 3 * 3600;

let folder: string;
let server: CloudWatchServer | undefined;

beforeEach(() => {
  folder = newFolder();
});
afterEach(() => server?.stop());

async function monitor(world: World, args: readonly string[], settings: ServerSettings = {}) {
  server = await startCloudWatchServer(world, settings);
  const env = { ...testKeys, AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: 'eu-west-1' };
  return command(['monitor', ...args], { cwd: folder, env });
}

const endpoint = () => pipelineWorld({ startSeconds: HOURS_AGO });

describe('what AWS tells', () => {
  test.each([
    ['endpoint', PIPELINE, endpoint],
    ['training-job', TRAINING, () => trainingWorld({ startSeconds: HOURS_AGO })],
    ['transform-job', TRANSFORM, () => transformWorld({ startSeconds: HOURS_AGO })],
    ['processing-job', PROCESSING, () => processingWorld({ startSeconds: HOURS_AGO })],
  ] as const)('of a %s is fetched, kept and made into the same report twice', async (kind, name, world) => {
    const { code, stdout, stderr } = await monitor(world(), [kind, name, '--save', 'kept.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${name}: \\d`));
    expect([...contentsOf(join(folder, `${name}-monitor`)).keys()]).toEqual(REPORTS);
    const again = await command(['monitor', kind, name, '--from', 'kept.json', '-o', 'again', '--save', 'again.json', '-q'], {
      cwd: folder,
    });
    expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder, 'again.json'), 'utf8')).toBe(readFileSync(join(folder, 'kept.json'), 'utf8'));
    expect(contentsOf(join(folder, 'again'))).toEqual(contentsOf(join(folder, `${name}-monitor`)));
  });

  test('is of one variant with --variant, and has the percentiles that limits ask for', async () => {
    const limit = ['--fail-on', 'ModelLatency p99.9 > 1ms on variant green'];
    const { code, stdout } = await monitor(endpoint(), ['endpoint', PIPELINE, '--variant', 'green', '--json', ...limit]);
    const { subject, conditions } = JSON.parse(stdout);
    expect(subject.variants.map((variant: { name: string }) => variant.name)).toEqual(['green']);
    expect({ code, verdict: conditions[0].verdict }).toEqual({ code: 1, verdict: 'met' });
  });
});

describe('what goes wrong is one line', () => {
  test.each<[string, string[], ServerSettings, RegExp]>([
    ['an unknown endpoint', ['endpoint', 'shop-serch'], {}, /shop-serch/],
    ['no permission', ['endpoint', PIPELINE], { denied: ['GetMetricData'] }, /cloudwatch:GetMetricData/],
  ])('%s', async (_, args, settings, line) => {
    const { code, stdout, stderr } = await monitor(endpoint(), args, settings);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
    expect(stderr).toMatch(line);
    expect([...contentsOf(folder).keys()]).toEqual([]);
  });
});
