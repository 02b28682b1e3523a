import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pause, servePages } from '../page/asking.ts';
import { ALL_GRABS, ATTACKS, attackPage, attackReceiver, grabScript } from './attacks.ts';
import { hasLab, startLab } from './lab.ts';
import { openDocument } from './open-document.ts';

/** Long enough for a request on loopback that follows from a page that is shown. */
const SETTLED_MILLISECONDS = 1500;

describe.skipIf(!hasLab)('a hostile page that claims to be a report', () => {
  test('reaches nobody and nothing from the viewer, and all of it by itself', { timeout: 240_000 }, async () => {
    const [lab, receiver, served] = await Promise.all([startLab(), attackReceiver(), servePages()]);
    try {
      const page = await lab.open();
      const shown = page.frameLocator('.profiler-report-frame:visible > iframe').frameLocator('iframe');
      const open = async (name: string, text: string) => {
        await mkdir(join(lab.root, name));
        await writeFile(join(lab.root, name, 'profiler-report.html'), text);
        await openDocument(page, `${name}/profiler-report.html`);
      };
      const runScripts = () =>
        page.locator('.profiler-report-viewer:visible').getByRole('button', { name: 'Run its scripts' }).click();
      await open('grabs', attackPage(grabScript(lab.url)));
      await shown.getByText('Hostile').waitFor();
      await pause(500);
      expect(await shown.locator('[data-got]').count()).toBe(0);
      await runScripts();
      await shown.locator('[data-got]').waitFor();
      expect(await shown.locator('body').getAttribute('data-got')).toBe('');

      // As it opens, and once somebody has its scripts run.
      for (const [name, text] of Object.entries(receiver.pages)) {
        await open(name, text);
        await pause(SETTLED_MILLISECONDS);
        await runScripts();
        await pause(SETTLED_MILLISECONDS);
      }
      for (const [name, text] of Object.entries(receiver.clicked)) {
        await open(name, text);
        await shown.getByText(name, { exact: true }).click();
        await shown.getByText(name, { exact: true }).click({ modifiers: ['ControlOrMeta'] });
        await runScripts();
        await shown.getByText(name, { exact: true }).click();
      }
      for (const [name, text] of Object.entries(receiver.nested)) await open(name, text);
      await pause(SETTLED_MILLISECONDS);
      expect(receiver.told()).toEqual([]);
      expect(page.context().pages()).toHaveLength(1);

      // Controls: the same pages by themselves, and in the lab's own origin.
      const alone = async (name: string, text: string) => {
        const own = await page.context().newPage();
        await own.goto(served.put(encodeURIComponent(name), text), { waitUntil: 'commit' });
        return own;
      };
      const pages = Object.entries({ ...receiver.pages, ...receiver.nested });
      const opened = await Promise.all(pages.map(([name, text]) => alone(name, text)));
      for (const [name, text] of Object.entries(receiver.clicked)) {
        const own = await alone(name, text);
        await own.getByText(name, { exact: true }).click();
        opened.push(own);
      }
      await expect.poll(receiver.told, { timeout: 10_000 }).toEqual(ATTACKS);
      for (const own of opened) await own.close();

      const rewrite = (text: string) => {
        document.write(text);
        document.close();
      };
      await page.evaluate(rewrite, attackPage(grabScript(lab.url)));
      await page.locator('[data-got]').waitFor();
      expect(await page.locator('body').getAttribute('data-got')).toBe(ALL_GRABS);
    } finally {
      await Promise.all([lab.close(), receiver.close(), served.close()]);
    }
  });
});
