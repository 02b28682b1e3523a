import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Flags for a browser that draws without a screen and asks nobody anything on its own. */
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium looks up its update server all the same; no name but this machine's is known to it.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
];

/** The system's Chromium. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ executablePath: installed(), args: QUIET, ...options });
}

/** Chromium on one page, driven by nobody: what a driver switches off, such as prerendering, is on. Gives back how to end it. */
export async function undrivenChromium(url: string): Promise<() => Promise<void>> {
  const profile = await mkdtemp(join(tmpdir(), 'profiler-report-'));
  const args = [...QUIET, '--remote-debugging-port=0', `--user-data-dir=${profile}`, url];
  const child = spawn(installed(), args, { stdio: 'ignore' });
  return async () => {
    child.kill();
    await once(child, 'exit');
    await rm(profile, { recursive: true, maxRetries: 10, retryDelay: 100 });
  };
}

function installed(): string {
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium, or set CHROMIUM to its path');
  return executablePath;
}
