import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { linesReport, logLines, SPIKE } from '../fixtures/lines-report.ts';
import { timeReport } from '../fixtures/time-report.ts';
import { START } from '../monitored.ts';
import { openHtml } from './open.ts';

const CHART = '#model-latency';
const SPIKE_AT = '2026-11-02 09:31:00 UTC';
const { report } = await linesReport();
const whole = html(report);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Opens a report, does something in it, and sees that nothing went wrong. */
async function inPage(act: (page: Page) => Promise<void>, text = whole, options: BrowserContextOptions = {}) {
  const { page, trouble, close } = await openHtml(browser, text, { reducedMotion: 'reduce', ...options });
  try {
    await act(page);
    expect(trouble).toEqual([]);
  } finally {
    await close();
  }
}

/** Where the first line of a chart stands at a minute, px in the window. */
async function pointAt(page: Page, minute: number, chart = CHART, start = START) {
  await page.locator(chart).scrollIntoViewIfNeeded();
  await page.locator(`${chart} .is-live .main-svg`).first().waitFor();
  const box = await page.locator(`${chart} .nsewdrag`).first().boundingBox();
  const place = await page.locator(`${chart} .figure-live`).evaluate(
    (element, milliseconds) => {
      // biome-ignore lint/suspicious/noExplicitAny: what plotly keeps at its element has no type here
      const { _fullLayout: layout, calcdata } = element as any;
      const point = calcdata[0].find(({ x }: { x: number }) => x >= milliseconds);
      return { x: layout.xaxis.l2p(point.x), y: layout.yaxis.l2p(point.y) };
    },
    (start + minute * 60) * 1000,
  );
  return { x: (box?.x ?? 0) + place.x, y: (box?.y ?? 0) + place.y };
}

async function clickAt(page: Page, minute: number) {
  const { x, y } = await pointAt(page, minute);
  await page.mouse.move(x, y);
  await page.mouse.click(x, y);
}

const told = (page: Page) => page.locator('.around output').textContent();
const rows = (page: Page) => page.locator('#log-lines tbody tr:visible');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.querySelector('table')?.id);

