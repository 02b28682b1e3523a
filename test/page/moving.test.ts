import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { openHtml } from './open.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const open = () => openHtml(browser, html(sampleReport), { reducedMotion: 'reduce' });

describe('moving through the report', () => {
  it('a step back leads to the place before, not out of the report', async () => {
    const { page, trouble, close } = await open();
    const address = page.url();
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    await page.locator('.side a[href="#section-2"]').click();
    await expect.poll(scrolled, { timeout: 5000 }).toBeGreaterThan(1000);
    const there = await scrolled();
    await page.locator('.side a[href="#section-0"]').click();
    await expect.poll(scrolled).not.toBe(there);
    await page.goBack();
    expect(page.url()).toBe(`${address}#section-2`);
    await expect.poll(async () => Math.abs((await scrolled()) - there)).toBeLessThan(5);
    await page.goBack();
    expect(page.url()).toBe(address);
    await expect.poll(scrolled).toBe(0);
    expect(trouble).toEqual([]);
    await close();
  });

  it('an address, a link or a step back to a panel beyond the first picks that panel', async () => {
    const { page, close } = await open();
    const panel = page.locator('#panel-9');
    const inView = () =>
      panel.evaluate((element) => element.checkVisibility() && element.getBoundingClientRect().top < innerHeight);
    expect(await panel.isVisible()).toBe(false);
    await page.goto(`${page.url()}#panel-9`);
    await page.reload();
    expect(await page.locator('.panel:visible h3').allTextContents()).toEqual(['algo-10']);
    await expect.poll(inView).toBe(true);
    await page.locator('.picker select').selectOption({ index: 0 });
    expect(await panel.isVisible()).toBe(false);
    await page.locator('.side a[href="#rules"]').click();
    await page.goBack();
    await expect.poll(inView).toBe(true);
    await page.locator('.picker select').selectOption({ index: 0 });
    await page.locator('.side a[href="#rules"]').evaluate((link) => link.setAttribute('href', '#panel-9'));
    await page.locator('.side a[href="#panel-9"]').click();
    await expect.poll(inView).toBe(true);
    await close();
  });

  it('at the end of the page the last section is the one being read', async () => {
    const { page, close } = await open();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const last = sampleReport.sections.at(-1)?.id;
    await expect.poll(() => page.locator('.side a[aria-current]').getAttribute('href')).toBe(`#${last}`);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => page.locator(`.side a[href="#${last}"]`).getAttribute('aria-current')).toBeNull();
    await close();
  });
});

it('a sandboxed frame copies without an error in the console', async () => {
  const text = html(sampleReport).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const frame = `<!doctype html><iframe sandbox="allow-scripts" width="1200" height="800" srcdoc="${text}"></iframe>`;
  const { page, trouble, close } = await openHtml(browser, frame);
  await page.frameLocator('iframe').getByRole('button', { name: 'Copy as markdown Section 1', exact: true }).click();
  await page.frameLocator('iframe').getByText('Copied').waitFor();
  expect(trouble.filter((line) => !line.startsWith('request: about:'))).toEqual([]);
  await close();
});
