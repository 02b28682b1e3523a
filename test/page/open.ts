import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page of its own for one html text, opened from disk as people do. */
export interface OpenPage {
  readonly page: Page;
  /** Everything that must not happen: policy violations, console errors, thrown errors, requests beyond the file itself. */
  readonly trouble: string[];
  close(): Promise<void>;
}

export async function openHtml(browser: Browser, text: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const folder = await mkdtemp(join(tmpdir(), 'profiler-report-'));
  const url = pathToFileURL(join(folder, 'report.html')).href;
  await writeFile(join(folder, 'report.html'), text);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: 'UTC', ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const wanted = request.url() === url || /^(data|blob):/.test(request.url());
    if (!wanted) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return {
    page,
    trouble,
    close: async () => {
      await context.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Scrolls to every figure in turn until its chart is interactive. */
export async function enlivenAll(page: Page): Promise<void> {
  for (const figure of await page.locator('figure:visible').all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('.is-live .main-svg').first().waitFor();
  }
}
