import { expect, test } from 'vitest';
import { launchChromium } from '../browser.ts';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { execute, hasLab } from './lab.ts';
import { liteSite } from './lite-site.ts';

test.skipIf(!hasLab)('in JupyterLite, without any server, a report is made of a folder and opened', async () => {
  const job = [...ruleFiles(exampleJob)].map(([name, text]) => [`job/profiler-reports/${name}`, text] as const);
  const site = await liteSite(Object.fromEntries(job));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const requests: string[] = [];
    page.context().on('request', (request) => requests.push(request.url()));
    await page.goto(`${site.url}lab/index.html`);
    await page.waitForFunction(() => 'jupyterapp' in window);
    await page.evaluate(() => (window as unknown as { jupyterapp: { restored: Promise<void> } }).jupyterapp.restored);

    const made = await execute<{ written: string[] }>(page, 'profiler-report:generate', { path: 'job' });
    expect(made.written).toEqual(expect.arrayContaining(['job/profiler-report.html', 'job/profiler-report.ipynb']));
    await page.locator('.lm-TabBar-tabLabel', { hasText: 'profiler-report.html' }).waitFor();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/lite.png` });
    expect(requests.filter((url) => !url.startsWith(site.url) && !/^(data|blob):/.test(url))).toEqual([]);
  } finally {
    await browser.close();
    await site.close();
  }
});
