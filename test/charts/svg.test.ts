import * as fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shorten } from '../../src/charts/labels.ts';
import { chartCss } from '../../src/charts/style.ts';
import { chartHeight, chartSvg } from '../../src/charts/svg.ts';
import type { Chart } from '../../src/model/chart.ts';
import { launchChromium } from '../browser.ts';
import { anyChart, HOSTILE } from './arbitrary.ts';
import { sampleCharts } from './samples.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
afterAll(() => browser.close());

/** What Chromium's XML parser makes of the drawings: its complaint, the elements, the attributes and the text. */
function parse(drawings: readonly string[]) {
  return page.evaluate(
    (all) =>
      all.map((drawing) => {
        const root = new DOMParser().parseFromString(drawing, 'image/svg+xml');
        const elements = [...root.querySelectorAll('*')];
        return {
          complaint: root.querySelector('parsererror')?.textContent,
          names: [...new Set(elements.map(({ localName }) => localName))],
          attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))],
          texts: [...root.querySelectorAll('text, title')].map((element) =>
            [...element.childNodes].flatMap((node) => (node.nodeType === 3 ? [node.textContent ?? ''] : [])).join(''),
          ),
          label: root.documentElement.getAttribute('aria-label'),
        };
      }),
    drawings,
  );
}

const DRAWN = ['circle', 'line', 'path', 'rect', 'style', 'svg', 'text', 'title'];

describe('a static drawing', () => {
  test('is well-formed XML of nothing but shapes and text, whatever the chart says', async () => {
    const charts = fc.sample(anyChart, { numRuns: 500, seed: 20260730 });
    const drawings = charts.flatMap((chart) => [chartSvg(chart), chartSvg(chart, { width: 720, standalone: true })]);
    for (const { complaint, names, attributes } of await parse(drawings)) {
      expect(complaint).toBeUndefined();
      expect(names.filter((name) => !DRAWN.includes(name))).toEqual([]);
      expect(attributes.filter((name) => /^on|href|^id$|^src/i.test(name))).toEqual([]);
    }
    for (const drawing of drawings) expect(drawing).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('holds every label, whole or with its whole as a title', async () => {
    // Of a flame graph, the names that have room are there.
    const charts = sampleCharts(HOSTILE.length, (index) => HOSTILE[index] ?? '').filter(({ kind }) => kind !== 'flame');
    const parsed = await parse(charts.map((chart) => chartSvg(chart)));
    parsed.forEach(({ texts, label }, index) => {
      const chart = charts[index];
      if (!chart) throw new Error('more drawings than charts');
      expect(label).toBe(`${chart.title}. ${chart.alt}`);
      for (const name of HOSTILE.map(allowedInXml)) {
        expect(
          texts.some((text) => text === name || text.startsWith(`${name} · `)),
          `${name} in ${chart.kind}`,
        ).toBe(true);
      }
    });
  });

  test.each(sampleCharts(1))('of one row is one row: $kind', (chart) => {
    expect(chartSvg(chart)).toContain('gpu0'.slice(0, chart.kind === 'histogram' || chart.kind === 'timeline' ? 0 : 4));
    expect(chartHeight(chart)).toBeLessThan(280);
  });

  test('says that there is no data', () => {
    for (const chart of sampleCharts(0)) expect(chartSvg(chart)).toContain('>No data<');
  });

  test('draws bars as long as their values', async () => {
    const bars = [3, 1, 0].map((value) => ({ label: `bar ${value}`, value }));
    const chart: Chart = { kind: 'bars', id: 'a', title: 'A', alt: 'B', valueTitle: 'time', unit: 's', bars };
    const widths = [...chartSvg(chart).matchAll(/class="c-bar" x="0%" y="[^"]*" width="([^"]*)%"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([100, 33.33, 0]);
  });

  test('writes bytes with one prefix for all bars', () => {
    const bars = [2.5e9, 5e8].map((value) => ({ label: 'node', value }));
    const chart: Chart = { kind: 'bars', id: 'a', title: 'A', alt: 'B', valueTitle: 'traffic', unit: 'B/s', bars };
    expect([...chartSvg(chart).matchAll(/class="c-value"[^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual([
      '2.5GB/s',
      '0.5GB/s',
    ]);
  });

  test('shows the long form of a label on a wide screen alone', async () => {
    const label = 'a name of more than forty-seven characters, which a phone has no room for';
    const chart = sampleCharts(1, () => label).find(({ kind }) => kind === 'bars') as Chart;
    const shown = async (width: number) => {
      const target = await browser.newPage({ viewport: { width, height: 400 } });
      await target.setContent(`<!doctype html><style>${chartCss}</style>${chartSvg(chart)}`);
      const texts = await target
        .locator('text.c-label:visible')
        .evaluateAll((all) => all.map(({ lastChild }) => lastChild?.textContent));
      await target.close();
      return texts;
    };
    expect(await shown(1200)).toEqual([label]);
    expect(await shown(390)).toEqual([shorten(label, 41)]);
  });

  test('stays small: 8 rows of everything, and a heatmap of 64', () => {
    const charts = [...sampleCharts(8), ...sampleCharts(64).filter(({ kind }) => kind === 'heatmap')];
    expect(charts.reduce((sum, chart) => sum + chartSvg(chart).length, 0)).toBeLessThan(145_000);
  });
});

describe('hostile names', () => {
  const attack = sampleCharts(HOSTILE.length, (index) => HOSTILE[index] ?? '').map((chart) => ({
    ...chart,
    alt: HOSTILE[3] ?? '',
  }));

  async function open(drawings: readonly string[]) {
    const target = await browser.newPage();
    await target.setContent(`<!doctype html>${drawings.join('')}`);
    await target.waitForTimeout(100);
    const seen = await target.evaluate(() => ({
      attacked: 'attacked' in globalThis,
      links: document.querySelectorAll('a, [href]').length,
    }));
    await target.close();
    return seen;
  }

  test('run nothing and link nothing', async () => {
    expect(await open(attack.map((chart) => chartSvg(chart)))).toEqual({ attacked: false, links: 0 });
  });

  test('would have, were the escaping switched off', async () => {
    const seen = await open(attack.map((chart) => chartSvg(chart, { escape: (text) => text })));
    expect(seen.attacked).toBe(true);
    expect(seen.links).toBeGreaterThan(0);
  });
});

test('a label too long is shortened, and wide characters count twice', () => {
  expect(shorten('abcdef', 6)).toBe('abcdef');
  expect(shorten('abcdefg', 6)).toBe('abcde…');
  expect(shorten('模型权重', 5)).toBe('模型…');
});

/** Lone surrogates and control characters cannot be written in XML. */
function allowedInXml(text: string): string {
  return text.toWellFormed().replace(/[\0\v\uffff]/g, '\ufffd');
}
