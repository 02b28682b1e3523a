import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { beaconReceiver } from '../beacon-receiver.ts';
import { askingHtml, pause } from '../page/asking.ts';
import { execute, hasLab, type Lab, startLab } from './lab.ts';
import { layout, openDocument } from './open-document.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/sample';
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Usage statistics' }).or(page.locator('.jp-Dialog'));
const state = (page: Page) => page.locator('.profiler-report-state:visible');

/** Opens a report and waits until it is shown. */
async function open(page: Page, name: string): Promise<void> {
  await openDocument(page, `${name}/profiler-report.html`);
  const outer = page.locator('.profiler-report-frame:visible > iframe');
  const inner = outer.contentFrame().locator('iframe');
  try {
    await inner.contentFrame().locator('h1').waitFor();
  } catch (cause) {
    // Now and then a report is not shown here, and nobody knows why yet: how far it came.
    const seen = { outer: await outer.count(), inner: await inner.count(), frames: page.frames().map((frame) => frame.url()) };
    throw new Error(`${name} is not shown: ${JSON.stringify(seen)}`, { cause });
  }
}

async function answer(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('button', { name }).click();
  await dialog(page).waitFor({ state: 'detached' });
}

async function withLab(endpoint: string, overrides: unknown, run: (lab: Lab) => Promise<void>): Promise<void> {
  const text = askingHtml(endpoint);
  const shouting = `<script>
    const shout = (type) => [parent, parent.parent, top].forEach((one) => one.postMessage({ source: 'profiler-report', type,
      arn: 'made-up', url: '${endpoint}?x-arn=made-up', endpoint: '${endpoint}' }, '*'));
    for (let i = 0; i < 1000; i++) ['opened', 'ready', 'yes', 'always', 'once', 'granted'].forEach(shout);
    document.body.dataset.shouted = '';
  </script>`;
  const names = ['later', 'once', 'always', 'again', 'reloaded', 'private', 'never', 'after'];
  const texts = {
    ...Object.fromEntries(names.map((name) => [name, text])),
    hostile: text.replace('</body>', `${shouting}</body>`).replace(/<meta http-equiv[^>]*>/, ''),
    // What is shown is not what this tool sends: another parameter, another address.
    more: text.replace('&amp;x-arn', '&amp;name=me&amp;x-arn').replace(/(id="usage-url">[^<]*)/, '$1&amp;more=1'),
    other: text.replace(/(id="usage-url">)http:/, '$1HTTP:'),
  };
  const files = Object.fromEntries(Object.entries(texts).map(([name, page]) => [`${name}/profiler-report.html`, page]));
  const lab = await startLab({ files, overrides });
  try {
    await run(lab);
  } finally {
    await lab.close();
  }
}

/** A lab on a busy machine is slow. */
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

describe.skipIf(!hasLab)('usage statistics of a report in the viewer', () => {
  // In two of eight runs a report was not shown in time, and it is not known why: look for that (`open` tells how far it came) before the
  // retries go on standing here.
  test('are told after a yes of the lab alone, and once per opening', { timeout: 240_000, retry: 1 }, async () => {
    const receiver = await beaconReceiver();
    const read = () => receiver.received().map(({ method, url }) => `${method} ${url}`);
    const arrived = async () => {
      await pause(600);
      return read();
    };
    const request = `GET ${receiver.url}?x-artifact-id=profiler-report/1&x-arn=${ARN}`;
    const expectOne = async () => {
      const got: string[] = [];
      await poll(() => got.push(...read())).toBeGreaterThan(0);
      expect([...got, ...(await arrived())]).toEqual([request]);
    };
    await withLab(receiver.url, undefined, async (lab) => {
      const page = await lab.open();
      await open(page, 'later');
      expect(await dialog(page).locator('code', { hasText: 'GET ' }).textContent()).toBe(request);
      expect(await arrived()).toEqual([]);
      await answer(page, 'Not now');
      expect(await state(page).textContent()).toContain('off, you have not said yes');
      expect(await arrived()).toEqual([]);

      await open(page, 'once');
      await answer(page, 'Send once');
      await expectOne();

      // Its scripts do not run by themselves, and what they say when they do is no opening and no answer.
      await open(page, 'hostile');
      await answer(page, 'Not now');
      await page.locator('.profiler-report-viewer:visible').getByRole('button', { name: 'Run its scripts' }).click();
      await page
        .locator('.profiler-report-frame:visible > iframe')
        .contentFrame()
        .locator('iframe')
        .contentFrame()
        .locator('[data-shouted]')
        .waitFor({ state: 'attached' });
      await pause(600);
      expect(await dialog(page).count()).toBe(0);
      for (const name of ['more', 'other']) {
        await open(page, name);
        await poll(() => state(page).textContent()).toContain('would tell something else');
        expect(await dialog(page).count()).toBe(0);
      }
      expect(await arrived()).toEqual([]);

      await open(page, 'always');
      await answer(page, 'Always');
      await expectOne();
      await open(page, 'again');
      await expectOne();
      await poll(() => state(page).textContent()).toBe('Usage statistics: on, you said yes; this opening was told.');
      // Seen before, or asked about before: the same opening.
      await open(page, 'later');
      await open(page, 'hostile');
      await open(page, 'again');
      expect(await arrived()).toEqual([]);

      // Restored with the lab, the one that is seen is opened anew.
      await execute(page, 'application:close-all');
      await poll(() => layout(page)).not.toContain('profiler-report:');
      await open(page, 'hostile');
      await expectOne();
      await poll(() => layout(page)).toContain('profiler-report:hostile/');
      await page.reload();
      await state(page).waitFor();
      await poll(() => state(page).textContent()).toContain('this opening was told');
      await expectOne();

      const careful = await lab.open('lab/workspaces/careful');
      await careful.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
      await careful.reload();
      await careful.waitForFunction(async () => {
        const { jupyterapp } = window as unknown as { jupyterapp?: { restored: Promise<void> } };
        await jupyterapp?.restored;
        return jupyterapp !== undefined;
      });
      await open(careful, 'private');
      await poll(() => state(careful).textContent()).toContain('Global Privacy Control');
      expect(await arrived()).toEqual([]);

      await open(page, 'never');
      await expectOne();
      await page.locator('.profiler-report-viewer:visible').getByRole('button', { name: 'Answer…' }).click();
      await answer(page, 'Never');
      await open(page, 'after');
      expect(await dialog(page).count()).toBe(0);
      await poll(() => state(page).textContent()).toBe('Usage statistics: off, you said no.');
      expect(await arrived()).toEqual([]);
      // The dialog of the whole decision speaks of the report in front.
      const decision = execute(page, 'profiler-report:show-usage-decision');
      const inFront = page.locator('.jp-Dialog li', { hasText: 'In front' });
      await poll(() => inFront.textContent()).toBe(`In front, profiler-report.html: ${receiver.url} is not told: you said no.`);
      await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();
      await decision;
    });
    await receiver.close();
  });

  test("an administrator's no wins over a yes, and nobody is asked", { timeout: 120_000, retry: 1 }, async () => {
    const receiver = await beaconReceiver();
    await withLab(receiver.url, { usageStatistics: { optOut: true } }, async (lab) => {
      const page = await lab.open();
      await open(page, 'hostile');
      await poll(() => state(page).textContent()).toContain('an administrator or the project has switched');
      await pause(600);
      expect(await dialog(page).count()).toBe(0);
      expect(receiver.received()).toEqual([]);
    });
    await receiver.close();
  });
});
