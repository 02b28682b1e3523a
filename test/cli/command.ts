import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import { cleanAwsEnvironment } from '../aws-environment.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Started through this program and its arguments. */
  readonly through?: readonly string[];
}

/** Runs the real command as a person would, on a machine without AWS settings unless `env` has some. */
export async function command(args: readonly string[], { env = {}, cwd, through = [] }: Circumstances = {}): Promise<Ended> {
  const [program = '', ...rest] = [...through, process.execPath, main, ...args];
  const child = spawn(program, rest, {
    cwd,
    env: { PATH: process.env.PATH, ...cleanAwsEnvironment(env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((done, failed) => child.on('close', done).on('error', failed));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

/** Root may do anything: without these capabilities permissions bind it, too. */
export const asOrdinaryUser =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search']
    : [];

/** False where root cannot be bound by permissions. */
export const permissionsBind = asOrdinaryUser.length === 0 || spawnSync(asOrdinaryUser[0] ?? '', ['--version']).status === 0;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'profiler-report-cli-'));
  folders.push(folder);
  return folder;
}
