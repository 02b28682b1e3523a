/**
 * Builds what is published, into dist/: the command, the library with and without Node, their types, and the licences of what is
 * bundled into them.
 */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildGenerated } from './build-generated.ts';
import { builtinRequires } from './builtin-requires.ts';
import { emitDeclarations } from './declarations.ts';
import { licencesOf } from './licences.ts';
import { bundlePageScripts } from './page-bundle.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

await buildGenerated();
await rm(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', core: 'src/core.ts' },
  outdir: dist,
  bundle: true,
  // Commands, writers and S3 become chunks of their own: `--version` loads none of them.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  // jsonc-parser's CommonJS form requires its parts in a way that no bundler follows.
  mainFields: ['module', 'main'],
  external: ['@aws-sdk/*'],
  plugins: [builtinRequires],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
await chmod(join(dist, 'cli.js'), 0o755);
await emitDeclarations(join(dist, 'types'), ['index', 'core']);
// The page's scripts reach dist/ as text in src/generated, so that their packages are not seen in its own bundle.
const { page, plotly, usage } = await bundlePageScripts();
const licences = await licencesOf(root, [metafile, page.metafile, plotly.metafile, usage.metafile]);
await writeFile(join(dist, 'third-party-licences.txt'), licences);
