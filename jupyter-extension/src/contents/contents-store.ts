import type { Contents } from '@jupyterlab/services';
import pLimit from 'p-limit';
import { UsageError } from '../../../src/model/errors.ts';
import { entryLimit, isSkippedFolder } from '../../../src/model/listing.ts';
import type { OutputFile, Store, StoreEntry } from '../../../src/model/store.ts';
import { readBytes, writeText } from './bytes.ts';
import { readFailure, writeFailure } from './failures.ts';
import { below, nameOf, parentOf, shown } from './paths.ts';

/** Each file is a request of its own through the lab: more is no longer looked at in a browser. */
const MAX_ENTRIES = 50_000;
/** A link that leads back to a folder above it would have no end. */
const MAX_DEPTH = 40;
/** Requests under way at once: a browser sends six. */
const AT_ONCE = 6;

export interface ContentsStoreOptions {
  /** Ends listing and reading. */
  readonly signal?: AbortSignal;
  readonly maxEntries?: number;
}

function holds(children: readonly Contents.IModel[], path: string): boolean {
  return children.some(({ name }) => name === nameOf(path));
}

/** The files below a folder of the lab, on whichever drive. What it lists is asked for once. */
export function contentsStore(
  contents: Contents.IManager,
  root: string,
  { signal, maxEntries = MAX_ENTRIES }: ContentsStoreOptions = {},
): Store {
  const limit = pLimit(AT_ONCE);
  const folders = new Map<string, Promise<Contents.IModel>>();

  /** Rejects with a UsageError naming what cannot be had. */
  function ask<T>(path: string, request: () => Promise<T>): Promise<T> {
    return limit(async () => {
      signal?.throwIfAborted();
      try {
        return await request();
      } catch (error) {
        throw readFailure(error, shown(path));
      }
    });
  }

  function folder(path: string): Promise<Contents.IModel> {
    const asked = folders.get(path) ?? ask(path, () => contents.get(path, { content: true }));
    folders.set(path, asked);
    return asked;
  }

  async function childrenOf(path: string): Promise<readonly Contents.IModel[]> {
    const { type, content } = await folder(path);
    if (type !== 'directory') throw new UsageError(`${shown(path)} is a file: choose the folder that holds it.`);
    return content ?? [];
  }

  /** Tells without asking for the file itself, so that no server logs an error for one that need not be there; nor need the root. */
  async function isThere(path: string): Promise<boolean> {
    const inside = parentOf(path);
    if (inside === path || folders.has(path)) return true;
    if (path !== root) return (await isThere(inside)) && holds(await childrenOf(inside), path);
    // Who may list a folder need not be allowed to list the one above.
    const above = await childrenOf(inside).catch(() => undefined);
    return above === undefined || holds(above, path);
  }

  async function* list(): AsyncGenerator<StoreEntry> {
    const countEntry = entryLimit(shown(root), maxEntries);
    let level: readonly string[] = [''];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > MAX_DEPTH) throw new UsageError(`${shown(root)} holds folders within folders without end: choose one of them.`);
      const within = await Promise.all(level.map(async (path) => [path, await childrenOf(below(root, path))] as const));
      const next: string[] = [];
      for (const [path, children] of within) {
        for (const { name, type, size } of children) {
          countEntry();
          const child = below(path, name);
          if (type !== 'directory') yield { path: child, bytes: size ?? (await read(child)).length };
          else if (!isSkippedFolder(name)) next.push(child);
        }
      }
      level = next;
    }
  }

  function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const whole = below(root, path);
    return ask(whole, () => readBytes(contents, whole));
  }

  async function write({ path, bytes }: OutputFile): Promise<void> {
    const whole = below(root, path);
    try {
      await writeText(contents, whole, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch (error) {
      throw writeFailure(error, whole);
    }
  }

  return {
    location: shown(root),
    list,
    read,
    readIfPresent: async (path) => ((await isThere(below(root, path))) ? read(path) : undefined),
    async *readChunks(path) {
      yield await read(path);
    },
    async writeAll(files) {
      for (const file of files) await write(file);
    },
    writeChunks: async () => {
      throw new Error('large files are not written through the lab');
    },
  };
}
