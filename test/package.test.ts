import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** What a bundle imports, itself and through its chunks, before anything runs. */
function packagesLoaded(path: string): string[] {
  const { module } = parseSync(path, readFileSync(join(root, path), 'utf8'));
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const specifiers = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported];
  return specifiers.flatMap((specifier) =>
    specifier.startsWith('.') ? packagesLoaded(join(path, '..', specifier)) : [specifier],
  );
}

describe('the package', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], { cwd: root, encoding: 'utf8' }),
  );
  const files: string[] = packed.files.map(({ path }: { path: string }) => path);

  test('holds what is needed and nothing else', () => {
    const wanted = ['dist/cli.js', 'dist/core.js', 'dist/index.js', 'dist/third-party-licences.txt', 'dist/types/index.d.ts'];
    const documents = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'docs/findings.schema.json',
      'docs/report.schema.json',
      'package.json',
    ];
    expect(files).toEqual(expect.arrayContaining([...wanted, ...documents]));
    expect(files.filter((path) => !/^dist\/(chunks|types)\//.test(path)).sort()).toEqual(
      [...documents, ...wanted.slice(0, 4)].sort(),
    );
  });

  test('has the version of the extension, which is a package of its own', () => {
    expect(read('jupyter-extension/package.json').version).toBe(read('package.json').version);
  });

  test('runs as it will be installed', async () => {
    const version = execFileSync(process.execPath, [join(root, 'dist/cli.js'), '--version'], { encoding: 'utf8' });
    expect(version.trim()).toBe(read('package.json').version);
    const [node, core] = await Promise.all([import(join(root, 'dist/index.js')), import(join(root, 'dist/core.js'))]);
    expect(node.openStore).toBeTypeOf('function');
    expect(core.pipeline).toBe(node.pipeline);
    expect(core.openStore).toBeUndefined();
  });

  test('loads nothing but itself for core, and no AWS code for --version', () => {
    expect(packagesLoaded('dist/core.js')).toEqual([]);
    expect(packagesLoaded('dist/cli.js').filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(packagesLoaded('dist/index.js')).toContain('node:path');
  });
});

describe('the dependencies', () => {
  test('are locked for every platform: npm ci refuses a lock file that was written from half a registry', () => {
    const packages: Readonly<Record<string, LockedPackage>> = read('package-lock.json').packages;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  test('are pinned exactly; those that the extension shares with JupyterLab are ranges from 4.2 on', () => {
    const { dependencies, devDependencies } = read('package.json');
    const extension = read('jupyter-extension/package.json');
    for (const version of Object.values(extension.dependencies)) expect(version).toMatch(/^\^\d+\.\d+\.\d+$/);
    const pinned = { ...dependencies, ...devDependencies, ...extension.devDependencies };
    for (const version of Object.values(pinned)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
