import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { notebook } from '../../src/writers/notebook.ts';
import { beaconReceiver } from '../beacon-receiver.ts';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { timeReport } from '../fixtures/time-report.ts';
import { reportOf } from '../judged.ts';
import { foreignNotebook, hostileFigure } from './foreign-notebook.ts';
import { execute, type Flavour, hasLab, type Lab, startLab } from './lab.ts';
import { otherRenderer } from './other-renderer.ts';

const MIME = 'application/vnd.plotly.v1+json';
const CHART = '.profiler-report-chart';
const DRAWN = `${CHART}:has(.main-svg)`;

interface Outputs {
  readonly length: number;
  set(index: number, output: object): void;
  clear(): void;
}
interface LabWindow {
  readonly jupyterapp: {
    readonly shell: {
      readonly currentWidget: {
        readonly content: {
          readonly widgets: readonly {
            readonly node: Element;
            readonly model: { readonly trusted: boolean; readonly outputs?: Outputs };
          }[];
        };
      };
    };
  };
  readonly profilerReportPlotly?: { readonly plotly: { newPlot(element: Element, figure: unknown): Promise<unknown> } };
}

async function ownNotebook(): Promise<string> {
  const files = Object.fromEntries([...ruleFiles(exampleJob)].map(([name, text]) => [name.replace('.json', ''), text]));
  return notebook(await reportOf(files));
}

function openNotebook(lab: Lab, flavour: Flavour, path: string): Promise<Page> {
  return lab.open(flavour === 'notebook' ? `notebooks/${path}` : `lab/tree/${path}`);
}

/** Addresses of the files of the extension, asked for so far, that are as large as plotly. */
async function largeFiles({ requests }: Lab): Promise<string[]> {
  const sizes = requests
    .filter((url) => url.includes('extensions/profiler-report-jupyterlab'))
    .map(async (url) => ({ url, size: (await (await fetch(url)).arrayBuffer()).byteLength }));
  return (await Promise.all(sizes)).filter(({ size }) => size > 300_000).map(({ url }) => url);
}

/** Scrolls through the notebook in front, so that every cell was in view, and waits until every chart is drawn. */
async function scrollThrough(page: Page): Promise<void> {
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
  await page.locator(CHART).first().waitFor({ state: 'attached' });
  await page.waitForFunction(
    () => /Idle|No Kernel/.test(document.body.innerText) || document.querySelector('[data-status=idle]'),
  );
  await page.mouse.move(800, 500);
  for (let still = 0, before = -1; still < 5; ) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(100);
    const at = await page.evaluate(() => {
      const scrolled = [...document.querySelectorAll('.jp-WindowedPanel-outer, .jp-Notebook')].map(({ scrollTop }) => scrollTop);
      return Math.max(...scrolled);
    });
    still = at === before ? still + 1 : 0;
    before = at;
  }
}

