import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const DIST = join(root, 'jupyter-extension/dist');

/** What the set-up made of the npm package with `jupyter labextension install`, and what its uninstallation left. */
export const FROM_SOURCE = join(root, '.cache/lab-from-source');

/** False where the set-up of the tests did not make them. */
export const hasPackages = existsSync(DIST);
export const isInstalledFromSource = existsSync(join(FROM_SOURCE, 'uninstalled'));

export function packageFile(ending: '.whl' | '.tgz'): string {
  const name = readdirSync(DIST).find((entry) => entry.endsWith(ending));
  if (!name) throw new Error(`no ${ending} in ${DIST}`);
  return join(DIST, name);
}

/** Every file below a folder, but for what Python compiles on its way. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.endsWith('.pyc'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** A copy of a Python environment to install into: links, which whoever uninstalls takes away one by one. */
export async function copyOf(venv: string): Promise<{ folder: string; [Symbol.asyncDispose](): Promise<void> }> {
  const folder = await mkdtemp(join(root, '.cache/environment-'));
  execFileSync('cp', ['-al', `${resolve(root, venv)}/.`, folder]);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a Python module of an environment with a HOME of its own; everything it says. */
export async function python(environment: string, ...args: string[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'profiler-report-home-'));
  try {
    const command = ['"$@" 2>&1', 'sh', join(environment, 'bin/python'), '-I', '-m', ...args];
    const text = execFileSync('sh', ['-c', ...command], { encoding: 'utf8', env: { ...process.env, HOME: home } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are control characters
    return text.replace(/\x1b\[[\d;]*m/g, '');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
