import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plotlyFigure, type TextGate, titledFigure } from '../../src/charts/plotly.ts';
import { chartHeight } from '../../src/charts/svg.ts';
import type { Chart } from '../../src/model/chart.ts';
import { launchChromium } from '../browser.ts';
import { sampleCharts } from './samples.ts';

const PLOTLY = resolve(import.meta.dirname, '../../node_modules/plotly.js/dist/plotly.min.js');

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  await page.setContent('<!doctype html><div id="plot" style="width: 900px"></div>');
  await page.addScriptTag({ path: PLOTLY });
});
afterAll(() => browser.close());

/** Shows a figure and returns all text drawn by then, and how many links there are. */
async function show(chart: Chart, gate?: TextGate) {
  await page.evaluate(
    // biome-ignore lint/suspicious/noExplicitAny: plotly is a global of this page alone
    (figure) => (globalThis as any).Plotly.newPlot('plot', figure.data, figure.layout, { displayModeBar: false }),
    titledFigure(chart, gate),
  );
  return drawn();
}

async function drawn() {
  return page.evaluate(() => ({
    texts: [...document.querySelectorAll('#plot text')].map((element) => element.textContent ?? ''),
    links: document.querySelectorAll('#plot a').length,
  }));
}

/** Kinds with no room for whole names but in the tooltip. */
const SHORTENED: ReadonlySet<Chart['kind']> = new Set(['heatmap', 'grid', 'flame']);

/** Short enough to be shown whole, so that the text on the page must equal the name letter by letter. */
const NAMES = [
  '<a href="//evil.example">x</a>',
  '<b>b</b><br>&lt;i&gt; &#60;',
  '%{x} %{customdata[0]}',
  '$x^2$ $$a$$',
  '&#37;{x}&#x26;',
  '{{x}} %_{y}',
];

describe('plotly shows names letter by letter', () => {
  test.each(NAMES)('in titles, labels and marks: %s', async (name) => {
    for (const sample of sampleCharts(3, (index) => `${name}${index}`)) {
      const { texts, links } = await show(renamed(sample, name));
      expect(links, sample.kind).toBe(0);
      expect(texts, sample.kind).toContain(name);
      const labels = SHORTENED.has(sample.kind) ? [] : [0, 1, 2].map((index) => `${name}${index}`);
      for (const label of labels)
        expect(
          texts.some((text) => text.includes(label)),
          `${label} in ${sample.kind}`,
        ).toBe(true);
    }
  });

  test.each(sampleCharts(3, () => NAMES.slice(0, 2).join('')))('in the tooltip: $kind', async (sample) => {
    await show(renamed(sample, NAMES[2] ?? ''));
    const { texts, links } = await point(sample.kind);
    expect(links).toBe(0);
    expect(texts.join('\n')).toContain(NAMES.slice(0, 2).join('').slice(0, 60));
  });

  test('and would make links of them, were the gate open', async () => {
    const [name = ''] = NAMES;
    for (const sample of sampleCharts(3, (index) => `${name}${index}`)) {
      const { texts, links } = await show(renamed(sample, name), (text) => text);
      expect(links, sample.kind).toBeGreaterThan(0);
      expect(texts, sample.kind).not.toContain(name);
    }
  });
});

test.each(sampleCharts(1, (index) => 'long name '.repeat(60) + index))(
  'the smallest figure has room for its tooltip: $kind',
  async (sample) => {
    await show(sample.kind === 'heatmap' ? { ...sample, values: [[0.5]] } : sample);
    const { texts } = await point(sample.kind, true);
    expect(texts.join('')).toMatch(/\d/);
  },
);

/** Points at the first row and returns what the tooltip says. */
async function point(kind: Chart['kind'], single = false) {
  const box = await page.locator('#plot .nsewdrag').first().boundingBox();
  if (!box) throw new Error('nothing to point at');
  const [x, y] = POINT[kind];
  await page.mouse.move(0, 0);
  await page.mouse.move(box.x + box.width * x - 2, box.y + y - 2);
  await page.mouse.move(box.x + box.width * x, box.y + (single && (kind === 'histogram' || kind === 'timeline') ? 120 : y));
  await page.locator('#plot .hovertext').first().waitFor({ timeout: 5000 });
  return page.evaluate(() => ({
    texts: [...document.querySelectorAll('#plot .hovertext text')].map((element) => element.textContent ?? ''),
    links: document.querySelectorAll('#plot a').length,
  }));
}

/** A place on the first row or strip, 0 to 1 from the left and px from the top. */
const POINT: Record<Chart['kind'], [number, number]> = {
  shares: [0.2, 14],
  bars: [0.2, 26],
  boxes: [0.2, 26],
  ranges: [0.2, 26],
  histogram: [0.48, 40],
  heatmap: [0.5, 10],
  timeline: [0.3, 45],
  series: [0.05, 60],
  grid: [0.05, 9],
  points: [0.0444, 95],
  activity: [0.05, 20],
  flame: [0.1, 9],
};

/** Every other text of the chart set to `name` as well. */
function renamed(chart: Chart, name: string): Chart {
  const named = { ...chart, title: name, alt: name };
  if (named.kind === 'boxes') return { ...named, valueTitle: name, unit: '', threshold: { label: name, value: 70 } };
  if (named.kind === 'histogram')
    return { ...named, valueTitle: name, countTitle: name, unit: '', marks: [{ label: name, value: 70 }] };
  if ('spans' in named)
    return {
      ...named,
      spans: named.spans.map((span) => ({ ...span, label: name })),
      marks: [{ label: name, value: named.period[0] }],
    };
  return 'valueTitle' in named ? { ...named, valueTitle: name, unit: '' } : named;
}

describe('a figure', () => {
  test.each(sampleCharts(5))('has no theme and the height of the static drawing: $kind', (chart) => {
    const { layout } = plotlyFigure(chart);
    expect(layout.height).toBe(chartHeight(chart));
    expect(Object.keys(layout).filter((key) => /color|^font|template/.test(key))).toEqual([]);
  });

  test.each(sampleCharts(5))('uses only the traces of the bundle: $kind', (chart) => {
    const types = plotlyFigure(chart).data.map(({ type }) => type);
    expect(types.filter((type) => !['bar', 'box', 'heatmap', 'scatter'].includes(String(type)))).toEqual([]);
    expect(types.length).toBeGreaterThan(0);
  });

  test('keeps two rows of the same name apart', async () => {
    const { texts } = await show(sampleCharts(2, () => 'twin').find(({ kind }) => kind === 'bars') as Chart);
    expect(texts.filter((text) => text === 'twin')).toHaveLength(2);
  });
});
