/**
 * Builds the JupyterLab extension: `lib/` (what the npm package holds, with this project's own code bundled into it), `labextension/`
 * (what the wheel installs), and with `--packages` the two packages themselves, into `jupyter-extension/dist/`.
 *
 *   node scripts/build-extension.ts [--packages]     (`npm run extension` sets up what it needs and makes both)
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { buildGenerated } from './build-generated.ts';
import { licencesOf } from './licences.ts';
import { bundlePageScripts } from './page-bundle.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'jupyter-extension');

await buildGenerated();
await bundle();
await labextension();
if (process.argv.includes('--packages')) await packages();

/** Only what JupyterLab itself shares stays outside. Everything but the plugins' own glue is loaded when it is first used. */
async function bundle(): Promise<void> {
  const lib = join(folder, 'lib');
  await rm(lib, { recursive: true, force: true });
  const shared: BuildOptions & { metafile: true } = {
    absWorkingDir: root,
    outdir: lib,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    mainFields: ['module', 'main'],
    external: ['@jupyterlab/*', '@lumino/*'],
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
  // What is loaded as text is bundled by itself; plotly comes into the worker from the page.
  const within: Metafile[] = [];
  const asText = bundledAsText(async (path) => {
    const result = await build({
      ...shared,
      entryPoints: [path],
      format: 'iife',
      minify: true,
      write: false,
      plugins: [plotlyFromPage()],
    });
    within.push(result.metafile);
    return result.outputFiles[0]?.text ?? '';
  });
  const { metafile } = await build({
    ...shared,
    entryPoints: { index: 'jupyter-extension/src/index.ts', style: 'jupyter-extension/style/index.css' },
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    minifyWhitespace: true,
    plugins: [asText],
  });
  // The page's scripts are text in here, for reports that are made in the lab.
  const { page, plotly, usage } = await bundlePageScripts();
  const licences = await licencesOf(root, [metafile, ...within, page.metafile, plotly.metafile, usage.metafile]);
  await writeFile(join(lib, 'third-party-licences.txt'), licences);
}

/** An import of `<path>?text` is what `bundled` makes of that file. */
function bundledAsText(bundled: (path: string) => Promise<string>): Plugin {
  return {
    name: 'bundled as text',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\?text$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.slice(0, -'?text'.length)),
        namespace: 'text',
      }));
      onLoad({ filter: /./, namespace: 'text' }, async ({ path }) => ({ contents: await bundled(path), loader: 'text' }));
    },
  };
}

/** The page, which draws with plotly itself, hands it to the worker: so it is in the extension once. */
function plotlyFromPage(): Plugin {
  return {
    name: 'plotly from the page',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]generated[/\\]plotly\.ts$/ }, async ({ path }) => ({
        loader: 'ts',
        contents: (await readFile(path, 'utf8')).replace(
          /^export const packed.*$/m,
          'export const packed: string = (globalThis as any).packedPlotly;', // the writers are loaded after the order came
        ),
      }));
    },
  };
}

/** JupyterLab's own builder, without Python: it needs to know the packages of the core alone, and the versions that will do. */
async function labextension(): Promise<void> {
  // Without it the builder believes that nothing is installed: a workspace keeps its packages at the root.
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  const builder = join(root, 'node_modules/@jupyter/builder/lib/build-labextension.js');
  const core = join(root, '.cache/core.package.json');
  await mkdir(dirname(core), { recursive: true });
  await writeFile(core, JSON.stringify(await coreForAll()));
  must('node', [builder, '--core-package-file', core, '.']);
}

/** The core with our own ranges of its packages: of its own ones an older JupyterLab that fits ours would say that it does not. */
async function coreForAll(): Promise<object> {
  const core = await readJson('node_modules/@jupyterlab/core-meta/core.package.json');
  const { dependencies } = await readJson('jupyter-extension/package.json');
  return { ...core, resolutions: { ...core.resolutions, ...dependencies } };
}

async function readJson(path: string) {
  return JSON.parse(await readFile(join(root, path), 'utf8'));
}

async function packages(): Promise<void> {
  const dist = join(folder, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  must('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', 'dist']);
  must(join(root, '.cache/hatchling/bin/hatchling'), ['build', '-t', 'wheel', '-d', 'dist']);
}

function must(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${error?.message ?? stdout + stderr}`);
}