/** A small machine takes its time. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

describe.skipIf(!hasLab)('charts of a notebook', () => {
  test('are drawn where nobody trusts it, once they are seen, and follow the lab', async () => {
    const lab = await startLab({ files: { 'a/report.ipynb': await ownNotebook() } });
    try {
      const page = await openNotebook(lab, 'lab', 'a/report.ipynb');
      const errors: string[] = [];
      page.on('pageerror', ({ stack = '' }) => errors.push(stack));
      await page.locator(CHART).first().waitFor({ state: 'attached' });
      expect(await page.evaluate(() => 'profilerReportPlotly' in window)).toBe(false);
      expect(await largeFiles(lab)).toEqual([]);
      await scrollThrough(page);
      const charts = await page.locator(CHART).count();
      expect(charts).toBeGreaterThan(10);
      await soon(() => page.locator(DRAWN).count()).toBe(charts);
      expect(await largeFiles(lab)).toHaveLength(1);
      const trusted = await page.evaluate(() =>
        (window as unknown as LabWindow).jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => model.trusted),
      );
      expect(trusted).not.toContain(true);

      const last = page.locator(DRAWN).last();
      await last.scrollIntoViewIfNeeded();
      const box = await last.locator('.main-svg').first().boundingBox();
      if (!box) throw new Error('no chart in view');
      for (let x = 0.05; x < 1 && (await last.locator('.hovertext').count()) === 0; x += 0.05) {
        await page.mouse.move(box.x + box.width * x, box.y + box.height / 2, { steps: 3 });
        await page.waitForTimeout(80);
      }
      expect(await last.locator('.hovertext').count()).toBeGreaterThan(0);
      expect(
        await last.locator('.modebar a, a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')).filter(Boolean)),
      ).toEqual([]);

      const fill = async () => {
        await last.scrollIntoViewIfNeeded(); // a chart out of view is drawn anew when it comes into view
        return last
          .locator('.xtick text')
          .first()
          .evaluate((text) => getComputedStyle(text).fill);
      };
      const light = await fill();
      await execute(page, 'apputils:change-theme', { theme: 'JupyterLab Dark' });
      await soon(fill).not.toBe(light);

      const width = (selector: string) =>
        last
          .locator(selector)
          .first()
          .evaluate((element) => element.getBoundingClientRect().width);
      const narrow = await width('.main-svg');
      await execute(page, 'application:toggle-left-area');
      await soon(async () => (await width('.main-svg')) > narrow + 100).toBe(true);
      await soon(async () => Math.abs((await width('.main-svg')) - (await width('.js-plotly-plot'))) < 2).toBe(true);
      expect(errors.filter((stack) => stack.includes('profiler-report'))).toEqual([]);
    } finally {
      await lab.close();
    }
  });

  test('are drawn anew where a cell runs again, and leave nothing behind', async () => {
    const lab = await startLab({ files: { 'a/time.ipynb': notebook(timeReport()) } });
    try {
      const page = await openNotebook(lab, 'lab', 'a/time.ipynb');
      await page.locator(CHART).first().waitFor({ state: 'attached' });
      await page.locator(CHART).first().scrollIntoViewIfNeeded();
      await page.locator(DRAWN).first().waitFor();
      const held = await page.locator(`${CHART} .js-plotly-plot`).first().elementHandle();
      const isHeldLive = () => held?.evaluate((element) => '_fullLayout' in element && element._fullLayout !== undefined);
      expect(await isHeldLive()).toBe(true);

      const rerun = (times: number) =>
        page.evaluate(
          async ([mime, count]) => {
            const { widgets } = (window as unknown as LabWindow).jupyterapp.shell.currentWidget.content;
            const outputs = widgets.find(({ node }) => node.querySelector('.profiler-report-chart'))?.model.outputs;
            for (let i = 1; outputs && i <= Number(count); i++) {
              const figure = { data: [{ type: 'bar', y: [i, 1] }], layout: { height: 200, title: { text: `run ${i}` } } };
              outputs.set(0, { output_type: 'display_data', metadata: {}, data: { [mime as string]: figure } });
              await new Promise((done) => setTimeout(done, 20));
            }
          },
          [MIME, times] as const,
        );
      await rerun(20);
      const again = page.locator(DRAWN, { hasText: 'run 20' });
      await again.waitFor();
      expect(await again.locator('.main-svg').count()).toBe(3);

      await page.evaluate(() => {
        const { widgets } = (window as unknown as LabWindow).jupyterapp.shell.currentWidget.content;
        for (const { model } of widgets) model.outputs?.clear();
      });
      await soon(() => page.locator(CHART).count()).toBe(0);
      expect(await isHeldLive()).toBe(false);
    } finally {
      await lab.close();
    }
  });

  test('of others fall back to what else the output holds, and ask nobody for anything', async () => {
    const receiver = await beaconReceiver();
    const threeD = { [MIME]: { data: [{ type: 'scatter3d', x: [1], y: [1], z: [1] }], layout: {} } };
    const breaking = {
      [MIME]: { data: [{ type: 'bar', y: [1] }], layout: { xaxis: 7, yaxis: null, annotations: 'x', shapes: {} } },
    };
    const hostile = hostileFigure(receiver.url);
    const lab = await startLab({
      files: {
        'foreign.ipynb': foreignNotebook([
          { ...threeD, 'text/html': '<b>the same as html</b>', 'text/plain': 'the same as text' },
          { ...threeD, 'text/plain': 'only as text' },
          threeD,
          { [MIME]: hostile },
          { [MIME]: { data: [{ y: Array(600_000).fill(1) }] }, 'text/plain': 'too many points' },
          breaking,
          {
            [MIME]: {
              data: [{ type: 'scatter', mode: 'markers', x: [1, 2], y: [1, 2] }],
              layout: { template: { layout: { plot_bgcolor: '#fff' } } },
            },
          },
        ]),
      },
    });
    try {
      const page = await openNotebook(lab, 'lab', 'foreign.ipynb');
      const cell = (at: number) => page.locator('.jp-Notebook .jp-CodeCell').nth(at).locator('.jp-OutputArea-output');
      await cell(0).locator('b', { hasText: 'the same as html' }).waitFor();
      expect(await cell(1).innerText()).toBe('only as text');
      expect(await cell(2).innerText()).toBe('This figure needs the plotly trace “scatter3d”; it is not drawn here.');
      await cell(3).locator('.main-svg').first().waitFor();
      const bar = cell(3).locator('.bars path').first();
      await bar.hover({ force: true });
      await cell(3).locator('.updatemenu-button').first().click({ force: true });
      expect(
        await cell(3)
          .locator('a')
          .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? a.getAttribute('xlink:href')).filter(Boolean)),
      ).toEqual([]);
      await scrollThrough(page);
      expect(await cell(4).innerText()).toBe('too many points');
      await soon(() => cell(6).locator('.main-svg').count()).toBe(3);
      await page.waitForTimeout(500);
      expect(receiver.received()).toEqual([]);

      // The same figure as plotly itself draws it does ask: what stood in its way is what was taken out.
      await page.evaluate(
        async (figure) => {
          const element = document.body.appendChild(document.createElement('div'));
          await (window as unknown as LabWindow).profilerReportPlotly?.plotly.newPlot(element, {
            ...figure,
            layout: { ...figure.layout, images: [{}] },
          });
        },
        hostile as { layout: object },
      );
      await soon(() => receiver.received().map(({ url }) => url)).toContain(`${receiver.url}image.png`);
    } finally {
      await lab.close();
      await receiver.close();
    }
  });

  test.each<Flavour>(['lab42', 'notebook'])('are drawn in %s', async (flavour) => {
    const lab = await startLab({ flavour, files: { 'a/report.ipynb': await ownNotebook() } });
    try {
      const page = await openNotebook(lab, flavour, 'a/report.ipynb');
      await scrollThrough(page);
      await soon(() => page.locator(DRAWN).count()).toBeGreaterThan(0);
    } finally {
      await lab.close();
    }
  });

  test.each(['early', 'late'] as const)('are left to another renderer that registers %s', async (when) => {
    const folder = await otherRenderer(when);
    const args = [`--LabApp.extra_labextensions_path=${folder}`];
    const lab = await startLab({ files: { 'a/report.ipynb': await ownNotebook() }, args });
    try {
      const page = await lab.open();
      await soon(() => page.evaluate(() => (window as { otherCameFirst?: boolean }).otherCameFirst)).toBe(when === 'early');
      await execute(page, 'docmanager:open', { path: 'a/report.ipynb' });
      await page.getByText('drawn by the other').first().waitFor();
      expect(await page.locator(CHART).count()).toBe(0);
    } finally {
      await lab.close();
      await rm(folder, { recursive: true });
    }
  });
});
