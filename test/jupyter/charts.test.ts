import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pipeline } from '../../src/pipeline.ts';
import { localStore } from '../../src/stores/local.ts';
import { hasShared, shared } from '../shared.ts';
import { hasLab, startLab } from './lab.ts';

const CHART = '.profiler-report-chart';

async function ownNotebook(name: string): Promise<string> {
  const { files } = await pipeline(localStore(shared(`corpus/${name}`)), { formats: ['notebook'] });
  return new TextDecoder().decode(files[0]?.bytes);
}

/** Scrolls through the notebook in front, so that every cell was in view. Waits for what stands in the middle of it. */
async function scrollThrough(page: Page): Promise<void> {
  await page.locator('.jp-MarkdownOutput h1').first().waitFor();
  await page.getByText('Python 3 (ipykernel) | Idle').waitFor();
  await page.mouse.move(800, 500);
  for (let still = 0, before = -1; still < 3; ) {
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(100);
    const at = await page.evaluate(() => {
      const ends = [...document.querySelectorAll('.jp-WindowedPanel-outer, .jp-Notebook')].map((element) => element.scrollTop);
      return Math.max(...ends);
    });
    still = at === before ? still + 1 : 0;
    before = at;
  }
}

describe.skipIf(!hasLab || !hasShared)('charts of a notebook', () => {
  test('are drawn in a notebook that nobody trusts, once they are seen', async () => {
    const lab = await startLab({ files: { 'a/profiler-report.ipynb': await ownNotebook('c01') } });
    try {
      const page = await lab.open('lab/tree/a/profiler-report.ipynb');
      await page.locator(CHART).first().waitFor({ state: 'attached' });
      expect(await page.evaluate(() => 'profilerReportPlotly' in window)).toBe(false);
      await scrollThrough(page);
      const charts = await page.locator(CHART).count();
      expect(charts).toBeGreaterThan(10);
      expect(await page.locator(`${CHART}:has(.main-svg)`).count()).toBe(charts);
    } finally {
      await lab.close();
    }
  });
});
