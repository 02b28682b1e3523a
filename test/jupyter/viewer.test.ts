import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { beaconReceiver } from '../beacon-receiver.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { askingHtml } from '../page/asking.ts';
import { execute, type Flavour, hasLab, startLab } from './lab.ts';
import { layout, openDocument } from './open-document.ts';

const SHOTS = process.env.SCREENSHOTS;
const report = html(sampleReport);
const retitled = (title: string) => html({ ...sampleReport, job: { ...sampleReport.job, name: title } });

const inside = (page: Page) => page.frameLocator('.profiler-report-frame:visible > iframe').frameLocator('iframe');
const section = (page: Page, id: string) => inside(page).locator(`#${id}`);
const top = (page: Page, id: string) => section(page, id).evaluate((one) => Math.round(one.getBoundingClientRect().top));
const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
};
/** The first chart with buttons of its own. */
async function zoomable(page: Page): Promise<Locator> {
  for (const figure of await inside(page).locator('figure:visible').all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('.is-live .main-svg').first().waitFor();
    if ((await figure.locator('.modebar-btn').count()) > 0) return figure;
  }
  throw new Error('no chart has buttons');
}

/** As a double click does: through the file browser, naming no viewer. */
async function doubleClick(page: Page, name: string): Promise<void> {
  await page.locator('.jp-DirListing-item', { hasText: name }).dblclick();
}

/** A lab on a busy machine is slow. */
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

describe.skipIf(!hasLab)('the viewer', () => {
  test('shows reports by name and by mark, live, in the theme of the lab, at the section asked for', {
    timeout: 240_000,
  }, async () => {
    const elsewhere = await beaconReceiver();
    const picture = `<img id="profiler-telemetry" src="${elsewhere.url}?x-artifact-id=profiler_report&x-arn=a">`;
    const service = `<!doctype html><html><head><script src="${elsewhere.url}require.js"></script></head><body><h1>SageMaker profiler report</h1><pre>setup_profiler_report(processing_job_arn)</pre>${picture}<img src="${elsewhere.url}x.png"></body></html>`;
    const lab = await startLab({
      files: {
        'a/profiler-report.html': report,
        'a/profiler-report.ipynb': '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}',
        'my-job.html': report,
        'plain.html': '<!doctype html><p>Hello</p>',
        'service.html': service,
        'asking.html': askingHtml(elsewhere.url),
      },
    });
    try {
      const page = await lab.open();
      // The lab asks which kernel the notebook beside the report shall have.
      const noKernel = page.locator('.jp-Dialog').getByRole('button', { name: 'No Kernel', exact: true });
      await page.addLocatorHandler(noKernel, (button) => button.click());
      const ids = sampleReport.sections.map(({ id }) => id);
      const asked = ids[5] as string;

      await execute(page, 'profiler-report:open', { path: 'a/profiler-report.html', section: asked });
      await section(page, asked).waitFor();
      await poll(() => top(page, asked)).toBeLessThan(60);
      expect(await top(page, asked)).toBeGreaterThan(-60);

      // Interactive, by the script that is packed in the page.
      const figure = inside(page).locator('figure:visible').first();
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('.is-live .main-svg').first().waitFor();
      await shot(page, 'light');
      const zoomed = await zoomable(page);
      await zoomed.hover();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        zoomed.locator('.modebar-btn[data-title*="ownload"]').click(),
      ]);
      expect((await readFile(await download.path())).subarray(1, 4).toString()).toBe('PNG');

      await execute(page, 'apputils:change-theme', { theme: 'JupyterLab Dark' });
      await poll(() => inside(page).locator('html').getAttribute('data-theme')).toBe('dark');

      // JupyterLab's own list of contents.
      await execute(page, 'toc:show-panel');
      const heading = page.locator('.jp-TableOfContents-content[data-document-type="profiler-report"] .jp-tocItem-heading');
      await poll(() => heading.count()).toBeGreaterThan(ids.length - 1);
      await heading.filter({ hasText: 'Section 4' }).click();
      const fourth = (await inside(page)
        .locator('main > .section', { hasText: 'Section 4' })
        .first()
        .getAttribute('id')) as string;
      await poll(() => top(page, fourth)).toBeLessThan(60);
      await poll(() => page.locator('.jp-tocItem[aria-selected="true"]').textContent()).toContain('Section 4');
      await shot(page, 'dark-contents');

      // Written anew while it is open, by somebody else: the new one, at the same place.
      await writeFile(join(lab.root, 'a/profiler-report.html'), retitled('made-anew'));
      await inside(page).locator('h1', { hasText: 'made-anew' }).waitFor({ timeout: 15_000 });
      await poll(() => top(page, fourth)).toBeLessThan(60);
      expect(await top(page, fourth)).toBeGreaterThan(-60);
      await page.locator('.profiler-report-viewer:visible').getByRole('button', { name: 'Open notebook' }).click();
      await page.locator('.lm-TabBar-tab', { hasText: 'profiler-report.ipynb' }).waitFor();

      // By its mark; other html stays where it was, and so does what was asked for.
      await execute(page, 'filebrowser:activate');
      await doubleClick(page, 'my-job.html');
      await inside(page).locator('h1').waitFor();
      expect(await page.locator('.jp-HTMLViewer').count()).toBe(0);
      await doubleClick(page, 'plain.html');
      await page.locator('.jp-HTMLViewer').waitFor();
      await openDocument(page, 'asking.html', 'HTML Viewer');
      await poll(() => page.locator('.jp-HTMLViewer').count()).toBe(2);

      // The original service's: without anything from elsewhere, and not even while it was in the other viewer.
      await doubleClick(page, 'service.html');
      await inside(page).locator('h1', { hasText: 'SageMaker' }).waitFor();
      expect(await page.locator('.profiler-report-note:visible').textContent()).toContain('original service');
      expect((await page.locator('.profiler-report-note:visible').boundingBox())?.height).toBeGreaterThan(20);
      await shot(page, 'service');
      expect(elsewhere.received()).toEqual([]);
      await page.locator('.profiler-report-viewer:visible').getByRole('button', { name: 'Take out of this file' }).click();
      await poll(() => readFile(join(lab.root, 'service.html'), 'utf8')).toBe(service.replace(picture, ''));

      // Restored as it was.
      await poll(() => layout(page)).toContain('profiler-report:service.html');
      await page.reload();
      await inside(page).locator('h1', { hasText: 'SageMaker' }).waitFor();
      await poll(() => page.locator('.lm-TabBar-tab', { hasText: 'my-job.html' }).count()).toBe(1);
      // What the policy keeps back is in the browser's list of requests too.
      expect(elsewhere.received()).toEqual([]);
      expect(lab.requests.filter((url) => ![lab.url, elsewhere.url].some((known) => url.startsWith(known)))).toEqual([]);
    } finally {
      await Promise.all([lab.close(), elsewhere.close()]);
    }
  });

  test.each<Flavour>(['lab42', 'notebook'])('opens a report in %s', { timeout: 120_000 }, async (flavour) => {
    const lab = await startLab({ flavour, files: { 'profiler-report.html': report } });
    try {
      const page = await lab.open();
      const opened = flavour === 'notebook' ? page.context().waitForEvent('page') : undefined;
      await doubleClick(page, 'profiler-report.html');
      const shown = (await opened) ?? page;
      await inside(shown).locator('h1').waitFor();
      await poll(() => shown.locator('.profiler-report-state').textContent()).toContain('this report sends nothing');
      await shot(shown, flavour);
    } finally {
      await lab.close();
    }
  });
});
