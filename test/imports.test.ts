import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forbiddenImports, readAllowList } from './import-rules.ts';

const root = join(import.meta.dirname, '..');
const listOf = (folder: string) => readAllowList(readFileSync(join(root, folder, 'README.md'), 'utf8'));
const allowed = listOf('src');

test.each(['src', 'jupyter-extension/src'])('every import in %s goes the way the table in its README.md allows', (folder) => {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated/'));
  expect(paths).toContain('index.ts');
  const sources = new Map(paths.map((path) => [path, readFileSync(join(root, folder, path), 'utf8')]));
  expect(forbiddenImports(sources, listOf(folder))).toEqual([]);
});

test('only the folders at the edge of the table know Node or the AWS SDK', () => {
  const knowing = [...allowed].filter(([, may]) => ['Node', 'AWS SDK', 'everything'].some((target) => may.has(target)));
  expect(knowing.map(([folder]) => folder).sort()).toEqual(['cli', 'cloudwatch', 'collector', 'index.ts', 'stores']);
});

describe('the check itself', () => {
  test.each([
    ["import { a } from '../writers/html.ts';", 'writers (../writers/html.ts)'],
    ["import type { A } from '../writers/html.ts';", 'writers (../writers/html.ts)'],
    ["export * from '../pipeline.ts';", 'pipeline.ts (../pipeline.ts)'],
    ["const a = await import('../stores/s3.ts');", 'stores (../stores/s3.ts)'],
    ["type A = import('../cli/main.ts').A;", 'cli (../cli/main.ts)'],
    ["import { readFile } from 'node:fs/promises';", 'Node (node:fs/promises)'],
    ["import 'fs';", 'Node (fs)'],
    ["import { S3 } from '@aws-sdk/client-s3';", 'AWS SDK (@aws-sdk/client-s3)'],
    ["import { bin } from 'd3-array';", 'd3 (d3-array)'],
    ['const a = await import(name);', 'name (name)'],
  ])('finds %s in a rule', (code, target) => {
    const found = forbiddenImports(new Map([['rules/made-up.ts', code]]), allowed);
    expect(found).toEqual([`rules/made-up.ts: rules may not import ${target}`]);
  });

  test('lets allowed imports pass, and imports within a folder', () => {
    const code = "import '../model/text.ts'; import '../measures/a.ts'; import './rule.ts'; // import '../cli/main.ts'";
    expect(forbiddenImports(new Map([['rules/made-up.ts', code]]), allowed)).toEqual([]);
  });

  test('lets nothing import the extension, not even what may import everything', () => {
    const code = "import { COMMANDS } from '../../jupyter-extension/src/ids.ts'; import '../stores/s3.ts';";
    expect(forbiddenImports(new Map([['cli/made-up.ts', code]]), allowed)).toEqual([
      'cli/made-up.ts: cli may not import jupyter-extension/src (../../jupyter-extension/src/ids.ts)',
    ]);
  });

  test('tells folders of src apart where the extension imports them', () => {
    const list = readAllowList('| folder | what | may import |\n| toggle | a switch | src/consent, @lumino |');
    const code =
      "import '../../../src/consent/decide.ts'; import '../../../src/stores/s3.ts'; import { Widget } from '@lumino/widgets';";
    expect(forbiddenImports(new Map([['toggle/made-up.ts', code]]), list)).toEqual([
      'toggle/made-up.ts: toggle may not import src/stores (../../../src/stores/s3.ts)',
    ]);
  });

  test('knows no folder beyond the table', () => {
    expect(forbiddenImports(new Map([['util/text.ts', '']]), allowed)).toEqual([
      'util/text.ts: util is not in the table of README.md',
    ]);
  });
});
