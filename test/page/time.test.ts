import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityChart, FlameChart } from '../../src/model/chart.ts';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { timeReport } from '../fixtures/time-report.ts';
import { enlivenAll, type OpenPage, openHtml } from './open.ts';

const report = timeReport({ cores: 4, gpus: 2 });
const charts = report.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : [])));
const activity = charts.find(({ kind }) => kind === 'activity') as ActivityChart;
const flame = charts.find(({ kind }) => kind === 'flame') as FlameChart;
const [START, END] = activity.period;

let browser: Browser;
let open: OpenPage;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  open = await openHtml(browser, html(report), { timezoneId: 'Asia/Tokyo' });
  page = open.page;
});
afterAll(async () => {
  expect(open.trouble).toEqual([]);
  await open.close();
  await browser.close();
});

async function live(id: string) {
  await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await page.locator(`#${id} .is-live .main-svg`).first().waitFor();
}

/** What a chart shows, in seconds since the epoch. */
async function shown(id: string): Promise<[number, number]> {
  const range = await page
    .locator(`#${id} .figure-live`)
    // biome-ignore lint/suspicious/noExplicitAny: what plotly keeps at its element has no type here
    .evaluate((element) => (element as any)._fullLayout.xaxis.range as (string | number)[]);
  return range.map((end) => Date.parse(`${String(end).replace(' ', 'T')}Z`) / 1000) as [number, number];
}

async function drag(id: string, from: number, to: number) {
  await page.locator(`#${id} .figure-live`).scrollIntoViewIfNeeded();
  const box = await page.locator(`#${id} .nsewdrag`).first().boundingBox();
  if (!box) throw new Error('nothing to drag');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y + 2, { steps: 4 });
  await page.mouse.up();
}

const wholeTime = () => page.getByRole('button', { name: 'Whole time' }).click();
const told = () => page.locator('.time-bar output').textContent();

describe('zoom', () => {
  it('moves all charts over time, those that come into view later too, and is told', async () => {
    await live('metric-0-0');
    await live('metric-1-0');
    await drag('metric-0-0', 0.25, 0.5);
    await expect.poll(async () => (await shown('metric-1-0'))[0]).toBeGreaterThan(START + 800);
    const [from, to] = await shown('metric-0-0');
    expect(from).toBeCloseTo(START + 900, -2);
    expect(to).toBeCloseTo(START + 1800, -2);
    expect(await shown('metric-1-0')).toEqual([from, to]);
    const clock = (seconds: number) => new Date(Math.floor(seconds * 1000)).toISOString().slice(11, 19);
    expect(await told()).toContain(`${clock(from)} to ${clock(to)} UTC`);
    await live('steps');
    await expect.poll(() => shown('steps')).toEqual([from, to]);
    await live('framework');
    await expect.poll(() => shown('framework')).toEqual([from, to]);
  });

  it('is taken back for all of them by the button and by a double click', async () => {
    await wholeTime();
    await expect.poll(() => shown('framework')).toEqual([START, END]);
    await live('metric-0-0');
    await expect.poll(() => shown('metric-0-0')).toEqual([START, END]);
    await drag('metric-0-0', 0.25, 0.5);
    await expect.poll(async () => (await shown('metric-0-0'))[0]).toBeGreaterThan(START);
    await page.locator('#metric-0-0 .nsewdrag').first().dblclick();
    await expect.poll(() => shown('metric-0-0')).toEqual([START, END]);
    await expect.poll(() => shown('metric-1-0')).toEqual([START, END]);
  });

  it('works by keys on a chart and by buttons, and does not leave the job', async () => {
    await page.locator('#metric-0-0 .figure-live').focus();
    await page.keyboard.press('+');
    await expect.poll(() => shown('metric-0-0')).toEqual([START + 900, START + 2700]);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => shown('metric-1-0')).toEqual([START + 1800, END]);
    await page.getByRole('button', { name: 'Later' }).click();
    expect(await shown('metric-0-0')).toEqual([START + 1800, END]);
    await page.getByRole('button', { name: 'Longer' }).click();
    await expect.poll(() => shown('metric-0-0')).toEqual([START, END]);
  });

  it('brings a chart back that was moved beyond the job', async () => {
    await page.locator('#metric-0-0 .figure-live').hover();
    await page.locator('#metric-0-0 [data-val="pan"]').click();
    await drag('metric-0-0', 0.6, 0.3);
    await expect.poll(() => shown('metric-0-0')).toEqual([START, END]);
    await page.locator('#metric-0-0 [data-val="zoom"]').click();
  });

  it('keeps what is shown when the colours change', async () => {
    await page.locator('#metric-0-0 .figure-live').press('+');
    await page.locator('#theme').click();
    await page.waitForTimeout(300);
    expect(await shown('metric-0-0')).toEqual([START + 900, START + 2700]);
    await page.locator('#theme').click();
    await page.locator('#metric-0-0 .figure-live').press('0');
  });
});

