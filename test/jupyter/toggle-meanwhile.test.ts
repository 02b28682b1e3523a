import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Notebook } from '../notebooks.ts';
import { optedOut, servicePage } from '../opt-out/reports.ts';
import { asking, smallNotebook } from '../writers/notebook-cell.ts';
import { hasLab, startLab } from './lab.ts';
import { serviceNotebook } from './service-notebook.ts';
import { answer, openedNotebook, openNotebook } from './toggle-page.ts';

const SCRIPTS = '**/extensions/profiler-report-jupyterlab/**';
const ENDPOINT = 'https://stats.example.org/count';

/** With one more cell of code. */
function withCell(notebook: string, source: string): string {
  const content: Notebook = JSON.parse(notebook);
  const cell = { id: 'more', cell_type: 'code', metadata: {}, source, execution_count: null, outputs: [] };
  return JSON.stringify({ ...content, cells: [...content.cells, cell] });
}

describe.skipIf(!hasLab)('the switch in the toolbar', () => {
  test('follows what happens elsewhere meanwhile: in another cell, another window, a page beside it, the server', async () => {
    const ours = await smallNotebook(asking(ENDPOINT));
    const lab = await startLab({
      files: {
        'ours.ipynb': ours,
        'again.ipynb': ours,
        'named.ipynb': withCell(ours, '_send = print'),
        'service.ipynb': serviceNotebook(),
        'profiler-report.html': servicePage(),
      },
    });
    try {
      const page = await lab.open();
      const named = await openNotebook(page, 'named.ipynb');
      await named.shows(true, /^Changed by hand .* _send is named outside of the marks\. It may tell somebody\.$/);

      // What is loaded when it is first used cannot be.
      const service = await openNotebook(page, 'service.ipynb');
      await service.shows(true, /^On/);
      await page.route(SCRIPTS, (route) => route.abort());
      await service.toggle.click();
      await page.locator('.Toastify__toast', { hasText: 'could not be switched over' }).waitFor();
      await service.shows(true, /^On/);
      await page.unroute(SCRIPTS);

      const here = await openNotebook(page, 'ours.ipynb');
      await here.shows(false, /^Off: you have not said yes/);
      const window = await page.context().newPage();
      await window.goto(`${lab.url}lab/workspaces/other/tree/again.ipynb`);
      const there = await openedNotebook(window);
      await there.shows(false, /^Off: you have not said yes/);
      await there.toggle.click();
      await answer(window, /^Always/);
      await here.shows(true, /^On: you said yes/);
      await window.close();

      await openNotebook(page, 'service.ipynb');
      await service.toggle.click();
      const dialog = page.locator('.jp-Dialog', { hasText: 'Beside it, profiler-report.html can still' });
      await dialog.waitFor();
      const anew = servicePage().replace('<body>', '<body><h1>Made anew</h1>');
      const path = join(lab.root, 'profiler-report.html');
      await writeFile(path, anew);
      await answer(page, 'Take out');
      await expect.poll(() => readFile(path, 'utf8'), { timeout: 20_000 }).toBe(optedOut('a.html', anew).text);
    } finally {
      await lab.close();
    }
  });
});
