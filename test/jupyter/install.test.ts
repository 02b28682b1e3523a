import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { packed as plotly } from '../../src/generated/plotly.ts';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { activePlugins, execute, type Flavour, hasLab, PLUGINS, startLab } from './lab.ts';
import { copyOf, FROM_SOURCE, filesBelow, hasPackages, isInstalledFromSource, packageFile, python } from './packages.ts';

const root = resolve(import.meta.dirname, '../..');
const NAME = 'profiler-report-jupyterlab';
const SCHEMA = JSON.parse(readFileSync(join(root, 'jupyter-extension/schema/plugin.json'), 'utf8'));
const LISTED = new RegExp(`${NAME} v0\\.1\\.0 .*enabled.*OK`);

/** What a lab loaded of the extension in an environment. */
function filesOf(environment: string, urls: readonly string[]): { readonly name: string; readonly bytes: Buffer }[] {
  const names = urls.map((url) => new URL(url).pathname.replace(/^.*\/lab\/extensions\//, ''));
  const folder = join(environment, 'share/jupyter/labextensions');
  return [...new Set(names)].map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

const total = (lengths: readonly number[]) => lengths.reduce((sum, length) => sum + length, 0);

describe.skipIf(!hasLab || !hasPackages)('the wheel', () => {
  test.each<[Flavour, string]>([
    ['lab', '.venv-lab'],
    ['lab42', '.venv-lab42'],
  ])('is installed into %s with pip, runs, and is uninstalled without a trace', async (flavour, venv) => {
    await using environment = await copyOf(venv);
    const { folder } = environment;
    const before = await filesBelow(folder);
    await python(folder, 'pip', 'install', '--no-deps', '--no-index', '--disable-pip-version-check', packageFile('.whl'));
    expect(await filesBelow(folder)).toContain(`share/jupyter/labextensions/${NAME}/install.json`);
    expect(await python(folder, 'jupyterlab.labextensions', 'list')).toMatch(LISTED);

    const lab = await startLab({ flavour, extension: 'installed', environment: folder });
    try {
      const page = await lab.open();
      expect(await activePlugins(page)).toEqual(PLUGINS);
      const loaded = lab.requests.filter((url) => url.includes(`/${NAME}/static/`));
      expect(loaded.length).toBeGreaterThan(0);
      const files = filesOf(folder, loaded);
      // The builder puts 15 kB of its own into every extension: remoteEntry, which finds the modules that JupyterLab shares.
      const own = files.filter(({ name }) => !name.includes('/remoteEntry.'));
      expect(total(own.map(({ bytes }) => bytes.length))).toBeLessThan(30_000);
      expect(total(files.map(({ bytes }) => gzipSync(bytes, { level: 9 }).length))).toBeLessThan(30_000);
      await execute(page, 'settingeditor:open', { query: 'Profiling reports' });
      await page.getByText(SCHEMA.properties.usageStatistics.title).first().waitFor();
    } finally {
      await lab.close();
    }

    await python(folder, 'pip', 'uninstall', '--yes', NAME);
    expect(await filesBelow(folder)).toEqual(before);
  });

  test('holds no Python, and what JupyterLab needs with the licences', () => {
    const files = Object.keys(unzipSync(readFileSync(packageFile('.whl'))));
    const extension = new RegExp(`^.*\\.data/data/share/jupyter/labextensions/${NAME}/`);
    const own = files.filter((path) => extension.test(path)).map((path) => path.replace(extension, ''));
    const fixed = ['install.json', 'package.json', `schemas/${NAME}/package.json.orig`, `schemas/${NAME}/plugin.json`];
    expect(own.filter((path) => !path.startsWith('static/')).sort()).toEqual(fixed);
    const others = files.filter((path) => !extension.test(path)).map((path) => path.replace(/^.*\.dist-info\//, ''));
    expect(others.sort()).toEqual(['METADATA', 'RECORD', 'WHEEL', 'licenses/LICENSE', 'licenses/lib/third-party-licences.txt']);
  });
});

describe.skipIf(!hasLab || !isInstalledFromSource)('the npm package', () => {
  test('is installed with jupyter labextension install, and makes a report', async () => {
    const appDir = join(FROM_SOURCE, 'installed');
    const list = await python(join(root, '.venv-lab'), 'jupyterlab.labextensions', 'list', `--app-dir=${appDir}`);
    expect(list).toMatch(LISTED);
    const files = Object.fromEntries([...ruleFiles(exampleJob)].map(([path, text]) => [`job/profiler-reports/${path}`, text]));
    const lab = await startLab({ extension: 'installed', files, args: [`--app-dir=${appDir}`] });
    try {
      const page = await lab.open();
      expect(await activePlugins(page)).toEqual(PLUGINS);
      const made = await execute<{ written: string[] } | undefined>(page, 'profiler-report:generate', { path: 'job' });
      expect(made?.written).toContain('job/profiler-report.html');
      expect(await readFile(join(lab.root, 'job/profiler-report.html'), 'utf8')).toContain('profiler-report');
    } finally {
      await lab.close();
    }
  });

  test('is uninstalled, and JupyterLab built again without it; its own folder of schemas is all that it forgets', async () => {
    const appDir = join(FROM_SOURCE, 'uninstalled');
    const list = await python(join(root, '.venv-lab'), 'jupyterlab.labextensions', 'list', `--app-dir=${appDir}`);
    expect(list).not.toContain(NAME);
    const left: string[] = [];
    for (const path of await filesBelow(appDir)) {
      if (path.includes(NAME) || (await readFile(join(appDir, path), 'utf8')).includes(NAME)) left.push(path);
    }
    expect(left.sort()).toEqual(['package.json.orig', 'plugin.json'].map((name) => `schemas/${NAME}/${name}`));
  });
});

test.skipIf(!hasPackages)('the npm package holds what its package.json names, with the licences', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profiler-report-tgz-'));
  try {
    execFileSync('tar', ['-xzf', packageFile('.tgz'), '-C', folder]);
    const files = (await filesBelow(folder)).map((path) => path.replace('package/', ''));
    const { files: named } = JSON.parse(await readFile(join(root, 'jupyter-extension/package.json'), 'utf8'));
    const belongs = (path: string) => named.some((name: string) => path === name || path.startsWith(`${name}/`));
    expect(files.filter((path) => !belongs(path))).toEqual(['LICENSE', 'package.json']);
    expect(files).toEqual(expect.arrayContaining(['lib/index.js', 'lib/third-party-licences.txt', 'schema/plugin.json']));
    expect(await readFile(join(folder, 'package/lib/third-party-licences.txt'), 'utf8')).toContain('## plotly.js ');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.skipIf(!hasPackages)('both packages are built to the same bytes twice', async () => {
  for (const ending of ['.whl', '.tgz'] as const) {
    const path = packageFile(ending);
    const again = path.replace('jupyter-extension/dist', '.cache/extension-first');
    expect((await readFile(path)).equals(await readFile(again))).toBe(true);
  }
});

describe.skipIf(!hasLab)('the size of the extension', () => {
  const folder = join(root, 'jupyter-extension/labextension/static');
  const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)));

  test('is less than 1.5 MB to download, all of it', () => {
    expect(total(files().map((bytes) => gzipSync(bytes, { level: 9 }).length))).toBeLessThan(1.5e6);
  });

  test('holds plotly once: the file drawn with is the one put into reports', () => {
    const part = plotly.slice(100_000, 100_100);
    expect(files().filter((bytes) => bytes.includes(part))).toHaveLength(1);
  });
});
