import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const NEEDED = [
  ...['package.json', '.gitignore', 'biome.json', 'tsconfig.json', 'vitest.config.ts', 'src', 'templates', 'scripts/new-rule.ts'],
  ...['test/rules', 'test/small-run.ts', 'test/fixtures/new-rule'],
];
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'profiler-report-new-rule-'));
  for (const path of NEEDED) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(program: string, ...args: readonly string[]) {
  return spawnSync(program, args, { cwd: copy, encoding: 'utf8' });
}

const newRule = (name: string) => run(process.execPath, 'scripts/new-rule.ts', name);
const made = (path: string) => readFileSync(join(copy, path), 'utf8');

test('makes a rule with its advice and a test that passes, and puts it into the list', () => {
  for (const name of ['SlowGPUStart', 'Second']) expect(newRule(name)).toMatchObject({ status: 0, stderr: '' });
  expect(made('src/rules/slow-gpu-start.ts')).toContain("name: 'SlowGPUStart',\n  title: 'Slow gpu start',");
  expect(made('templates/advice/slow-gpu-start.md')).toMatch(/How to check: /);
  expect(made('src/rules/index.ts')).toContain('ADDED_RULES: readonly AddedRule[] = [slowGpuStart, second];');
  const tested = run('node_modules/.bin/vitest', 'run', 'test/rules/slow-gpu-start.test.ts');
  expect(tested.stdout).toMatch(/4 passed/);
  expect(tested.status).toBe(0);
  expect(run('node_modules/.bin/biome', 'check', 'src/rules', 'test/rules').status).toBe(0);
});

test.each([
  ['myRule', '"myRule" is no name of a rule: write it like MyRule.\n'],
  ['BatchSize', 'there is a rule BatchSize already.\n'],
  ['IdleEndpoint', 'there is a rule IdleEndpoint already.\n'],
  ['RunRules', 'src/rules/run-rules.ts is there already.\n'],
])('refuses %s in one line', (name, stderr) => {
  expect(newRule(name)).toMatchObject({ status: 2, stdout: '', stderr });
});
