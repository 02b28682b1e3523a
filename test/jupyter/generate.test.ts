import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pipeline } from '../../src/pipeline.ts';
import { localStore } from '../../src/stores/local.ts';
import { exampleJob, profilerOutput, ruleFiles, tinyJob } from '../fixtures/example-job/index.ts';
import { execute, type Flavour, hasLab, type Lab, startLab } from './lab.ts';
import { addDrive, filesOf } from './memory-drive.ts';

const GENERATE = 'profiler-report:generate';
const rules = [...ruleFiles({ ...exampleJob, minutes: 12, nodes: 1 })];

/** The rule files of a made-up job, below a folder. */
function rulesIn(folder: string): Record<string, string> {
  return Object.fromEntries(rules.map(([name, text]) => [`${folder}/profiler-reports/${name}`, text]));
}

function rawIn(folder: string): Record<string, string | Uint8Array> {
  return Object.fromEntries(
    [...profilerOutput(tinyJob)].map(([path, content]) => [`${folder}/profiler-output/${path}`, content]),
  );
}

interface Made {
  readonly html: string;
  readonly written: readonly string[];
}

function generate(page: Page, path: string): Promise<Made | undefined> {
  return execute(page, GENERATE, { path });
}

function note(page: Page, text: string | RegExp) {
  return page.locator('.Toastify__toast').filter({ hasText: text });
}

async function dismissNotes(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('.jp-Notification-Toast-Close')) button.click();
  });
  await page.waitForFunction(() => document.querySelector('.Toastify__toast') === null);
}

function text(lab: Lab, path: string): Promise<string> {
  return readFile(join(lab.root, path), 'utf8');
}

/** JupyterLab 4.2 takes minutes to end while kernels run. */
const endKernels = (page: Page) =>
  page.evaluate(() => {
    const { serviceManager } = (
      window as unknown as { jupyterapp: { serviceManager: { sessions: { shutdownAll(): Promise<void> } } } }
    ).jupyterapp;
    return serviceManager.sessions.shutdownAll();
  });

const openPaths = (page: Page) =>
  page.evaluate(() => {
    const { shell } = (
      window as unknown as { jupyterapp: { shell: { widgets(area: string): Iterable<{ context?: { path: string } }> } } }
    ).jupyterapp;
    return [...shell.widgets('main')].flatMap(({ context }) => (context ? [context.path] : []));
  });

