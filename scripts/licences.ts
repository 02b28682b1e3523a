import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The licence texts of all packages bundled into dist/ and into the script of the html report, by package name. */
export async function bundledLicences(root: string, inputs: readonly string[]): Promise<string> {
  // The page script reaches dist/ as text in src/generated, so that its packages are not among the inputs.
  const options = { absWorkingDir: root, bundle: true, write: false, metafile: true } as const;
  const page = await build({ ...options, entryPoints: ['src/page/main.ts'], define: { global: 'globalThis' } });
  const packages = new Set([...inputs, ...Object.keys(page.metafile.inputs)].flatMap((path) => packageFolder(path) ?? []));
  const texts = await Promise.all([...packages].sort().map((folder) => licence(join(root, folder))));
  return `profiler-report contains the following software.\n\n${texts.join('\n\n')}\n`;
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
