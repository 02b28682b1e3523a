import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError, isMissing } from './file-errors.ts';

export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Of a new file; one that is replaced keeps its own. */
  readonly mode?: number;
}

interface Staged {
  readonly temp: string;
  readonly target: string;
}

/** Left by a run that was killed; a run that is still at work is younger. */
const STALE_MILLISECONDS = 60 * 60 * 1000;

/**
 * Writes every file under a hidden name beside its target, to the disk, and only then renames them all: a full disk, a refused
 * permission or a kill leaves each existing file as it was. Makes missing folders. Rejects with a UsageError naming the file.
 */
export async function replaceFiles(files: readonly NewFile[]): Promise<void> {
  const staged: Staged[] = [];
  const removeTemps = () => {
    for (const { temp } of staged) rmSync(temp, { force: true });
  };
  process.once('exit', removeTemps);
  try {
    for (const file of files) await stage(file, staged);
    for (const file of staged) await swap(file);
    for (const folder of new Set(staged.map(({ target }) => dirname(target)))) await settle(folder);
  } finally {
    removeTemps();
    process.removeListener('exit', removeTemps);
  }
}

/** With those above that are lacking; Node's own way never ends where a file system has no place for a folder, as /proc. */
async function makeFolder(path: string, mayLack = dirname(path) !== path): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && mayLack) {
      await makeFolder(dirname(path));
      await makeFolder(path, false);
    } else if (code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}

async function stage(file: NewFile, staged: Staged[]): Promise<void> {
  try {
    await makeFolder(dirname(file.path));
    const target = await followLink(file.path);
    await removeStaleTemps(target);
    const temp = join(dirname(target), `${tempPrefix(target)}${randomBytes(6).toString('hex')}.tmp`);
    const handle = await open(temp, 'wx', file.mode);
    staged.push({ temp, target });
    try {
      await handle.writeFile(file.bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await keepMode(temp, target);
  } catch (error) {
    throw fileError(error, 'write', file.path);
  }
}

async function swap({ temp, target }: Staged): Promise<void> {
  try {
    await rename(temp, target);
  } catch (error) {
    throw fileError(error, 'replace', target);
  }
}

/** Puts the renames themselves on the disk; not every file system can sync a folder, and none needs it for whole files. */
async function settle(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder);
    await handle.sync();
  } catch {
    return;
  } finally {
    await handle?.close();
  }
}

/** A target that is a symbolic link keeps being one: the file it leads to is replaced. */
async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return path;
    throw error;
  }
}

async function keepMode(temp: string, target: string): Promise<void> {
  const old = await stat(target).catch(() => undefined);
  if (old?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', syscall: 'rename' });
  if (old) await chmod(temp, old.mode);
}

async function removeStaleTemps(target: string): Promise<void> {
  const folder = dirname(target);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(tempPrefix(target)) || !name.endsWith('.tmp')) continue;
    const temp = join(folder, name);
    const age = Date.now() - ((await stat(temp).catch(() => undefined)) ?? { mtimeMs: Date.now() }).mtimeMs;
    if (age > STALE_MILLISECONDS) await rm(temp, { force: true });
  }
}

function tempPrefix(target: string): string {
  return `.${basename(target)}.`;
}
