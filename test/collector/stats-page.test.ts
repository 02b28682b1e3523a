import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobCount } from '../../src/collector/ledger.ts';
import type { Stats } from '../../src/collector/stats.ts';
import { daysChart } from '../../src/collector/stats-page/days.ts';
import { STATS_POLICY, statsPage } from '../../src/collector/stats-page.ts';
import { launchChromium } from '../browser.ts';
import { openHtml } from '../page/open.ts';
import { arnOf } from './log-lines.ts';

const dayBack = (i: number) => new Date(Date.UTC(2026, 10, 21 - i)).toISOString().slice(0, 10);
const job = (arn: string, opens: number): JobCount => ({ arn, opens, firstDay: dayBack(2), lastDay: dayBack(0) });

function statsWith(perDay: Stats['perDay'], perJob: Stats['perJob']): Stats {
  const opens = perDay.reduce((sum, day) => sum + day.opens, 0);
  return { asOf: '2026-11-21T10:00:00.000Z', opens, jobs: perJob.length, perDay, perJob, note: 'Every accepted request counts.' };
}

const empty = statsWith([], []);
const oneDay = statsWith([{ day: dayBack(0), opens: 3 }], [job(arnOf(1), 2), job('ab'.repeat(32), 1)]);
const year = statsWith(
  Array.from({ length: 365 }, (_, i) => ({ day: dayBack(364 - i), opens: i + 1 })).filter((_, i) => i % 7 < 5),
  [
    job(arnOf(0).replace('train', 'x'.repeat(500)), 20_000),
    ...Array.from({ length: 9_999 }, (_, i) => job(arnOf(i), 10_000 - i)),
  ],
);

describe('the chart', () => {
  test('has a bar for each day to the last, and none for a day without opens', () => {
    const { edgesSeconds, series } = daysChart(year);
    expect(edgesSeconds).toHaveLength(366);
    expect(edgesSeconds.every((edge, i) => i === 0 || edge - (edgesSeconds[i - 1] ?? 0) === 86_400)).toBe(true);
    expect(series[0]?.values).toEqual(Array.from({ length: 365 }, (_, i) => (i % 7 < 5 ? i + 1 : 0)));
  });

  test('shows a single day among the weeks before it', () => {
    const { title, alt, series } = daysChart(oneDay);
    expect(series[0]?.values).toEqual([...Array.from({ length: 29 }, () => 0), 3]);
    expect(title).toBe('UTC days, 2026-10-23 to 2026-11-21');
    expect(alt).toBe('3 opens on 1 of 30 days; most on 2026-11-21: 3.');
  });

  test('reaches to days that the clock of a log was ahead', () => {
    const ahead = statsWith(
      [
        { day: dayBack(0), opens: 1 },
        { day: dayBack(-1), opens: 2 },
      ],
      [],
    );
    expect(daysChart(ahead).series[0]?.values.slice(-2)).toEqual([1, 2]);
  });
});

describe('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test.each([
    ['a year and 10,000 jobs', year, 'light', 1280],
    ['a year and 10,000 jobs', year, 'dark', 1280],
    ['a year and 10,000 jobs', year, 'light', 390],
    ['a year and 10,000 jobs', year, 'dark', 390],
    ['one day', oneDay, 'light', 390],
    ['nothing counted', empty, 'dark', 1280],
  ] as const)('%s: no fault that axe finds, no request, as wide as the screen', async (_, stats, colorScheme, width) => {
    const { page, trouble, close } = await openHtml(browser, statsPage(stats), { colorScheme, viewport: { width, height: 900 } });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(trouble).toEqual([]);
    await close();
  });

  const rows = (page: Page) => page.locator('#per-job-table tbody tr').allInnerTexts();

  test('shows jobs with where they ran, and of hashes nothing more', async () => {
    const { page, close } = await openHtml(browser, statsPage(oneDay));
    expect(await rows(page)).toEqual([
      `train-1-profilerreport-0a1b2c3d\t2\t2026-11-19\t2026-11-21\tus-east-1\t123456789012`,
      `${'ab'.repeat(32)}\t1\t2026-11-19\t2026-11-21\t–\t–`,
    ]);
    await close();
  });

  test('shows the most opened jobs and how many there are', async () => {
    const { page, close } = await openHtml(browser, statsPage(year));
    expect(await rows(page)).toHaveLength(100);
    expect(await page.locator('.cut').innerText()).toBe('The first 100 of 10,000 rows.');
    expect(await page.locator('.extent').innerText()).toContain('10,000');
    await close();
  });

  test('says how to read the numbers, and that there are none', async () => {
    const { page, close } = await openHtml(browser, statsPage(empty));
    const text = await page.locator('main').innerText();
    expect(text).toContain(empty.note);
    expect(text.match(/No opening was counted yet\./g)).toHaveLength(2);
    expect(await page.locator('figure, table').count()).toBe(0);
    await close();
  });

  test('takes what is in the database for text', async () => {
    const hostile = '<img src=http://example.invalid/x onerror=alert(1)>"\'&{{asOf}}\u202e';
    const { page, trouble, close } = await openHtml(browser, statsPage(statsWith(oneDay.perDay, [job(hostile, 3)])));
    expect((await rows(page))[0]).toContain(hostile.replace('\u202e', '\\u202e'));
    expect(trouble).toEqual([]);
    await close();
  });

  test('runs no script, whoever puts one in', async () => {
    const text = statsPage(oneDay).replace('</main>', '<script>document.title = "mine"</script></main>');
    const { page, trouble, close } = await openHtml(browser, text);
    expect(await page.title()).toBe('Usage statistics · profiler report');
    expect(trouble.join()).toContain('policy: script-src');
    expect(await page.locator('meta[http-equiv]').getAttribute('content')).toBe(STATS_POLICY);
    expect(statsPage(oneDay)).not.toContain('<script');
    await close();
  });

  test('prints light and whole', async () => {
    const { page, close } = await openHtml(browser, statsPage(year), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    const { clientHeight, scrollHeight } = await page.locator('#jobs .scroll').evaluate((box) => box);
    expect(clientHeight).toBe(scrollHeight);
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe('rgb(255, 255, 255)');
    await close();
  });
});
