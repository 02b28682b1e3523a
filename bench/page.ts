import { median } from 'd3-array';
import { launchChromium } from '../test/browser.ts';

export interface PageTimes {
  /** Milliseconds from the start of the navigation to DOMContentLoaded: all text, tables and static charts are there. */
  readonly contentLoaded: number;
  /** Milliseconds to the first interactive chart, when one scrolls there at once. */
  readonly firstChart: number;
}

/** Opens a report several times, each time in a new page with an empty cache; medians. */
export async function measurePage(url: string, rounds: number): Promise<PageTimes> {
  const browser = await launchChromium();
  const taken: PageTimes[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
      await page.addInitScript(() => {
        document.addEventListener('DOMContentLoaded', () => document.querySelector('figure')?.scrollIntoView());
        const observer = new MutationObserver(() => {
          if (!document.querySelector('.is-live')) return;
          performance.mark('first-chart');
          observer.disconnect();
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
      });
      await page.goto(url);
      await page.locator('.is-live').first().waitFor();
      taken.push(
        await page.evaluate(() => ({
          contentLoaded: (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domContentLoadedEventEnd,
          firstChart: performance.getEntriesByName('first-chart')[0]?.startTime ?? Number.NaN,
        })),
      );
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return {
    contentLoaded: median(taken, (times) => times.contentLoaded) ?? Number.NaN,
    firstChart: median(taken, (times) => times.firstChart) ?? Number.NaN,
  };
}
