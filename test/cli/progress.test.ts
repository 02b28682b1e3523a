import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';
import { memoryStore } from '../memory-store.ts';

const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.json`, '{}']));

/** A stream that takes what a terminal takes. */
function stream(isTTY: boolean) {
  const nothing = () => true;
  return Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY,
    columns: 100,
    cursorTo: nothing,
    clearLine: nothing,
    moveCursor: nothing,
  });
}

async function shown(isTTY: boolean, wanted: boolean, milliseconds: number): Promise<string> {
  const stderr = stream(isTTY);
  const progress = startProgress({ stdout: stream(false), stderr, env: {} }, 's3://jobs/one', wanted);
  for await (const _ of progress.watch(memoryStore(many)).list());
  await sleep(milliseconds);
  progress.onProgress(5, 10);
  await sleep(200);
  progress.stop();
  return stderr.read() ?? '';
}

// ora keeps quiet in CI.
beforeEach(() => {
  vi.stubEnv('CI', undefined);
  vi.stubEnv('TERM', 'xterm');
});
afterEach(() => void vi.unstubAllEnvs());

test('shows files found and read while a terminal waits', async () => {
  const text = await shown(true, true, 800);
  expect(text).toContain('Looking through s3://jobs/one: 200 files');
  expect(text).toContain('████████████░░░░░░░░░░░░ 5 of 10 files');
});

test.each([
  ['a short read', true, true, 0],
  ['a pipe', false, true, 800],
  ['--quiet', true, false, 800],
])('shows nothing for %s', async (_, isTTY, wanted, milliseconds) => {
  expect(await shown(isTTY, wanted, milliseconds)).toBe('');
});

test('shows nothing on a terminal of no width, which would be redrawn without end', async () => {
  const stderr = Object.assign(stream(true), { columns: 0 });
  const progress = startProgress({ stdout: stream(false), stderr, env: {} }, 's3://jobs/one', true);
  await sleep(800);
  progress.stop();
  expect(stderr.read()).toBeNull();
});
