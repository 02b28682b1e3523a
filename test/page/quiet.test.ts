import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { type CountingProxy, countingProxy } from '../counting-proxy.ts';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { reportOf } from '../judged.ts';
import { corpusCases, corpusFile, hasShared } from '../shared.ts';
import { enlivenAll, openHtml } from './open.ts';

let browser: Browser;
let proxy: CountingProxy;

beforeAll(async () => {
  proxy = await countingProxy();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await proxy.close();
});

/** What went wrong and what was asked for while every chart of the page came alive and was touched. */
async function everything(text: string): Promise<string[]> {
  const { page, trouble, close } = await openHtml(browser, text, { proxy: { server: proxy.url, bypass: '<-loopback>' } });
  await enlivenAll(page);
  await page.locator('#theme').click();
  await page.locator('.main-svg .nsewdrag').first().hover({ force: true });
  await close();
  return [...trouble, ...proxy.asked.splice(0)];
}

it('no button of a chart sends it anywhere: pressing every one opens no page and asks for nothing', async () => {
  const { page, trouble, close } = await openHtml(browser, html(sampleReport), {
    proxy: { server: proxy.url, bypass: '<-loopback>' },
  });
  const opened: string[] = [];
  page.context().on('page', (other) => opened.push(other.url()));
  await enlivenAll(page);
  const buttons = page.locator('.modebar-btn:visible');
  const titles = await buttons.evaluateAll((all) =>
    all.map((button) => button.getAttribute('data-title') ?? button.ariaLabel ?? ''),
  );
  expect(new Set(titles)).toEqual(new Set(['Download plot as a PNG', 'Pan', 'Zoom', 'Reset axes']));
  for (const button of await buttons.all()) await button.dispatchEvent('click');
  expect(await page.locator('text=cloud.plotly.com').count()).toBe(0);
  const contexts = await page.evaluate(() =>
    [...document.querySelectorAll('.js-plotly-plot')].map((graph) => {
      const { plotlyServerURL, topojsonURL, showSendToCloud } = (graph as unknown as { _context: Record<string, unknown> })
        ._context;
      return JSON.stringify({ plotlyServerURL, topojsonURL, showSendToCloud });
    }),
  );
  expect(new Set(contexts)).toEqual(new Set(['{"plotlyServerURL":"","topojsonURL":"","showSendToCloud":false}']));
  await close();
  expect([...opened, ...trouble, ...proxy.asked.splice(0)]).toEqual([]);
});

describe('the page asks for nothing and breaks no policy', () => {
  it('with every kind of chart', async () => expect(await everything(html(sampleReport))).toEqual([]));

  it('for the example job', async () => {
    const files = Object.fromEntries([...ruleFiles(exampleJob)].map(([name, text]) => [name.replace('.json', ''), text]));
    expect(await everything(html(await reportOf(files)))).toEqual([]);
  });

  for (const name of corpusCases.filter((_, i) => i % 4 === 0)) {
    it.skipIf(!hasShared)(`for a real job, ${name}`, async () => {
      const files = RULE_NAMES.flatMap((rule) => {
        const bytes = corpusFile(name, rule);
        return bytes ? [[rule, new TextDecoder().decode(bytes)] as const] : [];
      });
      const text = html(await reportOf(Object.fromEntries(files)));
      expect(await everything(text)).toEqual([]);
      expect(Buffer.byteLength(text)).toBeLessThan(1_600_000);
    });
  }

  it('and a page that does ask is seen to', async () => {
    const loud = html(sampleReport).replace('</main>', '<img src="http://example.invalid/picture.png"></main>');
    expect((await everything(loud)).some((line) => line.includes('img-src'))).toBe(true);
    const open = loud.replace(/<meta http-equiv[^>]*>/, '');
    expect((await everything(open)).some((line) => line === 'GET http://example.invalid/picture.png')).toBe(true);
  });
});
