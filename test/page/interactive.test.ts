import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { sectionMarkdown } from '../../src/writers/markdown.ts';
import { launchChromium } from '../browser.ts';
import { SAMPLE_NODES, sampleReport } from '../fixtures/sample-report.ts';
import { enlivenAll, type OpenPage, openHtml } from './open.ts';

let browser: Browser;
let open: OpenPage;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  open = await openHtml(browser, html(sampleReport), {
    permissions: ['clipboard-read', 'clipboard-write'],
    timezoneId: 'Asia/Tokyo',
  });
  page = open.page;
});

afterAll(async () => {
  expect(open.trouble).toEqual([]);
  await open.close();
  await browser.close();
});

/** As in the Layout Instability API, which TypeScript does not know. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
}

const column = (index: number) => page.locator(`#operators-table tbody tr > :nth-child(${index})`).allTextContents();
const theme = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('charts', () => {
  it('are static until they scroll into view, then interactive, and nothing jumps', async () => {
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    await page.evaluate(() => {
      const shifts: number[] = [];
      new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => (entry as LayoutShift).value))).observe({
        type: 'layout-shift',
      });
      Object.assign(globalThis, { shifts });
    });
    expect(await page.locator('.is-live').count()).toBeLessThan(await page.locator('figure').count());
    await enlivenAll(page);
    expect(await page.locator('figure:visible .figure-static:visible').count()).toBe(0);
    expect(Math.abs((await height()) - before)).toBeLessThanOrEqual(2);
    expect(await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).toEqual([]);
  });

  it('have buttons only where they help, above the drawing', async () => {
    const kinds = await page
      .locator('#section-0 figure')
      .evaluateAll((all) => all.filter((figure) => figure.querySelector('.modebar-btn')).map(({ id }) => id));
    const overTime = ['usage-over-time', 'cores-over-time', 'steps-over-time', 'framework-over-time'];
    expect(kinds).toEqual(['workloads', 'bottlenecks', ...overTime]);
    await page.locator('#bottlenecks .figure-live').hover({ force: true });
    const bar = await page.locator('#bottlenecks .modebar').boundingBox();
    const area = await page.locator('#bottlenecks .figure-area').boundingBox();
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual((area?.y ?? 0) + 4);
  });

  it('tell the value under the pointer', async () => {
    const figure = page.locator('#operators');
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('.barlayer .point').first().hover({ force: true });
    await figure.locator('.hoverlayer .hovertext').first().waitFor();
    expect(await figure.locator('.hoverlayer').textContent()).toContain('gpu0');
  });

  it('take the colours of the page, in light and in dark', async () => {
    const colour = () =>
      page
        .locator('#operators .xtitle, #operators .infolayer text')
        .first()
        .evaluate((text) => getComputedStyle(text).fill);
    const light = await theme();
    const lightText = await colour();
    await page.locator('#theme').click();
    expect(await page.locator('#theme').getAttribute('aria-label')).toBe('Use light colours');
    expect(await theme()).not.toBe(light);
    await expect.poll(colour).not.toBe(lightText);
    await page.locator('#theme').click();
    expect(await theme()).toBe(light);
    await expect.poll(colour).toBe(lightText);
  });
});

describe('tables', () => {
  const heading = (name: string) => page.locator('#operators-table thead th', { hasText: name });

  it('sort by value, empty cells last, and say so', async () => {
    await heading('Time').locator('button').click();
    expect(await heading('Time').getAttribute('aria-sort')).toBe('descending');
    expect(await column(3)).toEqual(['1,000.25', '20.00', '3.00', '0.004', '–']);
    await heading('Time').locator('button').press('Enter');
    expect(await heading('Time').getAttribute('aria-sort')).toBe('ascending');
    expect(await column(3)).toEqual(['0.004', '3.00', '20.00', '1,000.25', '–']);
    await heading('Operator').locator('button').click();
    expect(await heading('Time').getAttribute('aria-sort')).toBeNull();
    expect(await column(1)).toEqual(['aten::add', 'aten::cat9', 'aten::cat10', 'aten::conv2d', 'aten::mul']);
  });

  it('are searched, and say how many rows are left', async () => {
    await page.getByLabel('Search Operators').fill('CAT');
    expect(await page.locator('#operators-table tbody tr:visible').count()).toBe(2);
    expect(await page.locator('.search output').textContent()).toBe('2 of the 5 shown');
    expect(await page.getByText('No rows match.').isVisible()).toBe(false);
    await page.getByLabel('Search Operators').fill('nothing');
    expect(await page.getByText('No rows match.').isVisible()).toBe(true);
    await page.getByLabel('Search Operators').fill('');
    expect(await page.locator('#operators-table tbody tr:visible').count()).toBe(5);
  });
});

describe('panels', () => {
  it('show the first ones, all of them, or one', async () => {
    const picker = page.locator('.picker select');
    const shown = () => page.locator('.panel:visible h3').allTextContents();
    expect(await shown()).toEqual(SAMPLE_NODES.slice(0, 8));
    await picker.selectOption(`All ${SAMPLE_NODES.length}`);
    expect(await shown()).toEqual(SAMPLE_NODES);
    await picker.selectOption('algo-9');
    expect(await shown()).toEqual(['algo-9']);
    await page.locator('#panel-8').scrollIntoViewIfNeeded();
    await page.locator('#panel-8 .is-live').first().waitFor();
  });

  it('change the width of their charts when one is picked alone, and back', async () => {
    const picker = page.locator('.picker select');
    const widths = () =>
      page
        .locator('.panel:visible .is-live')
        .first()
        .evaluate((area) => [area.clientWidth, area.querySelector('.main-svg')?.getBoundingClientRect().width]);
    const fits = async () => {
      const [wide, drawn] = await widths();
      return Math.abs((wide ?? 0) - (drawn ?? 0)) < 2 ? wide : undefined;
    };
    await expect.poll(fits).toBeGreaterThan(600);
    await picker.selectOption(`All ${SAMPLE_NODES.length}`);
    await picker.selectOption('algo-9');
    await picker.selectOption(`All ${SAMPLE_NODES.length}`);
    await page.locator('#panel-0 .is-live').waitFor();
    await expect.poll(fits).toBeLessThan(600);
    await picker.selectOption('algo-1');
    await expect.poll(fits).toBeGreaterThan(600);
  });
});

describe('the rest of the page', () => {
  it('copies a section as markdown', async () => {
    await page.getByRole('button', { name: 'Copy as markdown Section 0' }).click();
    const section = sampleReport.sections.find(({ id }) => id === 'section-0');
    expect(section).toBeDefined();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(section && sectionMarkdown(section, sampleReport));
  });

  it('copies where the clipboard is closed', async () => {
    const closed = await openHtml(browser, html(sampleReport), { permissions: [] });
    await closed.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
      document.addEventListener('copy', () => document.body.setAttribute('data-copied', String(getSelection())));
    });
    await closed.page.getByRole('button', { name: 'Copy as markdown Section 1', exact: true }).click();
    await closed.page.getByText('Copied').waitFor();
    expect(await closed.page.locator('body').getAttribute('data-copied')).toContain('Section 1');
    await closed.close();
  });

  it('moves to a section by script, keeps the address and the focus', async () => {
    const navigations: string[] = [];
    page.on('framenavigated', (frame) => navigations.push(frame.url()));
    await page.locator('.side').getByRole('link', { name: 'Fine: Section 1', exact: true }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('section-1');
    expect(await page.evaluate(() => location.hash)).toBe('#section-1');
    await expect
      .poll(() => page.locator('#section-1').evaluate((section) => Math.abs(section.getBoundingClientRect().top) < 40), {
        timeout: 5000,
      })
      .toBe(true);
    await expect.poll(() => page.locator('.side a[aria-current]').textContent()).toContain('Section 1');
  });

  it('tells moments in the time of the viewer too', async () => {
    expect(await page.locator('.masthead .local').first().textContent()).toContain('2022-04-02 15:13:11');
    expect(await page.locator('#summary .local').textContent()).toContain('2022-04-02 15:19:52');
  });
});
