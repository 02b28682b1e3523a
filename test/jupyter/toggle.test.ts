import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOpened, requestUrl } from '../../src/beacon/payload.ts';
import { readKept } from '../../src/consent/inputs.ts';
import { plainJson } from '../../src/consent/plain-json.ts';
import { VERSION } from '../../src/model/version.ts';
import { html } from '../../src/writers/html.ts';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { reportOf } from '../judged.ts';
import { optedOut, servicePage } from '../opt-out/reports.ts';
import { ruleFile } from '../rule-file.ts';
import { ARN, asking, smallNotebook } from '../writers/notebook-cell.ts';
import { hasLab, type Lab, startLab } from './lab.ts';
import { BUCKET, CALL, SERVICE_ARN, serviceNotebook } from './service-notebook.ts';
import { answer, openNotebook, startCommand } from './toggle-page.ts';

const OPTED_OUT = 'setup_profiler_report(processing_job_arn, opt_out=True)';
const OPTED_IN = 'setup_profiler_report(processing_job_arn, opt_out=False)';
const OFF = /^Off: the notebook says opt_out=True\.$/;

// Each goes on from what the one before it left: a lab is slow to start.
describe.skipIf(!hasLab)('the switch in the toolbar', () => {
  let lab: Lab;
  let page: Page;
  let receiver: BeaconReceiver;

  beforeAll(async () => {
    receiver = await beaconReceiver();
    const usage = asking(receiver.url);
    const ours = await smallNotebook(usage);
    lab = await startLab({
      files: {
        'ours.ipynb': ours,
        'again.ipynb': ours,
        'silent.ipynb': await smallNotebook(),
        'service.ipynb': serviceNotebook(),
        'fast.ipynb': serviceNotebook(),
        'right.ipynb': serviceNotebook(),
        'keys.ipynb': serviceNotebook(),
        'typed.ipynb': serviceNotebook(),
        'beside/report.ipynb': ours,
        'beside/report.html': html(await reportOf({ LoadBalancing: ruleFile('LoadBalancing', {}) }), usage),
        'beside/profiler-report.html': servicePage(),
        'foreign.ipynb': serviceNotebook({ call: 'print("setup_profiler_report")' }).replaceAll(
          'import setup_profiler',
          'import other',
        ),
      },
    });
    page = await lab.open();
  });

  afterAll(async () => {
    if (!lab) return receiver?.close();
    const own = new URL(lab.url).origin.replace('localhost', '127.0.0.1');
    const elsewhere = lab.requests.filter((url) => new URL(url).origin.replace('localhost', '127.0.0.1') !== own);
    const received = receiver.received();
    await lab.close();
    await receiver.close();
    expect({ elsewhere, received }).toEqual({ elsewhere: [], received: [] });
  });

  test("of the service's notebook says that it tells, and stops it by one edit that can be undone", async () => {
    const service = await openNotebook(page, 'service.ipynb');
    await service.shows(true, new RegExp(`^On: running this notebook tells ${BUCKET} and asks nobody\\.$`));
    await service.call('save');
    // What follows the cells, Jupyter itself writes anew once a kernel runs.
    const saved = async () => (await readFile(join(lab.root, 'service.ipynb'), 'utf8')).split('\n "metadata": {')[0];
    const before = await saved();
    const [cells, trusted] = [await service.call<{ source: string }[]>('cells'), await service.call('trusted')];

    await service.toggle.click();
    await service.shows(false, OFF);
    const change = ({ source }: { source: string }) => source.replace(CALL, OPTED_OUT);
    expect(await service.call('cells')).toEqual(cells.map((cell) => ({ ...cell, source: change(cell) })));
    expect(await service.call('trusted')).toEqual(trusted);
    await service.call('save');
    expect(await saved()).toBe(before?.replace(CALL, OPTED_OUT));

    await service.call('undo');
    await service.shows(true, /^On: running/);
    expect(await service.call('cells')).toEqual(cells);
    await service.call('redo');
    await service.shows(false, OFF);
    await service.call('save');
  });

  test('asks before it is on again, with the whole request, and is on after a yes alone', async () => {
    const service = await openNotebook(page, 'service.ipynb');
    await service.toggle.click();
    const asked = await answer(page, 'Not now');
    expect(asked).toContain(`${BUCKET}?x-artifact-id=profiler_report_v1&x-arn=${SERVICE_ARN}`);
    expect(asked).toContain('service.ipynb');
    await service.shows(false, OFF);
    await service.toggle.click();
    await answer(page, /^Always/);
    await service.shows(true, /^On: running/);
    expect(await service.call('source')).toContain(`\n${OPTED_IN}`);
  });

  test("of our notebook follows the viewer's answer, which is kept in the lab and nowhere else", async () => {
    const ours = await openNotebook(page, 'ours.ipynb');
    await ours.shows(false, /^Off: you said yes to another endpoint\./);
    const source = await ours.call<string>('source');
    await ours.toggle.click();
    expect(await answer(page, /^Always/)).toContain(requestUrl(receiver.url, reportOpened(VERSION, ARN)));
    await ours.shows(true, new RegExp(`^On: you said yes\\. Running this notebook tells ${receiver.url}`));
    await startCommand(page, 'profiler-report:show-usage-decision');
    expect(await answer(page, 'Close')).toContain('ours.ipynb');
    expect(await ours.call('source')).toBe(source);
    const kept = await readFile(join(lab.settingsFolder, 'plugin.jupyterlab-settings'), 'utf8');
    const { choices } = readKept(plainJson(kept));
    expect(choices.map(({ endpoint, answer: said }) => [endpoint, said])).toEqual([
      [BUCKET, 'granted'],
      [receiver.url, 'granted'],
    ]);

    await ours.toggle.click();
    await ours.shows(false, OFF);
    expect(await ours.call('source')).toBe(source.replace(`\n${OPTED_IN}`, `\n${OPTED_OUT}`));
    // The yes is kept, and it is asked all the same.
    await ours.toggle.click();
    await answer(page, /^Always/);
    await ours.shows(true, /^On: you said yes\./);
    expect(await ours.call('source')).toBe(source);
  });

  test('of two notebooks side by side shows the state of each, in two views of one notebook the same', async () => {
    const ours = await openNotebook(page, 'ours.ipynb');
    const view = await openNotebook(page, 'ours.ipynb', 'split-right', 'docmanager:clone');
    const service = await openNotebook(page, 'right.ipynb', 'split-bottom');
    await view.shows(true, /^On: you said yes/);
    await ours.toggle.click();
    for (const one of [ours, view]) await one.shows(false, OFF);
    await service.shows(true, /^On: running/);
    await view.toggle.click();
    // A no holds for all, also for those that were on.
    await answer(page, 'Never');
    await service.shows(true, /asks nobody, also where you said no\.$/);
    const again = await openNotebook(page, 'again.ipynb');
    await again.shows(false, /^Off: you said no\.$/);
  });

  test('is one step of the history of its cell, however fast one types', async () => {
    const fast = await openNotebook(page, 'fast.ipynb');
    await fast.shows(true, /^On/);
    const source = await fast.call<string>('source');
    await fast.call({ source: `${source}\n# typed` });
    await fast.toggle.click();
    await fast.shows(false, OFF);
    await fast.call({ source: `${source}\n# more` });
    const before = [`${source.replace(CALL, OPTED_OUT)}\n# typed`, `${source}\n# typed`, source];
    for (const expected of before) {
      await fast.call('undo');
      expect(await fast.call('source')).toBe(expected);
    }
  });

  test('follows what is typed, reverted, and changed by hand', async () => {
    const typed = await openNotebook(page, 'typed.ipynb');
    await typed.shows(true, /^On/);
    const line = typed.panel.locator('.cm-line', { hasText: CALL.slice(0, -1) }).first();
    await line.click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(', opt_out=');
    await typed.shows(
      true,
      /^Changed by hand or made by another version, so it is left alone: .* gives opt_out no value\. It may tell somebody\.$/,
    );
    expect((await typed.state()).disabled).toBe('true');
    const source = await typed.call('source');
    await typed.toggle.click({ force: true });
    expect(await typed.call('source')).toBe(source);
    await page.keyboard.press('Escape');
    await line.click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('True');
    await typed.shows(false, OFF);
    await typed.call('revert');
    await typed.shows(true, /^On/);
  });

  test('is worked by the keyboard, and says its name, state and reason', async () => {
    const keys = await openNotebook(page, 'keys.ipynb');
    await keys.shows(true, /^On/);
    await keys.toggle.focus();
    await page.keyboard.press('Space');
    await keys.shows(false, OFF);
    const { violations } = await new AxeBuilder({ page })
      .include('.jp-NotebookPanel:not(.lm-mod-hidden) .profiler-report-toggle')
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html: node }) => node)])).toEqual([]);
    await page.keyboard.press('Enter');
    await answer(page, 'Not now');
    await keys.shows(false, OFF);
  });

  test('is not to be seen in other notebooks, and cannot be flipped where there is nothing to flip', async () => {
    const silent = await openNotebook(page, 'silent.ipynb');
    await silent.shows(false, /^Off: this notebook holds no code that could tell anybody\.$/);
    expect((await silent.state()).disabled).toBe('true');
    const foreign = await openNotebook(page, 'foreign.ipynb');
    await foreign.panel.locator('.jp-Cell:visible').first().waitFor();
    expect(await foreign.panel.locator('.profiler-report-toggle').boundingBox()).toBeNull();
    await foreign.call({ source: '' });
  });

  test('offers to take the beacon out of the pages beside the notebook', async () => {
    const read = () =>
      Promise.all(['report', 'profiler-report'].map((name) => readFile(join(lab.root, `beside/${name}.html`), 'utf8')));
    const before = await read();
    const report = await openNotebook(page, 'beside/report.ipynb');
    const switchedOff = async (choice: string) => {
      await report.toggle.click();
      await answer(page, /^Always/);
      await report.shows(true, /^On/);
      await report.toggle.click();
      await report.shows(false, OFF);
      return answer(page, choice);
    };
    expect(await switchedOff('Leave as it is')).toMatch(
      /Beside it, (profiler-)?report\.html and (profiler-)?report\.html can still/,
    );
    expect(await read()).toEqual(before);
    await switchedOff('Take out');
    await expect.poll(read, { timeout: 20_000 }).toEqual(before.map((text, i) => optedOut(`${i}.html`, text).text));
    // There is nothing more to offer.
    await report.toggle.click();
    await answer(page, /^Always/);
    await report.shows(true, /^On/);
    const looked = page.waitForResponse(/\/profiler-report\.html/);
    await report.toggle.click();
    await report.shows(false, OFF);
    await looked;
    expect(await page.locator('.jp-Dialog').count()).toBe(0);
  });
});
