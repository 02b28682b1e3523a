import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Usage } from '../../src/model/usage.ts';
import { html } from '../../src/writers/html.ts';
import { type BeaconReceiver, beaconReceiver, type Received } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { sampleReport } from '../fixtures/sample-report.ts';

/** A small report that may ask whether its opening may be told. */
export function askingHtml(endpoint: string): string {
  const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/sample';
  return smallHtml({ kind: 'asking', endpoint, arn, hashed: false });
}

/** Without charts, and without the code for them, so that it opens quickly. */
export function smallHtml(usage: Usage): string {
  const text = html({ ...sampleReport, sections: sampleReport.sections.slice(0, 2) }, usage);
  return text.replace(/(?<=id="plotly">)[^<]*/, '');
}

/** Html on loopback, by name. */
export interface Pages {
  readonly url: string;
  /** Where the text can be opened from now on. */
  put(name: string, text: string): string;
  close(): Promise<void>;
}

export async function servePages(): Promise<Pages> {
  const pages = new Map<string, string>();
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(pages.get(url) ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    put(name, text) {
      pages.set(`/${name}`, text);
      return url + name;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A tab of a browser nobody used before, and what must not happen in it; the console's own line on a failed request is not in it. */
export async function freshTab(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const trouble: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) trouble.push(message.text());
  });
  context.on('weberror', (error) => trouble.push(error.error().message));
  const page = await context.newPage();
  return { page, context, trouble };
}

/** Set before each test: a fresh tab, and what it may tell. */
interface BeaconTab {
  browser: Browser;
  pages: Pages;
  receiver: BeaconReceiver;
  tab: Awaited<ReturnType<typeof freshTab>>;
  /** The requests that arrived since the last call. */
  arrived: () => Promise<readonly Received[]>;
}

/** One browser, one server of pages and one receiver for a test file, and a fresh tab for each test, in which nothing must go wrong. */
export function useBeaconTab(launch: Parameters<typeof launchChromium>[0] = {}): BeaconTab {
  const on = {} as BeaconTab;
  on.arrived = async () => {
    await pause();
    return on.receiver.received();
  };
  beforeAll(async () => {
    [on.browser, on.pages, on.receiver] = await Promise.all([launchChromium(launch), servePages(), beaconReceiver()]);
  });
  afterAll(async () => {
    await on.browser.close();
    await Promise.all([on.pages.close(), on.receiver.close()]);
  });
  beforeEach(async () => {
    on.tab = await freshTab(on.browser);
  });
  afterEach(async () => {
    expect(on.tab.trouble).toEqual([]);
    await on.tab.context.close();
  });
  return on;
}

/** What the page says about usage statistics, and how it is answered. */
export function usageOn(page: Page | FrameLocator) {
  const text = async (name: string) => (await page.locator(`#usage-${name}`).textContent()) ?? '';
  return {
    bar: page.getByRole('region', { name: /be told that this report was opened/ }),
    state: () => text('state'),
    source: () => text('source'),
    sent: () => text('sent'),
    /** The request as the bar shows it. */
    request: async () => (await page.locator('.usage-request').innerText()).trim(),
    headers: async () => (await text('headers')).toLowerCase().split(', '),
    forget: page.getByRole('button', { name: 'Forget my answer' }),
    press: (name: 'Send once' | 'Always for this endpoint' | 'Never') => page.getByRole('button', { name }).click(),
  };
}

/** Left out: long enough for a request on loopback to arrive. */
export function pause(milliseconds = 250): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
