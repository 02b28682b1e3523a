import { expect, test } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { pause, usageOn, useBeaconTab } from '../page/asking.ts';
import { enlivenAll } from '../page/open.ts';
import { asking, optedOut, picture, request, servicePage } from './reports.ts';

const on = useBeaconTab();

/** How many requests arrive once the text is opened, always at the same address. */
async function opens(text: string): Promise<number> {
  await on.tab.page.goto(on.pages.put('report.html', text));
  await pause();
  return on.receiver.received().length;
}

test('a page to which its viewer had said Always tells nobody after the opt-out, and works as before', async () => {
  const asks = html(sampleReport, { ...asking[0], endpoint: on.receiver.url });
  expect(await opens(asks)).toBe(0);
  await usageOn(on.tab.page).press('Always for this endpoint');
  await pause();
  expect(on.receiver.received()).toHaveLength(1);
  expect(await opens(asks)).toBe(1);

  const { text } = optedOut('report.html', asks);
  expect(await opens(text)).toBe(0);
  expect(await on.tab.page.evaluate(() => localStorage.length)).toBe(1);
  expect(await on.tab.page.locator('.usage').textContent()).toContain('profiler-report opt-out took them out of this file');
  await enlivenAll(on.tab.page);
  await on.tab.page.locator('#theme').click();
  expect(on.tab.trouble).toEqual([]);

  // What would ask all the same is stopped by the policy.
  await on.tab.page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => {}), on.receiver.url);
  expect(on.tab.trouble.splice(0).some((line) => line.includes('connect-src'))).toBe(true);
  expect(on.receiver.received()).toEqual([]);
});

test("the service's page tells nobody after the opt-out", async () => {
  const told = picture.replace(request, request.replace(/^https:[^?]*/, on.receiver.url));
  expect(await opens(servicePage(told))).toBe(1);
  expect(await opens(optedOut('report.html', servicePage(told)).text)).toBe(0);
});
