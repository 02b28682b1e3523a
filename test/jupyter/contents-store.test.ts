import type { Contents } from '@jupyterlab/services';
import { describe, expect, test } from 'vitest';
import { contentsStore } from '../../jupyter-extension/src/contents/contents-store.ts';
import type { StoreEntry } from '../../src/model/store.ts';

interface Folder {
  readonly [name: string]: Folder | { readonly content: unknown; readonly format?: string; readonly size?: number };
}

/** Contents of made-up files that counts what is asked for. */
function contentsOf(root: Folder) {
  const asked: string[] = [];
  const saved = new Map<string, string>();
  let atOnce = 0;
  let most = 0;
  const contents = {
    async get(path: string) {
      asked.push(path);
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      atOnce--;
      let at: unknown = root;
      for (const name of path.split('/').filter(Boolean)) at = (at as Folder | undefined)?.[name];
      if (at === undefined) throw Object.assign(new Error('Not Found'), { response: { status: 404 } });
      if ('content' in (at as object)) return { type: 'file', ...(at as object) };
      const children = Object.entries(at as Folder).map(([name, child]) => ({
        name,
        ...('content' in child ? { type: 'file', size: child.size } : { type: 'directory' }),
      }));
      return { type: 'directory', content: children };
    },
    async save(path: string, { content }: { content: string }) {
      saved.set(path, content);
    },
  };
  return { contents: contents as unknown as Contents.IManager, asked, saved, most: () => most };
}

const file = (text: string) => ({ content: btoa(text), format: 'base64', size: text.length });

async function entries(list: AsyncIterable<StoreEntry>): Promise<StoreEntry[]> {
  const all: StoreEntry[] = [];
  for await (const entry of list) all.push(entry);
  return all.sort((a, b) => (a.path < b.path ? -1 : 1));
}

describe('the store over Contents', () => {
  test('lists all files below, but for hidden folders', async () => {
    const { contents } = contentsOf({
      job: {
        a: { 'x.json': file('12') },
        '.ipynb_checkpoints': { 'y.json': file('1') },
        node_modules: { z: file('1') },
        '.k': file('1'),
      },
    });
    expect(await entries(contentsStore(contents, 'job').list())).toEqual([
      { path: '.k', bytes: 1 },
      { path: 'a/x.json', bytes: 2 },
    ]);
  });

  test('asks for a few things at once, of a wide tree', async () => {
    const wide = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`n${i}`, { f: file('1') }]));
    const { contents, most } = contentsOf(wide);
    expect(await entries(contentsStore(contents, '').list())).toHaveLength(40);
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(6);
  });

  test('reads bytes, text and JSON handed out as a value; a size that is not told is found out', async () => {
    const { contents } = contentsOf({
      'a.bin': { content: btoa('\xff\x00'), format: 'base64' },
      'b.txt': { content: 'é', format: 'text' },
      'c.json': { content: { a: 1 }, format: 'json' },
    });
    const store = contentsStore(contents, '');
    expect(await store.read('a.bin')).toEqual(Uint8Array.of(255, 0));
    expect(new TextDecoder().decode(await store.read('b.txt'))).toBe('é');
    expect(new TextDecoder().decode(await store.read('c.json'))).toBe('{"a":1}');
    expect((await entries(store.list())).map(({ bytes }) => bytes)).toEqual([2, 2, 7]);
  });

  test('never asks for a file that is not there, nor for one in a folder that is not', async () => {
    const { contents, asked } = contentsOf({ job: { 'a.json': file('1') } });
    const store = contentsStore(contents, 'job/new');
    expect(await store.readIfPresent('a.json')).toBeUndefined();
    expect(await store.readIfPresent('deep/er/a.json')).toBeUndefined();
    expect(await contentsStore(contents, 'job').readIfPresent('a.json')).toEqual(Uint8Array.of(49));
    expect(asked).not.toContain('job/new');
  });

  test('stops where there is too much, and where folders have no end', async () => {
    const { contents } = contentsOf({ a: file('1'), b: file('1'), c: file('1') });
    await expect(entries(contentsStore(contents, '', { maxEntries: 2 }).list())).rejects.toThrow(/more than 2 files and folders/);
    const loop: Record<string, Folder> = {};
    loop.again = loop as Folder;
    await expect(entries(contentsStore(contentsOf(loop as Folder).contents, 'again').list())).rejects.toThrow(
      'again holds folders within folders without end: choose one of them.',
    );
  });

  test('asks for nothing more once it is aborted', async () => {
    const { contents, asked } = contentsOf({ a: { b: { c: file('1') } } });
    const controller = new AbortController();
    const listing = entries(contentsStore(contents, '', { signal: controller.signal }).list());
    controller.abort();
    await expect(listing).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(asked.length).toBeLessThan(3);
  });

  test('names the file that cannot be had, and a file given for a folder', async () => {
    const { contents } = contentsOf({ job: file('1') });
    await expect(contentsStore(contents, 'jobs').read('x')).rejects.toThrow('cannot read jobs/x: it is not there any more.');
    await expect(entries(contentsStore(contents, 'job').list())).rejects.toThrow(
      'job is a file: choose the folder that holds it.',
    );
  });

  test('writes text as it is, byte order mark included, in the given order', async () => {
    const { contents, saved } = contentsOf({});
    const bytes = (text: string) => new TextEncoder().encode(text);
    await contentsStore(contents, 's3:b').writeAll([
      { path: 'z', bytes: bytes('\ufeffé') },
      { path: 'a', bytes: bytes('') },
    ]);
    expect([...saved]).toEqual([
      ['s3:b/z', '\ufeffé'],
      ['s3:b/a', ''],
    ]);
  });
});
