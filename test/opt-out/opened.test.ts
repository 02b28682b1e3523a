import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { freshTab, type Pages, pause, servePages, usageOn } from '../page/asking.ts';
import { enlivenAll } from '../page/open.ts';
import { asking, optedOut, picture, request, servicePage } from './reports.ts';

let browser: Browser;
let pages: Pages;
let receiver: BeaconReceiver;
let tab: Awaited<ReturnType<typeof freshTab>>;

beforeAll(async () => {
  [browser, pages, receiver] = await Promise.all([launchChromium(), servePages(), beaconReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([pages.close(), receiver.close()]);
});
beforeEach(async () => {
  tab = await freshTab(browser);
});
afterEach(() => tab.context.close());

/** How many requests arrive once the text is opened, always at the same address. */
async function opens(text: string): Promise<number> {
  await tab.page.goto(pages.put('report.html', text));
  await pause();
  return receiver.received().length;
}

test('a page to which its viewer had said Always tells nobody after the opt-out, and works as before', async () => {
  const asks = html(sampleReport, { ...asking[0], endpoint: receiver.url });
  expect(await opens(asks)).toBe(0);
  await usageOn(tab.page).press('Always for this endpoint');
  await pause();
  expect(receiver.received()).toHaveLength(1);
  expect(await opens(asks)).toBe(1);

  const { text } = optedOut('report.html', asks);
  expect(await opens(text)).toBe(0);
  expect(await tab.page.evaluate(() => localStorage.length)).toBe(1);
  expect(await tab.page.locator('.usage').textContent()).toContain('profiler-report opt-out took them out of this file');
  await enlivenAll(tab.page);
  await tab.page.locator('#theme').click();
  expect(tab.trouble).toEqual([]);

  // What would ask all the same is stopped by the policy.
  await tab.page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => {}), receiver.url);
  expect(tab.trouble.some((line) => line.includes('connect-src'))).toBe(true);
  expect(receiver.received()).toEqual([]);
});

test("the service's page tells nobody after the opt-out", async () => {
  const told = picture.replace(request, request.replace(/^https:[^?]*/, receiver.url));
  expect(await opens(servicePage(told))).toBe(1);
  expect(await opens(optedOut('report.html', servicePage(told)).text)).toBe(0);
});
