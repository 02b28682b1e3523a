import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { askingHtml, freshTab, type Pages, pause, servePages, usageOn } from './asking.ts';

let browser: Browser;
let pages: Pages;
let receiver: BeaconReceiver;
let elsewhere: BeaconReceiver;

beforeAll(async () => {
  [browser, pages, receiver, elsewhere] = await Promise.all([launchChromium(), servePages(), beaconReceiver(), beaconReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([pages.close(), receiver.close(), elsewhere.close()]);
});

/** Says yes once to a receiver, and looks what became of it. */
async function told(endpoint: string) {
  const { page, context, trouble } = await freshTab(browser);
  await page.goto(pages.put('report.html', askingHtml(endpoint)));
  const usage = usageOn(page);
  await usage.press('Send once');
  await pause(500);
  const outcome = (await usage.sent()).replace(/^.* UTC, /, '');
  await context.close();
  return { outcome, trouble };
}

const cases: [name: string, how: Answer, outcome: string][] = [
  ['answers 500', 500, 'went out and was answered'],
  ['answers 404', 404, 'went out and was answered'],
  ['never answers', 'hang', 'went out, no answer yet'],
  ['breaks the connection', 'die', 'failed; it is not repeated'],
];

it.each(cases)('a receiver that %s gets one request, and only the footer tells', async (_, how, outcome) => {
  receiver.answer(how);
  expect(await told(receiver.url)).toEqual({ outcome, trouble: [] });
  expect(receiver.received()).toHaveLength(1);
});

it('a redirect to another port is not followed: the policy stops it', async () => {
  receiver.answer({ redirect: `${elsewhere.url}taken` });
  expect(await told(receiver.url)).toEqual({
    outcome: 'failed; it is not repeated',
    trouble: expect.arrayContaining([expect.stringMatching(/^policy: connect-src /)]),
  });
  expect(receiver.received()).toHaveLength(1);
  expect(elsewhere.received()).toEqual([]);
});

it('where nobody listens, nothing but the footer tells', async () => {
  const gone = await beaconReceiver();
  await gone.close();
  expect(await told(gone.url)).toEqual({ outcome: 'failed; it is not repeated', trouble: [] });
});

it('a kept yes tries once at each opening, whatever became of the last one', async () => {
  receiver.answer('die');
  const { page, context, trouble } = await freshTab(browser);
  await page.goto(pages.put('report.html', askingHtml(receiver.url)));
  await usageOn(page).press('Always for this endpoint');
  await page.reload();
  await expect.poll(() => usageOn(page).sent()).toContain('failed');
  await pause(500);
  expect(receiver.received()).toHaveLength(2);
  expect(trouble).toEqual([]);
  await context.close();
});
