import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { entryLimit, isSkippedFolder, MAX_ENTRIES } from '../model/listing.ts';
import type { Store, StoreEntry } from '../model/store.ts';
import { fileError, isMissing } from './file-errors.ts';
import { replaceFiles } from './replace-files.ts';

export interface LocalOptions {
  readonly maxEntries?: number;
  /** Told of a folder within that cannot be listed; without it, listing ends there. */
  readonly onUnreadable?: (error: unknown) => void;
}

/** Large enough that the way to the disk does not matter, small enough for a processor's cache. */
const CHUNK_BYTES = 2 ** 19;
/** Most buffers that are kept for the next file: new ones cost as much as reading. */
const MAX_SPARE = 32;

/** The files below a folder of this machine. */
export function localStore(folder: string, options: LocalOptions = {}): Store {
  const root = resolve(folder);
  const spare: Uint8Array[] = [];
  return {
    location: root,
    list: () => listFolder(root, entryLimit(root, options.maxEntries ?? MAX_ENTRIES), options.onUnreadable),
    async read(path) {
      try {
        return await readFile(join(root, path));
      } catch (error) {
        throw fileError(error, 'read', join(root, path));
      }
    },
    async readIfPresent(path) {
      try {
        return await readFile(join(root, path));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw fileError(error, 'read', join(root, path));
      }
    },
    async *readChunks(path) {
      try {
        yield* chunksOf(join(root, path), spare);
      } catch (error) {
        throw fileError(error, 'read', join(root, path));
      }
    },
    writeAll: (files) => replaceFiles(files.map(({ path, bytes }) => ({ path: join(root, path), bytes }))),
    writeChunks: (path, chunks) => replaceFiles([{ path: join(root, path), bytes: chunks }]),
  };
}

/** While one piece is used the next is read into the other of two buffers, which go back to the spare ones at the end. */
async function* chunksOf(path: string, spare: Uint8Array[]): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  const [buffer, other] = [spare.pop() ?? new Uint8Array(CHUNK_BYTES), spare.pop() ?? new Uint8Array(CHUNK_BYTES)];
  let next = file.read(buffer);
  try {
    for (;;) {
      const { bytesRead, buffer: read } = await next;
      if (bytesRead === 0) return;
      next = file.read(read === buffer ? other : buffer);
      yield read.subarray(0, bytesRead);
    }
  } finally {
    await next.catch(() => {});
    if (spare.length < MAX_SPARE) spare.push(buffer, other);
    await file.close();
  }
}

async function* listFolder(
  root: string,
  countEntry: () => void,
  onUnreadable?: (error: unknown) => void,
): AsyncGenerator<StoreEntry> {
  if (!(await statOf(root)).isDirectory()) {
    throw new UsageError(`${root} is a file: name the folder that holds it.`);
  }
  // Real paths, because a symbolic link may lead back to a folder above it.
  const seen = new Set<string>();
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const here = join(root, folder);
    const real = await attempt('read', here, () => realpath(here));
    if (seen.has(real)) continue;
    seen.add(real);
    const entries = await attempt('read', here, () => readdir(here, { withFileTypes: true })).catch((error: unknown) => {
      if (folder === '' || !onUnreadable) throw error;
      onUnreadable(error);
      return [];
    });
    for (const entry of entries) {
      countEntry();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const target = entry.isDirectory() ? undefined : await stat(join(root, path)).catch(() => undefined);
      if (entry.isDirectory() || target?.isDirectory()) {
        if (!isSkippedFolder(entry.name)) open.push(path);
      } else if (target?.isFile()) {
        yield { path, bytes: target.size };
      }
    }
  }
}

function statOf(path: string) {
  return attempt('read', path, () => stat(path));
}

async function attempt<T>(action: string, path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw fileError(error, action, path);
  }
}
