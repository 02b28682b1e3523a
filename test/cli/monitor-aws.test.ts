import { expect, test } from 'vitest';
import { serving } from '../cloudwatch/fetched.ts';
import { PIPELINE, pipelineWorld } from '../cloudwatch/worlds.ts';
import { command, newFolder } from './command.ts';
import { contentsOf } from './jobs.ts';

/** The command has the clock of this machine: the world ends about now. */
const world = () => pipelineWorld({ startSeconds: Math.floor(Date.now() / 3_600_000) * 3600 - 3 * 3600 });

test('looks at one variant with --variant, and asks for the percentiles that limits need', async () => {
  const { env } = await serving(world());
  const limit = ['--fail-on', 'ModelLatency p99.9 > 1ms on variant green'];
  const args = ['monitor', 'endpoint', PIPELINE, '--variant', 'green', '--json', ...limit];
  const { code, stdout } = await command(args, { cwd: newFolder(), env });
  const { subject, conditions } = JSON.parse(stdout);
  expect(subject.variants.map((variant: { name: string }) => variant.name)).toEqual(['green']);
  expect({ code, verdict: conditions[0].verdict }).toEqual({ code: 1, verdict: 'met' });
});

test('tells in one line that there is no such endpoint, and writes nothing', async () => {
  const folder = newFolder();
  const { env } = await serving(world());
  const { code, stdout, stderr } = await command(['monitor', 'endpoint', 'shop-serch', '--save', 'kept.json'], {
    cwd: folder,
    env,
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^profiler-report: [^\n]*shop-serch[^\n]+\n$/);
  expect([...contentsOf(folder).keys()]).toEqual([]);
});
