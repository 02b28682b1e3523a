import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Usage } from '../../src/model/usage.ts';
import { html } from '../../src/writers/html.ts';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { countingProxy } from '../counting-proxy.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { askingHtml, freshTab, pause, usageOn } from './asking.ts';
import { enlivenAll, openHtml } from './open.ts';

let browser: Browser;
let receiver: BeaconReceiver;

beforeAll(async () => {
  [browser, receiver] = await Promise.all([launchChromium(), beaconReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await receiver.close();
});

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/sample';

it('asks for nothing while nobody answers, whatever else is done on the page', async () => {
  const proxy = await countingProxy();
  const usage: Usage = { kind: 'asking', endpoint: 'https://stats.example.org/', arn, hashed: false };
  const options = { proxy: { server: proxy.url, bypass: '<-loopback>' } };
  const { page, trouble, close } = await openHtml(browser, html(sampleReport, usage), options);
  await enlivenAll(page);
  await page.locator('#theme').click();
  await page.locator('.main-svg .nsewdrag').first().hover({ force: true });
  await page.locator('#operators-table .sort').first().click();
  await page.locator('.search input').first().fill('conv');
  await page.locator('button[data-copy]').first().click();
  await page.locator('#usage-bar summary').click();
  await page.locator('.usage-request').selectText();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await pause(2000);
  await close();
  expect([...trouble, ...proxy.asked]).toEqual([]);
  await proxy.close();
});

describe('the bar', () => {
  it.each([
    ['light', phone],
    ['dark', wide],
  ] as const)('and the footer have no fault that axe finds: %s', async (colorScheme, viewport) => {
    const { page, close } = await openHtml(browser, askingHtml(receiver.url), { colorScheme, viewport });
    const faults = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes]);
    await page.locator('#usage-bar summary').click();
    expect(await faults()).toEqual([]);
    await usageOn(page).press('Never');
    expect(await faults()).toEqual([]);
    await close();
  });

  it('takes no focus, and is answered, found again and taken back by keyboard alone', async () => {
    const { page, close } = await openHtml(browser, askingHtml(receiver.url));
    const usage = usageOn(page);
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await usage.bar.waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await pause(700);
    for (const id of ['usage-later', 'usage-never', 'usage-always', 'usage-once']) {
      await page.keyboard.press('Shift+Tab');
      expect(await focused()).toBe(id);
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => receiver.received().length).toBe(1);
    expect(await focused()).toBe('usage-foot');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('usage-forget');
    await page.keyboard.press('Space');
    await usage.bar.waitFor();
    expect(await focused()).toBe('usage-bar');
    await close();
  });

  it('keeps a no whose key was held down', async () => {
    const { page, close } = await openHtml(browser, askingHtml(receiver.url));
    const never = page.getByRole('button', { name: 'Never' });
    await never.focus();
    for (const _ of [1, 2, 3]) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    expect(await usageOn(page).state()).toBe('Off: you said no.');
    await close();
  });

  it.each(['Not now', 'Escape'])('is put aside by %s, keeps nothing of that, and comes back when asked', async (way) => {
    const { page, close } = await openHtml(browser, askingHtml(receiver.url));
    const usage = usageOn(page);
    if (way === 'Escape') await usage.bar.press('Escape');
    else await page.getByRole('button', { name: way }).click();
    await expect.poll(() => usage.bar.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Answer now' }).click();
    await usage.bar.waitFor();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(receiver.received()).toEqual([]);
    await close();
  });

  it('hides nothing for good: at the end of the page it stands below the footer', async () => {
    for (const viewport of [wide, phone]) {
      const { page, close } = await openHtml(browser, askingHtml(receiver.url), { viewport });
      const top = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0;
      expect(await top('.usage-bar')).toBeLessThan(viewport.height);
      await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
      const footer = await page.locator('.usage').boundingBox();
      expect((footer?.y ?? 0) + (footer?.height ?? 0)).toBeLessThanOrEqual((await top('.usage-bar')) + 1);
      await close();
    }
  });

  it('has three buttons that look alike, and fits a phone with the longest of requests', async () => {
    const long = `${receiver.url}${'path/'.repeat(200)}`;
    const { page, close } = await openHtml(browser, askingHtml(long), { viewport: phone });
    const looks = await page.locator('.usage-answers button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { color, backgroundColor, borderColor, fontSize, fontWeight, height, opacity } = getComputedStyle(button);
        return [color, backgroundColor, borderColor, fontSize, fontWeight, height, opacity].join();
      }),
    );
    expect(new Set(looks).size).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    expect(await usageOn(page).request()).toContain(long);
    const never = await page.getByRole('button', { name: 'Never' }).boundingBox();
    expect((never?.y ?? 0) + (never?.height ?? 0)).toBeLessThan(phone.height);
    await close();
  });

  it('is not printed, and not there without scripts; the footer is', async () => {
    const printed = await openHtml(browser, askingHtml(receiver.url));
    await printed.page.emulateMedia({ media: 'print' });
    expect(await printed.page.locator('.usage-bar:visible, button:visible').count()).toBe(0);
    expect(await printed.page.locator('.usage').innerText()).toContain('Off: you have not said yes.');
    await printed.close();

    const plain = await freshTab(browser, { javaScriptEnabled: false });
    await plain.page.setContent(askingHtml(receiver.url));
    expect(await plain.page.locator('.usage-bar:visible, button:visible').count()).toBe(0);
    expect(await plain.page.locator('.usage').innerText()).toContain('Off: without scripts this page sends nothing.');
    await plain.context.close();
  });
});

it('adds less than 10 kB to a report', () => {
  const usage: Usage = { kind: 'asking', endpoint: 'https://stats.example.org/', arn, hashed: false };
  expect(Buffer.byteLength(html(sampleReport, usage)) - Buffer.byteLength(html(sampleReport))).toBeLessThan(10_000);
});
