import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Writes the declarations of the named entries and of what their types need, and no others. Throws where types are wrong. */
export async function emitDeclarations(target: string, entries: readonly string[]): Promise<void> {
  const all = mkdtempSync(join(tmpdir(), 'declarations-'));
  try {
    const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', all], { stdio: 'inherit' });
    if (status !== 0) throw new Error('tsc could not emit the declarations.');
    const needed = new Set(entries.map((entry) => join(all, `${entry}.d.ts`)));
    for (const file of needed) {
      for (const path of await imported(file)) needed.add(path);
      await cp(file, file.replace(all, target));
    }
  } finally {
    await rm(all, { recursive: true });
  }
}

/** Declarations a declaration imports or exports from; they name the sources, `./core.ts`. */
async function imported(file: string): Promise<string[]> {
  const { module } = parseSync(file, await readFile(file, 'utf8'));
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const specifiers = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported];
  const relative = specifiers.filter((specifier) => specifier.startsWith('.'));
  return relative.map((specifier) => join(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts')));
}
