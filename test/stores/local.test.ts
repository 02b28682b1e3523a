import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoreEntry } from '../../src/model/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { localStore } from '../../src/stores/local.ts';
import { parseS3Location } from '../../src/stores/s3-location.ts';
import { pathsOf, usageMessage } from './collect.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text = '{}'): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

test('lists what lies below, with sizes, without checkpoints and installed packages', async () => {
  await put('a/profiler-reports/BatchSize.json', '{"a": 1}');
  await put('a/.ipynb_checkpoints/BatchSize-checkpoint.json');
  await put('.git/config');
  await put('node_modules/x/package.json');
  await put('top.json');
  const entries: StoreEntry[] = [];
  for await (const entry of localStore(folder).list()) entries.push(entry);
  expect(entries.toSorted((a, b) => a.bytes - b.bytes)).toEqual([
    { path: 'top.json', bytes: 2 },
    { path: 'a/profiler-reports/BatchSize.json', bytes: 8 },
  ]);
});

test('follows links, once, and leaves out dangling ones', async () => {
  await put('real/one.json');
  await symlink(join(folder, 'real'), join(folder, 'link'));
  await symlink(folder, join(folder, 'real/up'));
  await symlink(join(folder, 'nowhere'), join(folder, 'dangling.json'));
  await symlink(join(folder, 'real/one.json'), join(folder, 'two.json'));
  const paths = await pathsOf(localStore(folder));
  expect(paths).toHaveLength(2);
  expect(paths).toContain('two.json');
});

test('reads a file, and tells a missing one from an unreadable one', async () => {
  await put('a.json', '{"a": 1}');
  const store = localStore(folder);
  expect(new TextDecoder().decode(await store.read('a.json'))).toBe('{"a": 1}');
  expect(await store.readIfPresent('b.json')).toBeUndefined();
  expect(await store.readIfPresent('a.json/b.json')).toBeUndefined();
  expect(await usageMessage(() => store.read('b.json'))).toBe(
    `cannot read ${join(folder, 'b.json')}: it does not exist. Check the path.`,
  );
  expect(await usageMessage(() => store.readIfPresent(''))).toMatch(/it is a folder, not a file/);
});

test('tells of a missing folder, a file in its place, and too many entries', async () => {
  const missing = join(folder, 'none');
  expect(await usageMessage(() => pathsOf(localStore(missing)))).toBe(
    `cannot read ${missing}: it does not exist. Check the path.`,
  );
  await put('a.json');
  const file = join(folder, 'a.json');
  expect(await usageMessage(() => pathsOf(localStore(file)))).toBe(`${file} is a file: name the folder that holds it.`);
  await put('b.json');
  expect(await pathsOf(localStore(folder, { maxEntries: 2 }))).toHaveLength(2);
  await put('c.json');
  expect(await usageMessage(() => pathsOf(localStore(folder, { maxEntries: 2 })))).toBe(
    `${folder} holds more than 2 files and folders: name a folder closer to profiler-reports/.`,
  );
});

test('a location decides which store it is', async () => {
  expect((await openStore(folder)).location).toBe(folder);
  expect((await openStore('s3://bucket/some/prefix//')).location).toBe('s3://bucket/some/prefix');
  expect(await usageMessage(() => openStore(''))).toMatch(/the location is empty/);
  expect(await usageMessage(() => openStore('s3:/bucket/x'))).toBe(
    '"s3:/bucket/x" is not an S3 location: write s3://bucket/prefix.',
  );
});

test.each(['s3://', 's3:///prefix', 's3://b', 's3:bucket', 's3://bu cket/x', 's3://-bucket/x'])(
  '%s is no S3 location',
  async (location) => {
    expect(await usageMessage(() => parseS3Location(location))).toMatch(/is not an S3 location/);
  },
);

test('takes S3 locations apart', () => {
  expect(parseS3Location('s3://bucket')).toEqual({ bucket: 'bucket', prefix: '' });
  expect(parseS3Location('S3://bucket/a b/c/')).toEqual({ bucket: 'bucket', prefix: 'a b/c' });
  const point = 'arn:aws:s3:us-east-1:123456789012:accesspoint/mine';
  expect(parseS3Location(`s3://${point}/a/b`)).toEqual({ bucket: point, prefix: 'a/b' });
});

test('keeps what it wrote', async () => {
  const bytes = new TextEncoder().encode('<p>');
  await localStore(join(folder, 'new/place')).writeAll([{ path: 'sub/report.html', bytes, contentType: 'text/html' }]);
  expect(await readFile(join(folder, 'new/place/sub/report.html'), 'utf8')).toBe('<p>');
});
