import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** The licence texts of all packages bundled into dist/ and into the script of the html report, by package name. */
export async function bundledLicences(root: string, bundle: Metafile): Promise<string> {
  // The page's scripts reach dist/ as text in src/generated, so that its packages are not seen there.
  const { metafile: page } = await build({
    absWorkingDir: root,
    entryPoints: ['src/page/main.ts', 'src/page/plotly.ts'],
    outdir: 'dist',
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const folders = new Set([...usedPackages(bundle), ...usedPackages(page)]);
  const texts = await Promise.all([...folders].sort().map((folder) => licence(join(root, folder))));
  return `profiler-report contains the following software.\n\n${texts.join('\n\n')}\n`;
}

/** Folders of the packages that have at least a byte in the bundle. */
function usedPackages({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? (packageFolder(path) ?? []) : []));
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` is of `node_modules/a/node_modules/@b/c`. */
function packageFolder(path: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

async function licence(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : `Licence: ${license}`;
  return `## ${name} ${version}\n\n${text}`;
}