describe('a click on a point of a chart over time', () => {
  it('goes to the lines around it: only those, the nearest marked, with the focus there', () =>
    inPage(async (page) => {
      expect(await rows(page).count()).toBe(logLines().length);
      await clickAt(page, SPIKE + 1);
      await expect.poll(() => told(page)).toBe(`Lines around 2026-11-02 09:32:00 UTC (±5 min): 62 of ${logLines().length}`);
      expect(await rows(page).count()).toBe(62);
      expect(await rows(page).first().locator('th').textContent()).toBe('2026-11-02 09:27:05');
      expect(await rows(page).last().locator('th').textContent()).toBe('2026-11-02 09:36:05');
      expect(await page.locator('#log-lines [aria-current] th').allTextContents()).toEqual(['2026-11-02 09:31:57']);
      expect(await focused(page)).toBe('log-lines');
      // In the window, not only in the box that scrolls.
      await expect
        .poll(async () => ((await page.locator('#log-lines [aria-current]').boundingBox())?.y ?? 0) / 900)
        .toBeLessThan(0.9);
    }));

  it('works with the search and after sorting; all come back', () =>
    inPage(async (page) => {
      await page.locator('#log-lines').getByRole('button', { name: 'Line' }).click();
      await clickAt(page, SPIKE + 1);
      await expect.poll(() => rows(page).count()).toBe(62);
      expect(await page.locator('#log-lines [aria-current] th').textContent()).toBe('2026-11-02 09:31:57');
      const search = page.getByLabel('Search Log lines');
      await search.fill('shard 0');
      expect(await rows(page).count()).toBe(12);
      expect(await page.locator('.search:has([data-search="log-lines"]) output').textContent()).toBe('12 of 62 around');
      await page.getByRole('button', { name: 'Show all' }).click();
      expect(await told(page)).toBe('');
      expect(await rows(page).count()).toBe(12);
      await search.fill('');
      expect(await rows(page).count()).toBe(logLines().length);
      expect(await page.locator('#log-lines [aria-current]').count()).toBe(0);
    }));

  it('leads back to the chart', () =>
    inPage(async (page) => {
      await clickAt(page, SPIKE);
      await page.getByRole('button', { name: 'Back to the chart' }).click();
      expect(await page.evaluate(() => document.activeElement?.closest('figure')?.id)).toBe(CHART.slice(1));
      await expect.poll(async () => Math.abs((await page.locator(CHART).boundingBox())?.y ?? 9000)).toBeLessThan(800);
    }));

  it('shows the nearest lines where there are none around it', () =>
    inPage(async (page) => {
      await clickAt(page, 120);
      await expect.poll(() => told(page)).toBe('No lines around 2026-11-02 11:00:00 UTC (±5 min): the 10 nearest lines of 60');
      expect(await rows(page).last().locator('th').textContent()).toBe('2026-11-02 09:59:00');
    }, html(quiet)));

  it('is not taken for a double click, which shows the whole time', () =>
    inPage(async (page) => {
      const { x, y } = await pointAt(page, SPIKE);
      await page.mouse.move(x, y);
      await page.mouse.dblclick(x, y);
      await page.waitForTimeout(600);
      expect(await rows(page).count()).toBe(logLines().length);
    }));

  it('is a tap on a phone', () =>
    inPage(
      async (page) => {
        const { x, y } = await pointAt(page, SPIKE + 1);
        await page.touchscreen.tap(x, y);
        await expect.poll(() => rows(page).count()).toBe(62);
        // Nor does a tap show the whole time, as two do.
        const shown = () => page.locator('.time-bar output').textContent();
        await page.locator(CHART).scrollIntoViewIfNeeded();
        await page.getByRole('button', { name: 'Shorter' }).tap();
        const part = await shown();
        expect(part).toContain('(1 h 30 min)');
        await page.touchscreen.tap(x + 100, y + 40);
        await page.waitForTimeout(600);
        expect(await shown()).toBe(part);
        // At once: a busy machine takes longer between two taps than people do.
        await page
          .locator(`${CHART} .nsewdrag`)
          .first()
          .evaluate((element) => {
            for (const _ of [1, 2]) element.dispatchEvent(new TouchEvent('touchend', { bubbles: true }));
          });
        await expect.poll(shown).toContain('(3 h)');
      },
      whole,
      { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    ));

  it('works in a chart of one node of several', () =>
    inPage(async (page) => {
      const { x, y } = await pointAt(page, 10, '#metric-1-5', from);
      await page.mouse.move(x, y);
      await page.mouse.click(x, y);
      await expect.poll(() => told(page)).toContain('of 3');
    }, html(jobWithLines)));
});

describe('without a pointer', () => {
  it('the key L shows the lines around the highest point of what is shown', () =>
    inPage(async (page) => {
      await pointAt(page, 0);
      await page.locator(`${CHART} .figure-live`).focus();
      await page.keyboard.press('l');
      await expect.poll(() => told(page)).toContain(`Lines around ${SPIKE_AT}`);
      expect(await focused(page)).toBe('log-lines');
    }));

  it('so does a button beside those that change what is shown', () =>
    inPage(async (page) => {
      await pointAt(page, 0);
      await page.getByRole('button', { name: 'Log lines around' }).click();
      await expect.poll(() => told(page)).toContain(`Lines around ${SPIKE_AT}`);
    }));
});

it('has nothing of it where no table has moments, nor without scripts', async () => {
  await inPage(
    async (page) => {
      await page.locator('#steps').scrollIntoViewIfNeeded();
      await page.locator('#steps .is-live .main-svg').first().waitFor();
      expect(await page.locator('.time-bar button').count()).toBe(5);
      expect(await page.locator('.around').count()).toBe(0);
    },
    html(timeReport({ cores: 4, gpus: 2 })),
  );
  await inPage(
    async (page) => {
      expect(await page.locator('.around').count()).toBe(0);
      expect(await rows(page).count()).toBe(logLines().length);
    },
    whole,
    { javaScriptEnabled: false },
  );
});

it.each(['light', 'dark'] as const)('has no fault that axe finds: %s', (colorScheme) =>
  inPage(
    async (page) => {
      const faults = async () => {
        const { violations } = await new AxeBuilder({ page }).include('#logs').include('.foot').analyze();
        return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
      };
      await pointAt(page, 0);
      const before = await faults();
      await clickAt(page, SPIKE + 1);
      await expect.poll(() => rows(page).count()).toBe(62);
      expect([before, await faults()]).toEqual([[], []]);
    },
    whole,
    { colorScheme },
  ),
);

/** Lines in the first hour only. */
const { report: quiet } = await linesReport(
  Array.from({ length: 60 }, (_, minute) => ({
    seconds: START + minute * 60,
    stream: 'blue/i-1',
    message: `ERROR number ${minute}`,
  })),
);

const job = timeReport({ cores: 4, gpus: 2 });
const [from] = job.sections.flatMap(({ blocks }) =>
  blocks.flatMap((block) => (block.kind === 'chart' && 'period' in block.chart ? [block.chart.period[0]] : [])),
);
const jobWithLines = {
  ...job,
  sections: [
    ...job.sections,
    {
      id: 'logs',
      title: 'Logs',
      blocks: [
        {
          kind: 'table' as const,
          table: {
            id: 'log-lines',
            title: 'Log lines',
            columns: [{ label: 'Line', kind: 'text' as const }],
            rows: [['one'], ['two'], ['three']],
            searchable: false,
            moments: [0, 60, 3000].map((seconds) => (from ?? 0) + seconds),
          },
        },
      ],
    },
  ],
};
