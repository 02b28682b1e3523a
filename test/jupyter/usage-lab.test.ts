import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { JSHandle, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { IUsage } from '../../jupyter-extension/src/usage/token.ts';
import { hasPython } from '../notebooks.ts';
import { answered } from '../writers/notebook-cell.ts';
import { execute, hasLab, type Lab, openBeside, startLab } from './lab.ts';
import { asked, decision, ENDPOINT, kernelDecides, onDisk, QUESTION, settingsFile, usageService } from './usage-page.ts';

const OTHER = 'https://other.example/';
const settings = { usageStatistics: { endpoint: ENDPOINT } };

describe.skipIf(!hasLab)('usage statistics in a lab', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());
  beforeEach(() => {
    rmSync(settingsFile(lab), { force: true });
    writeFileSync(settingsFile(lab), JSON.stringify(settings));
  });
  const keep = ({ usage }: { usage: JSHandle<IUsage> }, answer: 'granted' | 'denied', endpoint: string) =>
    usage.evaluate((service, given) => service.keep(...given), [answer, endpoint, 1] as [typeof answer, string, number]);
  const opened = async () => {
    const page = await lab.open();
    return { page, usage: await usageService(page) };
  };

  test('the question names who is told and the exact request, and is closed without a yes', async () => {
    const { page, usage } = await opened();
    expect(await decision(usage)).toMatchObject({ allowed: false, source: 'no choice' });

    const first = await asked(page, usage);
    expect(await first.dialog.innerText()).toContain(`May ${ENDPOINT} be told that ${QUESTION.name} was opened?`);
    expect(await first.dialog.locator('b').first().innerText()).toBe('stats.example.org');
    expect(await first.dialog.locator('.jp-Dialog-body > code').innerText()).toBe(`GET ${QUESTION.url}`);
    await first.dialog.locator('summary').focus();
    await page.keyboard.press('Enter'); // opens what has the focus, and answers nothing
    expect(await first.dialog.innerText()).toContain('Sec-Fetch-Storage-Access');
    await page.keyboard.press('Escape');
    expect(await first.answer).toBe('later');

    for (const close of ['Enter', 'Escape', 'Space']) {
      const { dialog, button, answer } = await asked(page, usage);
      expect(await button('Not now').evaluate((node) => node === document.activeElement)).toBe(true);
      await page.keyboard.press(close);
      expect(await answer).toBe('later');
      await dialog.waitFor({ state: 'detached' });
    }
    expect(onDisk(lab)).toEqual([]);
    await page.context().close();
  });

  test('a yes needs a person who had time to see what it is to', async () => {
    const { page, usage } = await opened();
    // Two clicks of one hand: the second would fall on the question. Looked at by the page itself, however slow this machine is.
    const closed = page.evaluate(
      () =>
        new Promise((resolve) => {
          new MutationObserver((_, observer) => {
            const yes = [...document.querySelectorAll<HTMLButtonElement>('.profiler-report-usage button')].slice(-2);
            if (yes.length < 2) return;
            observer.disconnect();
            resolve(yes.map(({ disabled }) => disabled));
          }).observe(document.body, { childList: true, subtree: true });
        }),
    );
    const { button, answer } = await asked(page, usage, ['never', 'later', 'once', 'always']);
    expect(await closed).toEqual([true, true]);
    const always = button('Always for this endpoint');
    await page.waitForFunction(() => document.querySelectorAll('.profiler-report-usage button:disabled').length === 0);
    // What a script presses counts for nothing.
    await always.evaluate((node: HTMLElement) => {
      node.click();
      node.focus();
      node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    });
    expect(await always.isVisible()).toBe(true);
    await button('Send once').click();
    expect(await answer).toBe('once');
    expect(onDisk(lab)).toEqual([]);
    await page.context().close();
  });

  test('of two reports that ask at the same time the second asks only where the first left something to ask', async () => {
    const { page, usage } = await opened();
    const first = await asked(page, usage);
    const second = usage.evaluate((service, given) => service.ask(given, ['never', 'later']), QUESTION);
    await first.button('Never').click();
    expect([await first.answer, await second]).toEqual(['never', 'later']);
    await first.dialog.waitFor({ state: 'detached' });

    await usage.evaluate((service) => service.forget());
    const [third, fourth] = [
      await asked(page, usage),
      usage.evaluate((service, given) => service.ask(given, ['later']), QUESTION),
    ];
    await third.button('Not now').click();
    await page.locator('.profiler-report-usage').getByRole('button', { name: 'Not now' }).click();
    expect([await third.answer, await fourth]).toEqual(['later', 'later']);
    await page.context().close();
  });

  test.skipIf(!hasPython)('an answer is kept with its date where notebooks read it', async () => {
    const { page, usage } = await opened();
    expect(kernelDecides(lab)).toMatchObject([false, 'nobody to ask', expect.anything()]);
    for (const [name, answer, allowed] of [
      ['Always for this endpoint', 'always', true],
      ['Never', 'never', false],
      ['Always for this endpoint', 'always', true],
    ] as const) {
      const question = await asked(page, usage, ['always', 'never', 'later']);
      expect(await question.button('Send once').count()).toBe(0);
      await question.button(name).click();
      expect(await question.answer).toBe(answer);
      expect(kernelDecides(lab).slice(0, 2)).toEqual([allowed, 'choice']);
      expect(await decision(usage)).toMatchObject({ allowed, source: 'choice' });
    }
    const [{ date } = { date: '' }] = (await usage.evaluate((service) => service.settings)).choices;
    expect(Math.abs(Date.now() - Date.parse(date))).toBeLessThan(60_000);
    expect(lab.requests.filter((url) => !url.startsWith(lab.url))).toEqual([]);
    await page.context().close();
  });

  test('windows side by side follow each other, and lose nothing of what is kept at the same time', async () => {
    const one = await opened();
    const two = { usage: await usageService(await openBeside(one.page)) };
    for (let i = 0; i < 5; i++) {
      await one.usage.evaluate((service) => service.forget());
      await Promise.all([keep(one, 'granted', ENDPOINT), keep(two, 'granted', OTHER)]);
      expect(onDisk(lab).sort()).toEqual([`granted ${OTHER}`, `granted ${ENDPOINT}`]);
    }
    await keep(one, 'denied', '');
    await expect.poll(() => decision(two.usage)).toMatchObject({ allowed: false, reason: 'you said no' });
    await one.page.context().close();
  });

  test('what one tab keeps, another neither loses nor overlooks', async () => {
    const [one, two] = [await opened(), await opened()];
    await keep(one, 'granted', ENDPOINT);
    await keep(two, 'granted', OTHER);
    expect(onDisk(lab)).toEqual([`granted ${ENDPOINT}`, `granted ${OTHER}`]);

    await two.usage.evaluate((service) => service.refresh());
    expect(await decision(two.usage)).toMatchObject({ allowed: true });
    await keep(one, 'denied', '');
    await two.usage.evaluate((service) => service.refresh());
    expect(await decision(two.usage)).toMatchObject({ allowed: false, reason: 'you said no' });

    // A yes to a question that was open while the other tab said no.
    await one.usage.evaluate((service) => service.forget());
    const question = await asked(two.page, two.usage);
    await keep(one, 'denied', '');
    await question.button('Always for this endpoint').click();
    expect(await question.answer).toBe('later');
    await two.page.getByText('Usage statistics stay off: you said no.').waitFor();
    expect(onDisk(lab)).toEqual(['denied ']);
    await Promise.all([one.page.context().close(), two.page.context().close()]);
  });

  test('the whole decision is shown as it is, and answers are forgotten at once', async () => {
    writeFileSync(settingsFile(lab), JSON.stringify({ ...settings, choices: [answered('granted', ENDPOINT)] }));
    const { page, usage } = await opened();
    await usage.evaluate((service, about) => {
      service.addInFront(() => ({ ...about, name: 'mine.ipynb', optOut: true }));
    }, QUESTION);
    const changes = await usage.evaluateHandle((service) => {
      const seen: number[] = [];
      service.changed.connect(({ settings }) => void seen.push(settings.choices.length));
      return seen;
    });
    void execute(page, 'profiler-report:show-usage-decision').catch(() => {});
    const dialog = page.locator('.profiler-report-usage');
    await dialog.getByText(`In front, mine.ipynb: ${ENDPOINT} is not told: the notebook says opt_out=True.`).waitFor();
    expect(await dialog.locator('tbody tr').allInnerTexts()).toContainEqual(
      expect.stringContaining(`Your answer\tyes, to ${ENDPOINT}, version 1 of what is sent`),
    );
    const forget = dialog.getByRole('button', { name: 'Forget my answers' });
    await forget.click();
    await dialog.getByText('Your answers').waitFor();
    expect(await forget.isDisabled()).toBe(true);
    expect(await changes.jsonValue()).toContain(0);
    expect(onDisk(lab)).toEqual([]);
    expect(await decision(usage)).toMatchObject({ allowed: false, source: 'no choice' });

    await dialog.getByRole('button', { name: 'Open settings' }).click();
    await page.getByLabel('Opt out').uncheck();
    await page.waitForFunction((service) => !service.settings.optOut, usage);
    expect(await usage.evaluate((service) => service.settings)).toMatchObject({ endpoint: ENDPOINT, own: { optOut: false } });
    await page.context().close();
  });

  test('an answer that cannot be written is told; a yes is then for once, a no for this page', async () => {
    const { page, usage } = await opened();
    rmSync(settingsFile(lab));
    symlinkSync('/nowhere/settings', settingsFile(lab)); // not even root can write there
    const always = await asked(page, usage);
    await always.button('Always for this endpoint').click();
    expect(await always.answer).toBe('once');
    await page.getByText('Your answer could not be kept. JupyterLab could not write its settings').waitFor();
    expect(await decision(usage)).toMatchObject({ allowed: false, source: 'no choice' });

    const bound = await asked(page, usage, ['always', 'never', 'later']);
    await bound.button('Always for this endpoint').click();
    expect(await bound.answer).toBe('later');

    const never = await asked(page, usage);
    await never.button('Never').click();
    expect(await never.answer).toBe('never');
    expect(await decision(usage)).toMatchObject({ allowed: false, reason: 'you said no' });
    await page.context().close();
  });

  test.each(['{"choices": {}, "more": 1}', '{"choices": [{"scope": "viewer", "answer": 3}, "no"], "usageStatistics": []}'])(
    'answers that cannot be understood may be a no: %j',
    async (text) => {
      writeFileSync(settingsFile(lab), text);
      const { page, usage } = await opened();
      expect(await decision(usage)).toMatchObject({ allowed: false, source: 'unreadable' });
      const kept = usage.evaluate((service, endpoint) => service.keep('granted', endpoint, 1), ENDPOINT);
      await expect(kept).rejects.toThrow('may be a no: forget it first');
      await usage.evaluate((service) => service.keep('denied', '', 1));
      expect(onDisk(lab)).toEqual(['denied ']);
      await page.context().close();
    },
  );

  test('settings that broke while the lab runs may hold a no, and are left as they are', async () => {
    const { page, usage } = await opened();
    writeFileSync(settingsFile(lab), '{"choices": [');
    expect(await usage.evaluate((service, question) => service.ask(question, ['always', 'later']), QUESTION)).toBe('later');
    await page.getByText('Usage statistics stay off: what was answered cannot be understood, and may be a no.').waitFor();
    const kept = usage.evaluate((service, endpoint) => service.keep('granted', endpoint, 1), ENDPOINT);
    await expect(kept).rejects.toThrow('cannot be read: mend or remove their file');
    writeFileSync(settingsFile(lab), JSON.stringify(settings));
    await usage.evaluate((service) => service.refresh());
    expect(await decision(usage)).toMatchObject({ source: 'no choice' });
    await page.context().close();
  });
});

