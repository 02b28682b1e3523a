import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFiles } from '../../src/stores/replace-files.ts';
import { usageMessage } from './collect.ts';

const NAMES = ['report.json', 'report.ipynb', 'report.html'];
const writer = join(import.meta.dirname, 'endless-writer.ts');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files = (text: string, where = folder) =>
  NAMES.map((name) => ({ path: join(where, name), bytes: new TextEncoder().encode(text) }));
const contents = (where = folder) => Promise.all(NAMES.map((name) => readFile(join(where, name), 'utf8')));

test('replaces all files and leaves nothing else', async () => {
  await replaceFiles(files('old'));
  await replaceFiles(files('new'));
  expect(await contents()).toEqual(['new', 'new', 'new']);
  expect((await readdir(folder)).sort()).toEqual(NAMES.toSorted());
});

test('keeps permissions and symbolic links of what it replaces', async () => {
  await writeFile(join(folder, 'real.html'), 'old');
  await chmod(join(folder, 'real.html'), 0o640);
  await symlink('real.html', join(folder, 'report.html'));
  await replaceFiles(files('new'));
  expect(await readlink(join(folder, 'report.html'))).toBe('real.html');
  expect(await readFile(join(folder, 'real.html'), 'utf8')).toBe('new');
  expect((await stat(join(folder, 'real.html'))).mode & 0o777).toBe(0o640);
});

test('leaves every file alone when the last one cannot be written', async () => {
  await replaceFiles(files('old'));
  await rm(join(folder, 'report.html'));
  await mkdir(join(folder, 'report.html'));
  expect(await usageMessage(() => replaceFiles(files('new')))).toBe(
    `cannot write ${join(folder, 'report.html')}: it is a folder, not a file. Move it away or choose another place.`,
  );
  expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe('old');
  expect((await readdir(folder)).sort()).toEqual(NAMES.toSorted());
});

test('tells of a file in the place of a folder', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await usageMessage(() => replaceFiles(files('new', join(folder, 'file'))))).toMatch(
    /a file is where a folder is needed/,
  );
  expect(await usageMessage(() => replaceFiles(files('new', join(folder, 'file/sub'))))).toMatch(/a part of the path is a file/);
});

test('makes the folders that are lacking, and ends where none can be made', async () => {
  const deep = join(folder, 'a/b/c');
  await replaceFiles(files('new', deep));
  expect((await readdir(deep)).sort()).toEqual(NAMES.toSorted());
  expect(await usageMessage(() => replaceFiles(files('new', '/proc/profiler-report/a')))).toMatch(/its folder cannot be made/);
});

test('removes what a killed run left an hour ago, not what a running one is writing', async () => {
  const [stale, fresh] = ['.report.html.000000000001.tmp', '.report.html.000000000002.tmp'];
  for (const name of [stale, fresh]) await writeFile(join(folder, name), 'half');
  const longAgo = new Date(Date.now() - 2 * 3600 * 1000);
  await utimes(join(folder, stale), longAgo, longAgo);
  await replaceFiles(files('new'));
  expect(await readdir(folder)).toContain(fresh);
  expect(await readdir(folder)).not.toContain(stale);
});

test('a limit on file sizes leaves the old files whole', async () => {
  await replaceFiles(files('old'));
  const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
  const { stdout } = spawnSync('bash', ['-c', limited, process.execPath, writer, folder, '400000', 'once'], { encoding: 'utf8' });
  expect(stdout).toMatch(/^UsageError: cannot write .*report\.json: it is larger than the limit on file sizes/);
  expect(await contents()).toEqual(['old', 'old', 'old']);
  expect(await readdir(folder)).toHaveLength(3);
});

const mounts = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

describe.skipIf(!mounts)('on a file system of its own', () => {
  /** Runs the writer where `folder` is a tmpfs that holds an old report and has the given options; prints the old files afterwards. */
  function writeOn(mountOptions: string, size: number): string {
    const script = `set -e
      mount -t tmpfs none "$1"
      for name in ${NAMES.join(' ')}; do echo old > "$1/$name"; done
      mount -o "remount,$2" "$1"
      "$3" "$4" "$1" "$5" once
      cat "$1"/report.*; ls -A "$1" | wc -l`;
    const args = ['-rm', 'bash', '-c', script, 'bash', folder, mountOptions, process.execPath, writer, String(size)];
    return spawnSync('unshare', args, { encoding: 'utf8' }).stdout;
  }

  test('a full disk leaves the old files whole', () => {
    // Room for the first two new files, not for the third.
    expect(writeOn('size=1m', 400_000)).toMatch(
      /^UsageError: cannot write .*report\.html: the disk is full.*\nold\nold\nold\n3\n$/,
    );
  });

  test('a read-only disk leaves the old files whole', () => {
    expect(writeOn('ro', 10)).toMatch(
      /^UsageError: cannot write .*report\.json: it is on a read-only file system.*\nold\nold\nold\n3\n$/,
    );
  });
});

test('a kill at any moment leaves each file whole', async () => {
  const size = 300_000;
  await replaceFiles(files('a'.repeat(size)));
  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, [writer, folder, String(size), 'endless'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await sleep(round * 3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (const text of await contents()) {
      expect(text).toHaveLength(size);
      expect(new Set(text).size).toBe(1);
    }
  }
});