describe.skipIf(!hasLab)('generating a report in the lab', () => {
  test('of rule files and of raw data gives the bytes that the library gives in Node', async () => {
    const lab = await startLab({ files: { ...rulesIn('jobs/rules'), ...rawIn('jobs/raw') } });
    try {
      const page = await lab.open('lab/tree/jobs');
      for (const [job, data] of [
        ['jobs/rules', 'profiler-reports'],
        ['jobs/raw', 'profiler-output'],
      ] as const) {
        const source = localStore(join(lab.root, job, data));
        const expected = await pipeline(source, { formats: ['json', 'notebook', 'html'], shownAs: `${job}/${data}` });
        const made = await generate(page, job);
        expect(made?.written.slice(-3)).toEqual(expected.files.map(({ path }) => `${job}/${path}`));
        for (const { path, bytes } of expected.files) {
          expect((await readFile(join(lab.root, job, path))).equals(bytes), `${job}/${path}`).toBe(true);
        }
        const wanted = [...expected.output.files].map(([rule, bytes]) => [`${rule}.json`, Buffer.from(bytes).toString()]);
        for (const [name, content] of wanted) expect(await text(lab, `${job}/profiler-reports/${name}`)).toBe(content);
        expect(await openPaths(page)).toEqual(
          expect.arrayContaining([`${job}/profiler-report.html`, `${job}/profiler-report.ipynb`]),
        );
      }
      expect(JSON.parse(await text(lab, 'jobs/raw/findings.json')).format).toBe('profiler-report findings');
      // Once more: nothing is asked, the rule files made before are known as ours.
      expect(await generate(page, 'jobs/raw')).toMatchObject({ html: 'jobs/raw/profiler-report.html' });
      expect(lab.requests.filter((url) => !url.startsWith(lab.url))).toEqual([]);
    } finally {
      await lab.close();
    }
  });

  test('begins at a folder or the empty area, shows how far it is, and ends at once when cancelled', async () => {
    const lab = await startLab({ files: rulesIn('jobs/a') });
    try {
      const page = await lab.open('lab/tree/jobs/a');
      const listing = page.locator('.jp-DirListing-content');
      const entry = page.getByRole('menuitem', { name: 'Generate profiling report' });

      await listing.click({ button: 'right', position: { x: 60, y: 300 } });
      await entry.click();
      await note(page, /^Profiling report of a: \d issues?\./).waitFor();
      expect((await openPaths(page)).sort()).toEqual(['jobs/a/profiler-report.html', 'jobs/a/profiler-report.ipynb']);

      await page.locator('.jp-DirListing-item', { hasText: 'profiler-report.html' }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
      expect(await entry.count()).toBe(0);
      await page.keyboard.press('Escape');

      await addDrive(page, 'slow', Object.fromEntries(rules.map(([name, content]) => [`job/${name}`, content])), { delay: 1500 });
      const before = await filesOf(page, 'slow');
      await page.evaluate((id) => {
        const { commands } = (
          window as unknown as { jupyterapp: { commands: { execute(id: string, args: object): Promise<unknown> } } }
        ).jupyterapp;
        (window as unknown as { run: Promise<unknown> }).run = commands.execute(id, { path: 'slow:job' });
      }, GENERATE);
      await note(page, /: (found 11 files|read \d+ of 11 files)/).waitFor();
      expect(await generate(page, 'slow:job')).toBeUndefined();
      await note(page, 'A report is being written to slow:job already: wait for it or cancel it.').waitFor();
      await note(page, 'Profiling report of slow:job').getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
      expect(await page.evaluate(() => (window as unknown as { run: Promise<unknown> }).run)).toBeUndefined();
      expect(await filesOf(page, 'slow')).toEqual(before);
      await note(page, 'Profiling report of slow:job').waitFor({ state: 'detached' });
      // Nothing of it is left: the same folder may be asked for again.
      expect(await generate(page, 'slow:job')).toMatchObject({ html: 'slow:job/profiler-report.html' });
    } finally {
      await lab.close();
    }
  });

  test('asks before it replaces what people changed, and shows what is open anew', async () => {
    const lab = await startLab({ files: { ...rulesIn('a'), 'b/profiler-report.html': 'theirs', ...rulesIn('b') } });
    try {
      const page = await lab.open();
      const dialog = page.locator('.jp-Dialog');
      const answer = (name: string) => dialog.getByRole('button', { name }).click();
      const notebook = join(lab.root, 'a/profiler-report.ipynb');

      await generate(page, 'a');
      const made = await readFile(notebook, 'utf8');
      const edited = made.replace(/"# [^"\\]+/, '"# Mine');
      expect(edited).not.toBe(made);

      // Changed on disk: cancelled, nothing is lost.
      await writeFile(notebook, edited);
      const cancelled = generate(page, 'a');
      await dialog.getByText('profiler-report.ipynb: edited since it was made').waitFor();
      await answer('Cancel');
      expect(await cancelled).toBeUndefined();
      expect(await readFile(notebook, 'utf8')).toBe(edited);

      // To a new folder, with the rule files that the notebook needs.
      const beside = generate(page, 'a');
      await answer('Write to a new folder');
      expect(await beside).toMatchObject({ html: 'a/profiler-report/profiler-report.html' });
      expect(await readdir(join(lab.root, 'a/profiler-report/profiler-reports'))).toHaveLength(11);
      expect(await readFile(notebook, 'utf8')).toBe(edited);

      // Replaced: the open notebook shows the new one, and knows that it does.
      const replaced = generate(page, 'a');
      await answer('Replace');
      await replaced;
      expect(await readFile(notebook, 'utf8')).toBe(made);

      // Open with changes that are not saved.
      await page.evaluate(() => {
        type Cell = { sharedModel: { setSource(text: string): void } };
        type Widget = { context?: { path: string; model: { cells: { get(i: number): Cell } } } };
        const { shell } = (window as unknown as { jupyterapp: { shell: { widgets(area: string): Iterable<Widget> } } })
          .jupyterapp;
        const open = [...shell.widgets('main')].find(({ context }) => context?.path === 'a/profiler-report.ipynb');
        open?.context?.model.cells.get(0).sharedModel.setSource('not saved');
      });
      const unsaved = generate(page, 'a');
      await dialog.getByText('profiler-report.ipynb: open with changes that are not saved').waitFor();
      await answer('Replace');
      await unsaved;
      await page.waitForFunction(() => !document.body.innerText.includes('not saved'));
      expect(await readFile(notebook, 'utf8')).toBe(made);
      expect(await dialog.count()).toBe(0);

      // Not ours.
      const foreign = generate(page, 'b');
      await dialog.getByText('profiler-report.html: not made by profiler-report').waitFor();
      await answer('Cancel');
      expect(await foreign).toBeUndefined();
      expect(await text(lab, 'b/profiler-report.html')).toBe('theirs');
    } finally {
      await lab.close();
    }
  });

  test('says in one line what is wrong, and writes nothing', async () => {
    const half = rules.map(([name, content], i) => [name, i === 0 ? content.slice(0, 40) : content] as const);
    const lab = await startLab({
      files: {
        'empty/.keep': '',
        'rubbish/LowGPUUtilization.json': Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256),
        ...rulesIn('two/a'),
        ...rulesIn('two/b'),
        ...Object.fromEntries(half.map(([name, content]) => [`damaged/profiler-reports/${name}`, content])),
      },
    });
    try {
      const page = await lab.open();
      for (const [folder, message] of [
        ['empty', /^neither raw profiler output nor rule files.* in empty or below: it is empty/],
        ['rubbish', /^none of the 1 rule files in rubbish can be read/],
        [
          'two',
          /^two holds the reports of 2 jobs \(two\/a, two\/b|^two holds the reports of 2 jobs \(a and b\): choose the folder of one of them/,
        ],
        ['gone', /^cannot read gone: it is not there any more/],
      ] as const) {
        const before = await readdir(lab.root, { recursive: true });
        expect(await generate(page, folder)).toBeUndefined();
        await note(page, message).waitFor();
        expect(await readdir(lab.root, { recursive: true })).toEqual(before);
        await dismissNotes(page);
      }

      expect(await generate(page, 'damaged')).toBeDefined();
      await note(page, /: \d+ issues?; \d+ problems? in the data, told in the report\./).waitFor();
      await dismissNotes(page);

      await page.route('**/api/contents/two/a/profiler-reports/Dataloader.json*', (route) => route.abort());
      await page.route('**/api/contents/two/a/profiler-report.html*', (route) => route.abort());
      expect(await generate(page, 'two/a')).toBeUndefined();
      await note(page, /^cannot write two\/a\/profiler-report.html: the server does not answer/).waitFor();
      await note(page, '…').getByRole('button', { name: 'Show all' }).click();
      await page
        .locator('.jp-Dialog')
        .getByText('Written before that: profiler-report.json and profiler-report.ipynb in two/a.')
        .waitFor();
      await page.keyboard.press('Escape');
      await dismissNotes(page);

      await page.route('**/api/contents/**', (route) => route.abort());
      expect(await generate(page, 'two/b')).toBeUndefined();
      await note(page, 'cannot read two/b: the server does not answer. Check that it runs, then try again.').waitFor();
    } finally {
      await lab.close();
    }
  });

  test('on any drive: one of a browser, one that is read-only, one that refuses a file', async () => {
    const lab = await startLab();
    try {
      const page = await lab.open();
      await addDrive(page, 'lite', rulesIn('bucket/job'), { values: true });
      expect(await generate(page, 'lite:bucket/job/profiler-reports')).toMatchObject({
        html: 'lite:bucket/job/profiler-report.html',
      });
      const files = await filesOf(page, 'lite');
      expect(files['bucket/job/profiler-report.html']).toContain('<meta name="generator" content="profiler-report');
      expect(JSON.parse(files['bucket/job/profiler-report.json'] ?? '').job).toMatchObject({
        name: 'job',
        source: 'lite:bucket/job/profiler-reports',
      });

      await addDrive(page, 'locked', rulesIn('job'), { readOnly: true });
      const locked = generate(page, 'locked:job');
      await page.locator('.jp-Dialog').getByText('Nothing can be written to locked:job. Change its permissions,').waitFor();
      await page.getByRole('button', { name: 'Choose a folder…' }).click();
      await page.locator('.jp-Dialog').getByRole('button', { name: 'Select' }).click();
      expect(await locked).toMatchObject({ html: 'profiler-report.html' });
      expect((await readdir(lab.root)).filter((name) => !name.startsWith('.')).sort()).toEqual([
        'profiler-report.html',
        'profiler-report.ipynb',
        'profiler-report.json',
        'profiler-reports',
      ]);

      await addDrive(page, 'full', rulesIn('job'), { failsToSave: 'profiler-report.json' });
      const before = await filesOf(page, 'full');
      expect(await generate(page, 'full:job')).toBeUndefined();
      await note(page, 'cannot write full:job/profiler-report.json: AccessDenied: s3:PutObject.').waitFor();
      expect(await filesOf(page, 'full')).toEqual(before);
    } finally {
      await lab.close();
    }
  });

  test.each<Flavour>(['lab42', 'notebook'])('in %s', async (flavour) => {
    const lab = await startLab({ flavour, files: rulesIn('a') });
    try {
      const page = await lab.open();
      await page.locator('.jp-DirListing-item', { hasText: 'a' }).first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Generate profiling report' }).click();
      await note(page, /^Profiling report of a: \d issues?\./).waitFor();
      expect((await readdir(join(lab.root, 'a'))).sort()).toContain('profiler-report.html');
      await endKernels(page);
    } finally {
      await lab.close();
    }
  });
});
