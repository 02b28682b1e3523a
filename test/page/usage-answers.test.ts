import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { askingHtml, freshTab, type Pages, pause, servePages, usageOn } from './asking.ts';

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
afterEach(async () => {
  expect(tab.trouble).toEqual([]);
  await tab.context.close();
});

const arrived = async () => {
  await pause();
  return receiver.received();
};

/** Opens the report, and again at each further call. */
const open = (endpoint = receiver.url) => tab.page.goto(pages.put('report.html', askingHtml(endpoint)));

it('Send once sends the request that was shown, with no header but those named, and asks again at the next opening', async () => {
  await open();
  const usage = usageOn(tab.page);
  const shown = await usage.request();
  const named = await usage.headers();
  expect(await arrived()).toEqual([]);

  await usage.press('Send once');
  const requests = await arrived();
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([shown]);
  expect(shown).toContain(`GET ${receiver.url}?x-artifact-id=profiler-report/1&x-arn=arn:aws:sagemaker:`);
  expect(Object.keys(requests[0]?.headers ?? {}).filter((header) => !named.includes(header))).toEqual([]);
  expect(await usage.bar.count()).toBe(0);
  expect(await usage.state()).toBe('Told once, as you said; nothing more is sent.');
  expect(await usage.source()).toBe('your choice, for this opening only');
  expect(await usage.sent()).toMatch(/^GET .* at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, went out and was answered$/);
  expect(await tab.page.evaluate(() => localStorage.length)).toBe(0);

  await tab.page.reload();
  await usage.bar.waitFor();
  expect(await arrived()).toEqual([]);
});

it('goes without cookie even to the server that the report comes from', async () => {
  receiver.answer({ page: askingHtml(receiver.url) });
  await tab.context.addCookies([{ name: 'known', value: 'person', url: receiver.url }]);
  await tab.page.goto(receiver.url);
  await usageOn(tab.page).press('Send once');
  const requests = (await arrived()).filter(({ url }) => !url.endsWith('favicon.ico'));
  expect(requests.map(({ headers }) => headers.cookie)).toEqual(['known=person', undefined]);
  receiver.answer(204);
});

it('Always sends at every opening from then on, until it is forgotten', async () => {
  await open();
  const usage = usageOn(tab.page);
  await usage.press('Always for this endpoint');
  expect(await arrived()).toHaveLength(1);
  expect(await usage.source()).toBe('your choice, kept in this browser');

  await tab.page.reload();
  expect(await arrived()).toHaveLength(1);
  expect(await usage.bar.count()).toBe(0);
  await tab.page.goto('about:blank');
  await tab.page.goBack();
  expect(await arrived()).toHaveLength(1);

  await usage.forget.click();
  await usage.bar.waitFor();
  expect(await usage.state()).toBe('Off: you have not said yes.');
  await tab.page.reload();
  await usage.bar.waitFor();
  expect(await arrived()).toEqual([]);
});

it('Always is for one endpoint: another one asks', async () => {
  const other = await beaconReceiver();
  await open();
  await usageOn(tab.page).press('Always for this endpoint');
  expect(await arrived()).toHaveLength(1);
  await open(other.url);
  await usageOn(tab.page).bar.waitFor();
  expect(await usageOn(tab.page).state()).toBe('Off: you said yes to another endpoint.');
  expect([...(await arrived()), ...other.received()]).toEqual([]);
  await other.close();
});

it('Never is for every endpoint', async () => {
  const other = await beaconReceiver();
  await open();
  const usage = usageOn(tab.page);
  await usage.press('Never');
  await tab.page.reload();
  for (const endpoint of [receiver.url, other.url]) {
    await open(endpoint);
    expect(await usage.bar.count()).toBe(0);
    expect(await usage.state()).toBe('Off: you said no.');
  }
  expect([...(await arrived()), ...other.received()]).toEqual([]);
  await usage.forget.click();
  await usage.bar.waitFor();
  expect(await arrived()).toEqual([]);
  await other.close();
});

it('that is taken back can be given again, but an opening is told once', async () => {
  await open();
  const usage = usageOn(tab.page);
  await usage.press('Send once');
  expect(await arrived()).toHaveLength(1);
  await usage.forget.click();
  expect(await usage.bar.innerText()).toContain('is not told again');
  expect(await tab.page.getByRole('button', { name: 'Send once' }).count()).toBe(0);
  await usage.press('Always for this endpoint');
  expect(await arrived()).toEqual([]);
  expect(await usage.state()).toBe('On: you said yes.');
  await tab.page.reload();
  expect(await arrived()).toHaveLength(1);
});

it('that cannot be read counts as none, and the next one mends it', async () => {
  const ruins = ['{', 'null', '[]', '{"choices":7}', '{"choices":[null,{"scope":"viewer","answer":"granted"}]}', 'granted'];
  await open();
  const usage = usageOn(tab.page);
  for (const ruin of ruins) {
    await tab.page.evaluate((text) => localStorage.setItem('profiler-report.consent', text), ruin);
    await tab.page.reload();
    await usage.bar.waitFor();
  }
  expect(await arrived()).toEqual([]);
  await usage.press('Always for this endpoint');
  await tab.page.reload();
  expect(await arrived()).toHaveLength(2);
});
