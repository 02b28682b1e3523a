import type { FrameLocator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { withTexts } from '../fixtures/texts.ts';
import { pause } from '../page/asking.ts';
import { unescaped } from '../page/unescaped.ts';
import { execute, hasLab, startLab } from './lab.ts';
import { openDocument } from './open-document.ts';

/** Takes what the lab holds, where it runs at all: the files of the server, and the lab's own storage. */
const TAKE = `(async () => { const hit = []; try { hit.push('storage ' + (localStorage.length >= 0)) } catch {}
  try { hit.push('files ' + (await (await fetch(parent.location.origin + '/api/contents')).json()).type) } catch {}
  document.documentElement.dataset.hit = hit.join(', ') || 'ran' })()`.replace(/\s+/g, ' ');

const ATTACKS = ['</script><script>TAKE</script>', '<img src=x onerror="TAKE">', '"><svg onload="TAKE"></svg><i title="'];
const hostile = ATTACKS.map((attack) => html(withTexts(sampleReport, (_, index) => `${attack.replace('TAKE', TAKE)}${index}`)));
const control = unescaped(hostile[1] ?? '');

const MANY = `<!doctype html><meta name="generator" content="profiler-report 9.9.9"><h1>Many</h1>${Array.from(
  { length: 200 },
  (_, index) => `<main><div class="section" id="s${index}">`,
).join('')}${'<i class="panel" id="p"></i>'.repeat(20_000)}`;

const inViewer = (page: Page) => page.frameLocator('.profiler-report-frame:visible > iframe').frameLocator('iframe');
const inHtmlViewer = (page: Page) => page.frameLocator('.jp-HTMLViewer:visible iframe');
const hit = (frame: FrameLocator) => frame.locator('html').getAttribute('data-hit');

/** Waits until scripts of the report's own have drawn a chart. */
async function enlivened(frame: FrameLocator): Promise<void> {
  const figure = frame.locator('figure:visible').first();
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('.is-live .main-svg').first().waitFor({ timeout: 60_000 });
}

async function trust(page: Page, path: string): Promise<FrameLocator> {
  await openDocument(page, path, 'HTML Viewer');
  await page.locator('.jp-HTMLViewer:visible').waitFor();
  await execute(page, 'htmlviewer:trust-html');
  await inHtmlViewer(page).locator('h1').waitFor();
  return inHtmlViewer(page);
}

describe.skipIf(!hasLab)('a report with script in every name', () => {
  test('runs none of it in the viewer, nor where its html is trusted', { timeout: 240_000 }, async () => {
    const files = Object.fromEntries(hostile.map((text, index) => [`${index}/profiler-report.html`, text]));
    const lab = await startLab({ files: { ...files, 'control.html': control, 'many/profiler-report.html': MANY } });
    try {
      const page = await lab.open();
      for (const path of Object.keys(files)) {
        await openDocument(page, path);
        await enlivened(inViewer(page));
        expect(await hit(inViewer(page))).toBe(null);
        const trusted = await trust(page, path);
        await enlivened(trusted);
        await pause(500);
        expect(await hit(trusted)).toBe(null);
      }
      // More sections and panels than the lab's list of contents can bear.
      await openDocument(page, 'many/profiler-report.html');
      await inViewer(page).locator('h1').waitFor();
      await execute(page, 'toc:show-panel');
      const listed = page.locator('.jp-TableOfContents-content[data-document-type="profiler-report"] .jp-tocItem-heading');
      await expect.poll(() => listed.count()).toBe(500);
      // Without escaping and policy it gets both where it is trusted, and nothing in the viewer, where it does not run unless somebody says so.
      const trusted = await trust(page, 'control.html');
      await expect.poll(() => hit(trusted), { timeout: 20_000 }).toBe('storage true, files directory');
      await openDocument(page, 'control.html', 'Profiling report');
      await inViewer(page).locator('h1').waitFor();
      await pause(500);
      expect(await hit(inViewer(page))).toBe(null);
      await page.locator('.profiler-report-viewer:visible').getByRole('button', { name: 'Run its scripts' }).click();
      await expect.poll(() => hit(inViewer(page)), { timeout: 20_000 }).toBe('ran');
    } finally {
      await lab.close();
    }
  });
});
