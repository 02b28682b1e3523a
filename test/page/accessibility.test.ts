import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { reportOf } from '../judged.ts';
import { enlivenAll, openHtml } from './open.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [wide, phone]) {
    it(`has no fault that axe finds: ${colorScheme}, ${viewport.width} px`, async () => {
      const { page, close } = await openHtml(browser, html(sampleReport), { colorScheme, viewport, reducedMotion: 'reduce' });
      await enlivenAll(page);
      await page.locator('.numbers summary').first().click();
      expect(await faults(page)).toEqual([]);
      await close();
    });
  }
}

it('has none on a job of several nodes, whose panels carry the same names in each section', async () => {
  const files = Object.fromEntries([...ruleFiles(exampleJob)].map(([name, text]) => [name.replace('.json', ''), text]));
  const { page, close } = await openHtml(browser, html(await reportOf(files)), { viewport: wide });
  expect(await faults(page)).toEqual([]);
  await close();
});

it('has none either before a chart is interactive', async () => {
  const { page, close } = await openHtml(browser, html(sampleReport), { viewport: { width: 1280, height: 200 } });
  expect(await faults(page)).toEqual([]);
  await close();
});

it('finds a fault where there is one', async () => {
  const { page, close } = await openHtml(browser, html(sampleReport).replaceAll('aria-label', 'data-label'), {});
  expect(await faults(page)).not.toEqual([]);
  await close();
});

async function faults(page: Parameters<typeof enlivenAll>[0]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
