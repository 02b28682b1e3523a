import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The licence texts of all packages in some bundles, by package name. */
export async function licencesOf(root: string, bundles: readonly Metafile[]): Promise<string> {
  const folders = new Set(bundles.flatMap(usedPackages));
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
