import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forbiddenImports, readAllowList } from './import-rules.ts';

const src = join(import.meta.dirname, '..', 'src');
const allowed = readAllowList(readFileSync(join(src, 'README.md'), 'utf8'));

test('every import in src goes the way the table in src/README.md allows', () => {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated/'));
  expect(paths).toContain('pipeline.ts');
  const sources = new Map(paths.map((path) => [path, readFileSync(join(src, path), 'utf8')]));
  expect(forbiddenImports(sources, allowed)).toEqual([]);
});

test('only the folders at the edge of the table know Node or the AWS SDK', () => {
  const knowing = [...allowed].filter(([, may]) => ['Node', 'AWS SDK', 'everything'].some((target) => may.has(target)));
  expect(knowing.map(([folder]) => folder).sort()).toEqual(['cli', 'collector', 'index.ts', 'stores']);
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

  test('knows no folder beyond the table', () => {
    expect(forbiddenImports(new Map([['util/text.ts', '']]), allowed)).toEqual([
      'util/text.ts: util is not in the table of src/README.md',
    ]);
  });
});
