import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { SAMPLE_NODES, sampleReport } from '../fixtures/sample-report.ts';
import { enlivenAll, type OpenPage, openHtml } from './open.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('with scripts off', () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openHtml(browser, html(sampleReport), { javaScriptEnabled: false });
  });
  afterAll(() => open.close());

  it('every chart is there as a drawing and as a table', async () => {
    const figures = await open.page.locator('figure').all();
    expect(figures).toHaveLength(12 + SAMPLE_NODES.length);
    for (const figure of figures) {
      const box = await figure.locator('.figure-static > svg').boundingBox();
      expect(box?.width).toBeGreaterThan(300);
      expect(box?.height).toBeGreaterThan(50);
      await figure.locator('summary').click();
      expect(await figure.locator('table tbody tr').first().isVisible()).toBe(true);
    }
  });

  it('all panels are shown, and nothing that needs a script', async () => {
    expect(await open.page.locator('.panel:visible').count()).toBe(SAMPLE_NODES.length);
    expect(await open.page.locator('button:visible, select:visible, input:visible').count()).toBe(0);
  });

  it('the contents lead to the sections', async () => {
    await open.page.locator('.side a[href="#section-2"]').click();
    expect(new URL(open.page.url()).hash).toBe('#section-2');
  });
});

describe('on paper', () => {
  it('the drawings come back, light, with all panels, and without what was folded away', async () => {
    const { page, trouble, close } = await openHtml(browser, html(sampleReport), { colorScheme: 'dark' });
    await enlivenAll(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.figure-static:visible').count()).toBe(12 + SAMPLE_NODES.length);
    expect(await page.locator('.figure-live:visible, .quiet:visible, .side:visible').count()).toBe(0);
    expect(await page.locator('details.advice:visible').count()).toBe(0);
    expect(await page.locator('div.advice:visible').count()).toBe(3);
    const buttons = page.locator('#operators-table thead .sort');
    expect(await buttons.first().evaluate((button) => getComputedStyle(button).display)).toBe('contents');
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(trouble).toEqual([]);
    await close();
  });
});

describe('long names', () => {
  for (const width of [1440, 390]) {
    it(`do not widen the page of ${width} px`, async () => {
      const sections = sampleReport.sections.map((section) => ({
        ...section,
        blocks: section.blocks.map((block) =>
          block.kind === 'panels'
            ? { ...block, panels: block.panels.map((panel) => ({ ...panel, title: `${panel.title} ${'x'.repeat(300)}` })) }
            : block,
        ),
      }));
      const { page, close } = await openHtml(browser, html({ ...sampleReport, sections }), { viewport: { width, height: 800 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const picker = await page.locator('.picker').boundingBox();
      const select = await page.locator('.picker select').boundingBox();
      expect((select?.x ?? 0) + (select?.width ?? 0)).toBeLessThanOrEqual((picker?.x ?? 0) + (picker?.width ?? 0));
      await close();
    });
  }
});

describe('on a phone', () => {
  it('nothing is wider than the screen, and the contents unfold', async () => {
    const { page, close } = await openHtml(browser, html(sampleReport), { viewport: { width: 390, height: 844 } });
    await enlivenAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.locator('.pocket-contents summary').click();
    await page.locator('.pocket-contents a', { hasText: 'Section 2' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('section-2');
    expect(await page.locator('.pocket-contents[open]').count()).toBe(0);
    await close();
  });
});
