import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { pipeline } from '../../src/pipeline.ts';
import { localStore } from '../../src/stores/local.ts';
import { VERDICT_KEYS, verdictCount } from '../../src/writers/verdicts.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { withTexts } from '../fixtures/texts.ts';
import { corpusCases, hasShared, shared } from '../shared.ts';
import { execute, type Flavour, hasLab, startLab } from './lab.ts';

const PANEL = '.profiler-report-panel';
const ID = 'profiler-report-jupyterlab-reports';

interface JupyterApp {
  readonly shell: { activateById(id: string): void; currentWidget: { context?: { path: string } } | null };
  readonly commands: { commandExecuted: { connect(slot: (_: unknown, run: { id: string; args: object }) => void): void } };
  readonly serviceManager: { contents: { save(path: string, file: object): Promise<unknown> } };
}
type LabWindow = Window & { jupyterapp: JupyterApp; ran: { id: string; args: object }[] };

async function madeFrom(name: string, formats: readonly ('html' | 'notebook' | 'json')[]): Promise<Record<string, Uint8Array>> {
  const { files } = await pipeline(localStore(shared(`corpus/${name}`)), { formats });
  return Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
}

function below(folder: string, files: Record<string, Uint8Array>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${folder}/${path}`, bytes]));
}

/** Shows the panel and waits until the search and all reading has ended. */
async function showPanel(page: Page): Promise<void> {
  await page.evaluate((id) => (window as unknown as LabWindow).jupyterapp.shell.activateById(id), ID);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator(`${PANEL} [role=status]`).filter({ hasText: 'below this folder' }).waitFor();
  await page.waitForFunction((panel) => !document.querySelector(panel)?.textContent?.includes('Reading…'), PANEL);
}

/** Writes down what commands run from now on. */
async function watchCommands(page: Page): Promise<void> {
  await page.evaluate(() => {
    const lab = window as unknown as LabWindow;
    lab.ran = [];
    lab.jupyterapp.commands.commandExecuted.connect((_, { id, args }) => lab.ran.push({ id, args: { ...args } }));
  });
}

const ran = (page: Page) => page.evaluate(() => (window as unknown as LabWindow).ran.splice(0));
const report = (page: Page, path: string) => page.locator(`${PANEL} li`, { has: page.locator(`[title="${path}"]`) }).first();

/** A small machine takes its time. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

describe.skipIf(!hasLab || !hasShared)('the panel of reports', () => {
  test('tells the verdicts of every report below the folder, wherever they stand', async () => {
    const folders = Object.fromEntries(corpusCases.map((name) => [`service/${name}/profiler-output`, shared(`corpus/${name}`)]));
    const files = {
      ...below('ours/json', await madeFrom('c01', ['json'])),
      ...below('ours/html', await madeFrom('c03', ['html'])),
    };
    const lab = await startLab({ folders, files });
    try {
      const page = await lab.open();
      const loaded = lab.requests.length;
      await showPanel(page);
      expect(lab.requests.length).toBeGreaterThan(loaded);
      const expected = async (name: string) => {
        const { counts } = (await pipeline(localStore(shared(`corpus/${name}`)), { sections: false })).report;
        return VERDICT_KEYS.filter((key) => counts[key] > 0).map((key) => verdictCount(key, counts[key]));
      };
      const told = (path: string) => report(page, path).locator('.profiler-report-panel-count').allInnerTexts();
      for (const name of corpusCases)
        expect([name, await told(`service/${name}/profiler-output`)]).toEqual([name, await expected(name)]);
      expect(await told('ours/json')).toEqual(await expected('c01'));
      expect(await told('ours/html')).toEqual(await expected('c03'));
      expect(await report(page, 'service/c02/profiler-output').locator('p').innerText()).toContain('judged here');
    } finally {
      await lab.close();
    }
  });

  test('leads to sections, follows the file browser and the files, and is used by keyboard', async () => {
    const attack = '</script><img src=x onerror="document.title=`hit`"><b>bold</b>';
    const files: Record<string, string | Uint8Array> = {
      ...below('jobs/both', await madeFrom('c01', ['html', 'notebook', 'json'])),
      ...below('jobs/notebook', await madeFrom('c01', ['notebook', 'json'])),
      'jobs/hostile <img src=x onerror=alert(1)>/profiler-report.json': JSON.stringify(withTexts(sampleReport, () => attack)),
      'jobs/broken/profiler-report.json': '{',
      'elsewhere/notes.txt': '',
      'jobs/closed/notes.txt': '',
    };
    const lab = await startLab({ files, folders: { 'jobs/service': shared('corpus/c02') } });
    try {
      const page = await lab.open('lab/tree/jobs');
      await page.route('**/api/contents/jobs/closed?*', (route) =>
        route.fulfill({ status: 403, json: { message: 'Forbidden' } }),
      );
      await watchCommands(page);
      await showPanel(page);
      await expect
        .poll(() => page.locator(`${PANEL} [role=status]`).innerText())
        .toBe('5 reports below this folder. Could not be read: jobs/closed.');
      expect(await report(page, 'jobs/broken').innerText()).toContain('profiler-report.json: is no JSON');
      expect([await page.title(), await page.locator(`${PANEL} img, ${PANEL} b`).count()]).toEqual([await page.title(), 0]);
      expect(await page.title()).not.toBe('hit');

      const html = report(page, 'jobs/both');
      const first = html.locator('.profiler-report-panel-rule').first();
      await first.click();
      const section = (JSON.parse(new TextDecoder().decode(files['jobs/both/profiler-report.json'] as Uint8Array)) as Report)
        .rules[0]?.sectionId;
      await page.waitForFunction(() => (window as unknown as LabWindow).ran.some(({ id }) => /:open$/.test(id)));
      expect(await ran(page)).toContainEqual({
        id: 'profiler-report:open',
        args: { path: 'jobs/both/profiler-report.html', section },
      });

      await report(page, 'jobs/notebook').locator('.profiler-report-panel-rule').first().click();
      const heading = page.locator('.jp-Notebook .jp-Cell.jp-mod-active h2');
      await heading.waitFor();
      expect(await heading.innerText()).toContain('CPU bottleneck');
      await soon(() => heading.evaluate((element) => Math.abs(element.getBoundingClientRect().top - 150) < 100)).toBe(true);

      const name = html.locator('.profiler-report-panel-name');
      const rules = html.locator('.profiler-report-panel-rule');
      const few = await rules.count();
      await name.focus();
      await page.keyboard.press('ArrowRight');
      expect([await name.getAttribute('aria-expanded'), await rules.count()]).toEqual(['true', 9]);
      await page.keyboard.press('ArrowDown');
      expect(await rules.first().evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowLeft');
      expect(await rules.count()).toBe(few);
      await page.keyboard.press('Enter');
      for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
        await execute(page, 'apputils:change-theme', { theme });
        await page.waitForFunction((dark) => document.body.dataset.jpThemeLight === String(!dark), theme.endsWith('Dark'));
        const { violations } = await new AxeBuilder({ page }).include(PANEL).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      }

      await name.focus();
      await page.evaluate(
        (content) =>
          (window as unknown as LabWindow).jupyterapp.serviceManager.contents.save('jobs/broken/profiler-report.json', {
            type: 'file',
            format: 'text',
            content,
          }),
        JSON.stringify(sampleReport),
      );
      await report(page, 'jobs/broken').locator('.profiler-report-panel-count').first().waitFor();
      // What did not change stays as it was, unfolded and with the focus.
      expect([
        await name.getAttribute('aria-expanded'),
        await name.evaluate((element) => element === document.activeElement),
      ]).toEqual(['true', true]);

      await execute(page, 'filebrowser:go-to-path', { path: 'elsewhere', dontShowBrowser: true });
      await page.locator(`${PANEL} [role=status]`).filter({ hasText: 'No profiling reports below this folder.' }).waitFor();
      expect(await page.locator(`${PANEL} li`).count()).toBe(0);
    } finally {
      await lab.close();
    }
  });

  test('looks at a bounded number of folders, says so, and stops when it is hidden', async () => {
    const text = JSON.stringify(sampleReport);
    const files: Record<string, string> = {};
    for (let i = 0; i < 200; i++) files[`some/job ${i}/profiler-report.json`] = text;
    for (let i = 0; i < 500; i++) files[`many/${i}/notes.txt`] = '';
    const lab = await startLab({ files });
    try {
      const page = await lab.open('lab/tree/some');
      await showPanel(page);
      expect(await page.locator(`${PANEL} [role=status]`).innerText()).toBe('200 reports below this folder.');
      expect(await page.locator('.profiler-report-panel-name').count()).toBe(200);
      await execute(page, 'filebrowser:go-to-path', { path: 'many' });
      await showPanel(page);
      expect(await page.locator(`${PANEL} [role=status]`).innerText()).toContain(
        'Not all folders were looked at, only the 400 nearest',
      );

      await page.locator(`${PANEL} button`, { hasText: 'Refresh' }).click();
      await execute(page, 'filebrowser:activate');
      await page.waitForTimeout(300);
      const asked = lab.requests.length;
      await execute(page, 'filebrowser:go-to-path', { path: 'some' });
      await page.waitForTimeout(1500);
      expect(lab.requests.slice(asked).filter((url) => /api\/contents\/(many|some)\/./.test(url))).toEqual([]);
    } finally {
      await lab.close();
    }
  });

  test.each<Flavour>(['lab42', 'notebook'])('is there in %s where it has a side area, without an error', async (flavour) => {
    const lab = await startLab({ flavour, files: below('job', await madeFrom('c01', ['json'])) });
    try {
      const page = await lab.open();
      const errors: string[] = [];
      // Notebook 7 has an error of its own in its settings.
      page.on('pageerror', ({ stack = '' }) => stack.includes('profiler-report') && errors.push(stack));
      await showPanel(page);
      expect(await report(page, 'job').locator('.profiler-report-panel-count').first().innerText()).toBe('5 issues');
      expect(errors).toEqual([]);
    } finally {
      await lab.close();
    }
  });
});
