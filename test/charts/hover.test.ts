import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plotlyFigure } from '../../src/charts/plotly.ts';
import type { Chart, HistogramChart, SharesChart, TimelineChart } from '../../src/model/chart.ts';
import { launchChromium } from '../browser.ts';

const PLOTLY = resolve(import.meta.dirname, '../../node_modules/plotly.js/dist/plotly.min.js');

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1000, height: 600 }, timezoneId: 'Asia/Tokyo' });
  await page.setContent('<!doctype html><div id="plot" style="width: 900px"></div>');
  await page.addScriptTag({ path: PLOTLY });
});
afterAll(() => browser.close());

async function show(chart: Chart) {
  await page.evaluate(
    // biome-ignore lint/suspicious/noExplicitAny: plotly is a global of this page alone
    ({ data, layout }) => (globalThis as any).Plotly.newPlot('plot', data, layout, { displayModeBar: false }),
    plotlyFigure(chart),
  );
}

/** The lines of every tooltip with the pointer at `x`, 0 to 1 from the left of the plot, and `y` px below the top of strip `strip`. */
async function hover(x: number, y: number, strip = 0): Promise<string[]> {
  const box = await page.locator('#plot .nsewdrag').nth(strip).boundingBox();
  if (!box) throw new Error('nothing to point at');
  await page.mouse.move(0, 0);
  await page.locator('#plot .hoverlayer > *').first().waitFor({ state: 'detached' });
  await page.mouse.move(box.x + box.width * x - 1, box.y + y);
  await page.mouse.move(box.x + box.width * x, box.y + y);
  await page.locator('#plot .hovertext').first().waitFor({ timeout: 5000 });
  return page.evaluate(() => {
    const lines = (text: Element) => [...(text.querySelector('.line') ? text.querySelectorAll('.line') : [text])];
    return [...document.querySelectorAll('#plot .hoverlayer text')]
      .flatMap(lines)
      .map(({ textContent }) => textContent ?? '')
      .filter((text) => text !== '');
  });
}

test('every part of a whole tells its own share', async () => {
  const shares: SharesChart = {
    kind: 'shares',
    id: 'phases',
    title: 'Phases',
    alt: 'Phases.',
    parts: [
      { label: 'Initialization', value: 22.4, detail: '2 min' },
      { label: 'Training loop', value: 67.4 },
      { label: 'Finalization', value: 10.2 },
    ],
  };
  await show(shares);
  expect(await hover(0.1, 14)).toEqual(['Initialization', '22.4 % · 2 min']);
  expect(await hover(0.5, 14)).toEqual(['Training loop', '67.4 %']);
  expect(await hover(0.95, 14)).toEqual(['Finalization', '10.2 %']);
});

const timeline: TimelineChart = {
  kind: 'timeline',
  id: 'moments',
  title: 'Moments',
  alt: 'Moments.',
  valueTitle: 'bottlenecks',
  unit: '',
  edgesSeconds: [1648881600.5, 1648881660, 1648881720, 1648881780, 1648881840],
  series: [
    { label: 'algo-1', values: [1000, 1, 20, 0] },
    { label: 'algo-2', values: [0, 3, 900, 40] },
  ],
  marks: [],
};

test('a timeline tells from when until when, in UTC', async () => {
  await show(timeline);
  expect(await hover(0.1, 50)).toEqual(['algo-1', '2022-04-02 06:40:00 to 2022-04-02 06:41:00', 'bottlenecks 1,000']);
});

test('seconds that are no date stay numbers', async () => {
  await show({ ...timeline, edgesSeconds: [-4, -3, -2, -1, 0] });
  expect(await hover(0.1, 50)).toEqual(['algo-1', '-4 to -3', 'bottlenecks 1,000']);
});

test('a bin one pixel high, and one without height, answers at half the height', async () => {
  await show(timeline);
  expect(await hover(0.4, 27)).toEqual(['algo-1', '2022-04-02 06:41:00 to 2022-04-02 06:42:00', 'bottlenecks 1']);
  expect(await hover(0.9, 27)).toContain('bottlenecks 0');
  expect(await hover(0.4, 27, 1)).toEqual(['algo-2', '2022-04-02 06:41:00 to 2022-04-02 06:42:00', 'bottlenecks 3']);
  const histogram: HistogramChart = {
    kind: 'histogram',
    id: 'steps',
    title: 'Steps',
    alt: 'Steps.',
    valueTitle: 'duration',
    unit: 's',
    countTitle: 'steps',
    series: [{ label: 'algo-1', edges: [0, 1, 2, 3, 4], counts: [5000, 40, 0, 1] }],
    marks: [],
  };
  await show(histogram);
  expect(await hover(0.9, 70)).toEqual(['3 to 4 s', 'steps 1']);
  expect(await hover(0.6, 70)).toEqual(['2 to 3 s', 'steps 0']);
});

test('a part of stacked areas tells its own value, not where it ends', async () => {
  const line = (label: string, value: number) => ({ label, values: [value, value, value, value, value] });
  await show({
    kind: 'series',
    id: 'parts',
    title: 'Parts',
    alt: 'Parts.',
    valueTitle: 'time',
    unit: 'ms',
    stacked: true,
    period: [1648881600, 1648881840],
    spans: [],
    marks: [],
    seconds: [1648881600, 1648881660, 1648881720, 1648881780, 1648881840],
    series: [line('model', 90), line('overhead', 10)],
  });
  const told = (await hover(0.5, 40)).join(' ');
  expect(told).toContain('model 90 ms');
  expect(told).toContain('overhead 10 ms');
});
