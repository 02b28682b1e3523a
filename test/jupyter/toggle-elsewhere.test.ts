import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { answered, asking, smallNotebook } from '../writers/notebook-cell.ts';
import { execute, type Flavour, hasLab, startLab } from './lab.ts';
import { serviceNotebook } from './service-notebook.ts';
import { answer, openedNotebook, openNotebook } from './toggle-page.ts';

const ENDPOINT = 'https://stats.example.org/count';
const OFF = /^Off: the notebook says opt_out=True\.$/;
const COMMAND = 'profiler-report:toggle-usage-statistics';
const shots = process.env.SCREENSHOTS;

/** What the palette and menus would show of the command. */
const command = (page: Page) =>
  page.evaluate((id) => {
    const { commands } = (window as unknown as { jupyterapp: { commands: Record<string, (id: string) => boolean> } }).jupyterapp;
    return ['isVisible', 'isEnabled', 'isToggled'].map((name) => commands[name]?.(id));
  }, COMMAND);

describe.skipIf(!hasLab)('the switch in the toolbar', () => {
  test.each<Flavour>(['lab42', 'notebook'])('works in %s', async (flavour) => {
    const lab = await startLab({ flavour, files: { 'service.ipynb': serviceNotebook() } });
    try {
      const page = await lab.open(flavour === 'notebook' ? 'notebooks/service.ipynb' : 'lab/tree/service.ipynb');
      const service = await openedNotebook(page);
      await service.shows(true, /^On: running this notebook/);
      await service.toggle.click();
      await service.shows(false, OFF);
      if (shots) await page.screenshot({ path: `${shots}/${flavour}.png` });
      await service.toggle.click();
      await answer(page, /^Always/);
      await service.shows(true, /^On: running this notebook/);
    } finally {
      await lab.close();
    }
  });

  test('is in the palette for the notebook in front, in the menu of a narrow toolbar, and there again after a reload', async () => {
    const files = {
      'service.ipynb': serviceNotebook(),
      'other.ipynb': serviceNotebook({ call: '' }).replace('import setup_profiler', 'import other'),
    };
    const lab = await startLab({ files: { ...files, 'a.txt': 'a' } });
    try {
      const page = await lab.open();
      expect(await command(page)).toEqual([false, false, false]);
      const service = await openNotebook(page, 'service.ipynb');
      await service.shows(true, /^On/);
      expect(await command(page)).toEqual([true, true, true]);
      await openNotebook(page, 'other.ipynb');
      expect(await command(page)).toEqual([false, false, false]);

      await openNotebook(page, 'service.ipynb');
      await execute(page, 'filebrowser:open-path', { path: 'a.txt' });
      await page.locator('.jp-FileEditor').waitFor();
      expect(await command(page)).toEqual([false, false, false]);
      await openNotebook(page, 'service.ipynb');
      await page.keyboard.press('Control+Shift+C');
      const item = page.locator('.lm-CommandPalette-item', { hasText: 'Usage statistics of this report' });
      await page.keyboard.type('usage statistics of');
      await item.waitFor();
      if (shots) await page.screenshot({ path: `${shots}/palette.png` });
      await page.keyboard.press('Enter');
      await service.shows(false, OFF);
      expect(await command(page)).toEqual([true, true, false]);

      await page.setViewportSize({ width: 640, height: 600 });
      const opener = service.panel.locator('.jp-Toolbar-responsive-opener button, .jp-Toolbar-responsive-opener').first();
      await opener.click();
      const moved = page.locator('.jp-Toolbar-responsive-popup').getByRole('switch', { name: 'Usage statistics' });
      await moved.waitFor();
      if (shots) await page.screenshot({ path: `${shots}/narrow.png` });
      await moved.click();
      await answer(page, 'Not now');
      await page.setViewportSize({ width: 1440, height: 900 });
      await service.call('save');

      await page.goto(`${lab.url}lab/tree/service.ipynb`);
      await (await openedNotebook(page)).shows(false, OFF);
    } finally {
      await lab.close();
    }
  });

  test("keeps an administrator's no", async () => {
    const lab = await startLab({
      files: { 'ours.ipynb': await smallNotebook(asking(ENDPOINT)), 'service.ipynb': serviceNotebook() },
      overrides: { usageStatistics: { optOut: true } },
    });
    try {
      const page = await lab.open();
      const ours = await openNotebook(page, 'ours.ipynb');
      await ours.shows(false, /^Off: an administrator or the project has switched usage statistics off\.$/);
      expect((await ours.state()).disabled).toBe('true');
      await ours.toggle.click({ force: true });
      expect(await page.locator('.jp-Dialog').count()).toBe(0);
      const service = await openNotebook(page, 'service.ipynb');
      await service.shows(true, /asks nobody, also where an administrator/);
      await service.toggle.click();
      await service.shows(false, /cannot be switched on: an administrator/);
    } finally {
      await lab.close();
    }
  });

  test('stays as it is where the file cannot be written', async () => {
    const lab = await startLab({
      files: { 'ours.ipynb': await smallNotebook(asking(ENDPOINT)) },
      settings: { choices: [answered('granted', ENDPOINT)] },
    });
    try {
      const page = await lab.open();
      // What a server says of a file that is not the viewer's; root may write all.
      await page.route('**/api/contents/ours.ipynb*', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), writable: false } });
      });
      const ours = await openNotebook(page, 'ours.ipynb');
      await ours.shows(true, /^On: you said yes\. .* This file cannot be written\.$/);
      expect((await ours.state()).disabled).toBe('true');
      const source = await ours.call('source');
      await ours.toggle.click({ force: true });
      await execute(page, 'apputils:change-theme', { theme: 'JupyterLab Dark' });
      await page.locator('body[data-jp-theme-light="false"]').waitFor({ state: 'attached' });
      if (shots) await page.screenshot({ path: `${shots}/dark.png` });
      expect(await ours.call('source')).toBe(source);
    } finally {
      await lab.close();
    }
  });
});