describe('the drill-down', () => {
  const rows = () =>
    page
      .locator('#framework .drill tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...(row as HTMLTableRowElement).cells].map(({ textContent }) => textContent ?? '')),
      );

  /** Seconds as the page tells them: `13 min 46 s`. */
  const seconds = (text: string) =>
    [...text.matchAll(/([\d.]+) (h|min|s|ms)\b/g)].reduce(
      (sum, [, n, unit]) => sum + Number(n) * ({ h: 3600, min: 60, s: 1, ms: 0.001 }[unit ?? ''] ?? 0),
      0,
    );

  /** Each step spread evenly over ten parts, those in the range added up. */
  function expected(from: number, to: number) {
    const part = activity.stepSeconds / 10;
    return activity.lanes
      .map(({ group, label, busySeconds }) => {
        const parts = busySeconds.flatMap((busy) => Array.from({ length: 10 }, () => busy / 10));
        const inside = parts.filter((_, i) => START + (i + 0.5) * part > from && START + (i + 0.5) * part < to);
        return { name: `${group} · ${label}`, busy: inside.reduce((sum, busy) => sum + busy, 0) };
      })
      .sort((a, b) => b.busy - a.busy);
  }

  it('sums what is shown, at first the whole job', async () => {
    await live('framework');
    const check = async (from: number, to: number) => {
      const wanted = expected(from, to);
      const list = await rows();
      expect(list).toHaveLength(10);
      expect(list.map(([name]) => name)).toEqual(wanted.slice(0, 10).map(({ name }) => name));
      list.forEach(([, busy = ''], i) => {
        expect(Math.abs(seconds(busy) - (wanted[i]?.busy ?? 0))).toBeLessThan(0.6);
      });
    };
    await check(START, END);
    await page.locator('#framework .figure-live').press('+');
    await expect.poll(() => page.locator('.drill-range').textContent()).toContain('06:28:11 to 06:58:11 UTC');
    await check(START + 900, START + 2700);
    expect(await page.locator('.drill-range').textContent()).toContain('the first 10 of 22 lanes');
    await wholeTime();
    await check(START, END);
  });
});

describe('a single core', () => {
  it('is added as a line, and taken away', async () => {
    await live('metric-0-1');
    const lines = () => page.locator('#metric-0-1 .scatterlayer .trace').count();
    const before = await lines();
    const select = page.getByLabel('Add one line to CPU utilization').first();
    await expect
      .poll(() => select.locator('option').allTextContents())
      .toEqual(['Add a line…', 'cpu0', 'cpu1', 'cpu2', 'cpu3', 'gpu0', 'gpu1']);
    await select.selectOption('cpu3');
    await expect.poll(lines).toBe(before + 1);
    expect(await page.locator('#metric-0-1 .annotation-text').allTextContents()).toContain('cpu3');
    await select.selectOption('Add a line…');
    await expect.poll(lines).toBe(before);
  });
});

describe('what rules found', () => {
  it('is shaded, named, and told by a tooltip', async () => {
    await live('metric-0-0');
    expect(await page.locator('#metric-0-0 .annotation-text').allTextContents()).toEqual(
      expect.arrayContaining(['CPU bottlenecks', 'Low GPU utilization', 'first step']),
    );
    const spans = activity.spans.length;
    expect(await page.locator('#metric-0-0 .layer-below path').count()).toBe(spans);
    expect(await page.locator('#metric-0-0 .barlayer .point').count()).toBe(spans);
    await page.locator('#metric-0-0 .barlayer .point').last().hover({ force: true });
    await page.locator('#metric-0-0 .hovertext').first().waitFor();
    expect(await page.locator('#metric-0-0 .hoverlayer').textContent()).toMatch(
      /Low GPU utilization2022-04-02 \d\d:\d\d:\d\d to /,
    );
  });
});

describe('the flame graph', () => {
  it('shows a function at full width when it is clicked, and all again', async () => {
    await live('flame');
    const width = () => page.locator('#flame .xaxislayer-above .xtick').last().textContent();
    const whole = await width();
    const second = flame.frames.find(({ depth }) => depth === 1);
    await page.locator('#flame .barlayer .point').nth(1).hover({ force: true });
    await page.locator('#flame .hovertext').first().waitFor();
    expect(await page.locator('#flame .hoverlayer').textContent()).toContain(`${second?.label}${second?.place}`);
    await page
      .locator('#flame .nsewdrag')
      .first()
      .click({ position: { x: 60, y: 27 } });
    await page.getByRole('button', { name: 'Whole graph' }).waitFor();
    await expect.poll(width).not.toBe(whole);
    await page.getByRole('button', { name: 'Whole graph' }).click();
    await expect.poll(width).toBe(whole);
    expect(await page.getByRole('button', { name: 'Whole graph' }).count()).toBe(0);
  });
});

describe('names that attack', () => {
  it('run nothing and link nothing in lists, pickers, tooltips and charts', async () => {
    const attack = '<img src=x onerror="document.title=`hit`"><a href="https://evil.example/">%{x}</a>';
    const small = { nodes: 1, cores: 2, gpus: 1, seconds: 1800, points: 60, columns: 40 };
    const hostile = await openHtml(browser, html(timeReport({ ...small, name: (name) => `${attack}${name}` })));
    await enlivenAll(hostile.page);
    await hostile.page.locator('.pick select').first().selectOption({ index: 1 });
    await hostile.page.locator('#framework .figure-live').press('+');
    await expect.poll(() => hostile.page.locator('.drill-range').textContent()).toContain('(15 min)');
    // The charts follow the key above one by one, and one that is drawn anew takes its tooltip away.
    await expect
      .poll(async () => {
        await hostile.page.locator('h1').hover();
        await hostile.page.locator('#metric-0-0 .nsewdrag').first().hover({ force: true });
        return hostile.page.locator('#metric-0-0 .hovertext').count();
      })
      .toBeGreaterThan(0);
    expect(await hostile.page.locator('#metric-0-0 .annotation-text').allTextContents()).toContain(`${attack.slice(0, 33)}…`);
    expect(await hostile.page.locator('.drill tbody th').first().textContent()).toContain(attack);
    expect(await hostile.page.title()).not.toBe('hit');
    expect(await hostile.page.locator('a:not([href^="#"]):not(.modebar-btn), main img').count()).toBe(0);
    expect(hostile.trouble).toEqual([]);
    await hostile.close();
  });
});
