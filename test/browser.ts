import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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
export function launchChromium(): Promise<Browser> {
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium, or set CHROMIUM to its path');
  return chromium.launch({ executablePath, args: QUIET });
}
