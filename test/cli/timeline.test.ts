import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TraceObject } from '../../src/timeline/trace-object.ts';
import { exampleJob, writeProfilerOutput } from '../fixtures/example-job/index.ts';
import { command, newFolder } from './command.ts';

const job = mkdtempSync(join(tmpdir(), 'profiler-report-test-'));
beforeAll(() => writeProfilerOutput(job, { ...exampleJob, minutes: 4, nodes: 2, gpusPerNode: 1, coresPerNode: 2 }));
afterAll(() => rmSync(job, { recursive: true }));

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

function eventsIn(path: string): TraceObject[] {
  return JSON.parse(readFileSync(path, 'utf8')).filter(({ ph }: TraceObject) => ph === 'X');
}

test('a folder gets a file named after the last event; it is not overwritten unasked', async () => {
  const { code, stdout, stderr } = await command(['timeline', job, '-o', folder]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [name = ''] = readdirSync(folder);
  const events = eventsIn(join(folder, name));
  const last = Math.max(...events.map(({ ts, dur = 0 }) => ts + dur));
  expect(name).toMatch(new RegExp(`^${Math.trunc(last)}_algo-\\d-\\d+_merged_timeline\\.json$`));
  expect(stdout).toContain(`${join(folder, name)}  ${events.length.toLocaleString('en-US')} events, `);

  const again = await command(['timeline', job, '-o', join(folder, name)]);
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toMatch(/is there already: choose another place with -o, or overwrite with --force\.\n$/);
  expect(await command(['timeline', job, '-o', join(folder, name), '--force', '-q'])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

test('steps of one mode, and kinds', async () => {
  const file = join(folder, 'steps.json');
  await command(['timeline', job, '-o', file]);
  const startOf = (step: string) =>
    eventsIn(file).find(({ name, args }) => name === 'Step:ModeKeys.TRAIN' && args?.step_num === step)?.ts ?? 0;
  const [from, to] = [startOf('5'), startOf('8')];
  expect(from).toBeGreaterThan(0);
  await command(['timeline', job, '-o', file, '--force', '--steps', 'train:5-8', '--kinds', 'python']);
  const events = eventsIn(file);
  expect(events.every(({ ts, dur = 0 }) => ts < to && ts + dur >= from)).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8')).some(({ ph }: TraceObject) => ph === 'C')).toBe(false);
});

test.each<[string[], RegExp]>([
  [['--kinds', 'system,foo'], /^--kinds "system,foo": "foo" is none of python, model, /],
  [['--from', '2001-01-01', '--to', '2001-01-02'], / has nothing in that time: the job goes from \d{4}-.* to \d{4}-.* UTC\.$/],
  [['--kinds', 'horovod'], / has nothing of horovod in that time: the job goes from /],
  [['--steps', '1-100000'], /^--steps: no event has the step number 100000; /],
])('%s is refused in one line', async (options, message) => {
  const { code, stdout, stderr } = await command(['timeline', job, '-o', join(folder, 'a.json'), ...options]);
  expect({ code, stdout, files: readdirSync(folder) }).toEqual({ code: 2, stdout: '', files: [] });
  expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
  expect(stderr.slice('profiler-report: '.length, -1)).toMatch(message);
});