describe.skipIf(!hasLab)('usage statistics', () => {
  test('an administrator wins', async () => {
    const choices = [answered('granted', ENDPOINT), answered('granted', OTHER)];
    const lab = await startLab({
      settings: { usageStatistics: { optOut: false, endpoint: ENDPOINT }, choices },
      overrides: { usageStatistics: { optOut: true, endpoint: OTHER } },
    });
    try {
      const page = await lab.open();
      const usage = await usageService(page);
      expect(await usage.evaluate((service) => service.settings)).toMatchObject({ optOut: true, endpoint: OTHER, choices });
      expect(await decision(usage)).toMatchObject({ allowed: false, source: 'override' });
      expect(await usage.evaluate((service, question) => service.ask(question, ['always', 'later']), QUESTION)).toBe('later');
    } finally {
      await lab.close();
    }
  });

  test.each(['lab42', 'notebook'] as const)('are asked and kept in %s too', async (flavour) => {
    const lab = await startLab({ flavour, settings });
    try {
      const page: Page = await lab.open();
      const usage = await usageService(page);
      const early = await asked(page, usage);
      await page.keyboard.press('Enter');
      expect(await early.answer).toBe('later');
      const { button, answer } = await asked(page, usage);
      await button('Always for this endpoint').click();
      expect(await answer).toBe('always');
      expect(onDisk(lab)).toEqual([`granted ${ENDPOINT}`]);
      void execute(page, 'profiler-report:show-usage-decision').catch(() => {});
      await page.locator('.profiler-report-decision').waitFor();
    } finally {
      await lab.close();
    }
  });
});
