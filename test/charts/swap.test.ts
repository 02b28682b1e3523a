import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frame } from '../../src/charts/frame.ts';
import { niceCount } from '../../src/charts/numbers.ts';
import { MARK, QUANTILE } from '../../src/charts/palette.ts';
import { plotlyFigure } from '../../src/charts/plotly.ts';
import { chartCss } from '../../src/charts/style.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import type { Chart, HistogramChart, SharesChart } from '../../src/model/chart.ts';
import { launchChromium } from '../browser.ts';
import { sampleCharts } from './samples.ts';

/** The live chart takes the place of the static one: what is the same in both must stand in the same place. */
const PLOTLY = resolve(import.meta.dirname, '../../node_modules/plotly.js/dist/plotly.min.js');
const VARIABLES = ':root{--chart-text:#000;--chart-muted:#566070;--chart-surface:#fff;--chart-grid:#eee;--chart-axis:#aaa}';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ timezoneId: 'Asia/Tokyo' });
});
afterAll(() => browser.close());

async function both(chart: Chart, width: number) {
  const { data, layout } = plotlyFigure(chart, { quiet: '#566070', surface: '#ffffff', wide: width >= 800 });
  await page.setViewportSize({ width, height: 900 });
  const style = `<style>body{margin:0}${VARIABLES}${chartCss}</style>`;
  await page.setContent(`<!doctype html>${style}<div id="still">${chartSvg(chart)}</div><div id="plot"></div>`);
  await page.addScriptTag({ path: PLOTLY });
  await page.evaluate(
    // biome-ignore lint/suspicious/noExplicitAny: plotly is a global of this page alone
    (figure) => (globalThis as any).Plotly.newPlot('plot', figure.data, figure.layout, { displayModeBar: false }),
    { data, layout: { ...layout, autosize: true } },
  );
}

async function box(selector: string) {
  const { x = -1, width = -1 } = (await page.locator(selector).first().boundingBox()) ?? {};
  return { left: Math.round(x), right: Math.round(x + width) };
}

const sample = <K extends Chart['kind']>(kind: K, size: number) =>
  sampleCharts(size).find((chart) => chart.kind === kind) as Extract<Chart, { kind: K }>;

describe.each([1200, 390])('at %i px', (width) => {
  test.each(['boxes', 'ranges', 'bars', 'histogram', 'timeline', 'series', 'points', 'grid', 'activity', 'flame'] as const)(
    'the plot is as wide in both: %s',
    async (kind) => {
      await both(sample(kind, 3), width);
      const still = await page.locator('#still .c-plot').evaluate((plot) => {
        const { left } = plot.parentElement?.getBoundingClientRect() ?? { left: 0 };
        const { paddingLeft, paddingRight, width: whole } = getComputedStyle(plot.parentElement as Element);
        return {
          left: Math.round(left + Number.parseFloat(paddingLeft)),
          right: Math.round(left + Number.parseFloat(whole) - Number.parseFloat(paddingRight)),
        };
      });
      expect(await box('#plot .nsewdrag')).toEqual(still);
    },
  );

  test('parts begin and end at the same px, with gaps and numbers, and the smallest is seen', async () => {
    const parts = [67.3, 0.2, 32.5].map((value, index) => ({ label: `part ${index}`, value }));
    const chart: SharesChart = { kind: 'shares', id: 'a', title: 'A', alt: 'A.', parts };
    await both(chart, width);
    const edges = (selector: string) =>
      page.locator(selector).evaluateAll((all) =>
        all.map((element) => {
          const { x, width } = (element as SVGGraphicsElement).getBBox();
          return [Math.round(x), Math.round(x + width)];
        }),
      );
    const still = await edges('#still .c-part');
    const live = await edges('#plot .barlayer path');
    live.flat().forEach((edge, index) => {
      expect(Math.abs(edge - (still.flat()[index] ?? -9))).toBeLessThanOrEqual(1);
    });
    expect(still).toHaveLength(3);
    // Drawn last and without a gap around it, nothing covers it.
    const thin = page.locator('#plot .barlayer path').last();
    expect(await thin.evaluate((path) => (path as SVGGraphicsElement).getBBox().width)).toBeGreaterThan(1.5);
    const stroke = await page
      .locator('#plot .barlayer path')
      .first()
      .evaluate((part) => [getComputedStyle(part).stroke, getComputedStyle(part).strokeWidth]);
    expect(stroke).toEqual(['rgb(255, 255, 255)', '1.5px']);
    expect(await page.locator('#still .c-thin').evaluate((part) => getComputedStyle(part).stroke)).toBe('none');
    const numbers = await page.locator('#plot .bartext').allTextContents();
    expect(numbers).toEqual(await page.locator('#still .c-inside').allTextContents());
    expect(numbers).toEqual(['67.3 %', '32.5 %']);
  });
});

test('the time axis is in UTC wherever the reader is', async () => {
  await both(sample('timeline', 1), 1200);
  const ticks = await page.locator('#plot .xtick').allTextContents();
  expect(ticks[0]).toMatch(/^06:/);
});

test('small text is quiet, dots are open and names are as long as there is room', async () => {
  const name = 'a name of more than forty-seven characters, which a phone has no room for';
  const chart = sampleCharts(1, () => name).find(({ kind }) => kind === 'ranges') as Chart;
  await both(chart, 1200);
  const fill = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).fill);
  expect(await fill('#plot .xtick text')).toBe('rgb(86, 96, 112)');
  expect(await fill('#plot .scatterlayer .point')).toBe('rgb(255, 255, 255)');
  expect(await page.locator('#plot .annotation-text').allTextContents()).toContain(name);
  await both(chart, 390);
  expect(await page.locator('#plot .annotation-text').allTextContents()).not.toContain(name);
});

test('quantiles are no limits', () => {
  const colours = (kind: Chart['kind']) =>
    (plotlyFigure(sample(kind, 1)).layout.shapes as { line: { color: string } }[]).map(({ line }) => line.color);
  expect(new Set(colours('histogram'))).toEqual(new Set([QUANTILE]));
  expect(new Set([...colours('boxes'), ...colours('timeline')])).toEqual(new Set([MARK]));
  expect(chartSvg(sample('histogram', 1))).toContain('c-mark c-quantile');
  expect(chartSvg(sample('boxes', 1))).not.toContain('c-quantile');
});

test('histograms share the axes they are given', () => {
  const chart: HistogramChart = { ...sample('histogram', 1), axes: { value: [-20, 150], largestCount: 5200 } };
  expect(frame(chart)).toMatchObject({ domain: [-20, 150], countTop: 6000 });
  expect(plotlyFigure(chart).layout.xaxis).toMatchObject({ range: [-20, 150] });
  expect(chartSvg(chart)).toContain('>6,000 samples<');
});

test('counts end at a round number', () => {
  expect([[], [1], [3], [7], [93], [400], [1000], [29999]].map(niceCount)).toEqual([1, 1, 3, 10, 100, 400, 1000, 30000]);
});
