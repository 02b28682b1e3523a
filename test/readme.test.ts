import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { VERSION } from '../src/model/version.ts';
import { pipeline } from '../src/pipeline.ts';
import { WRITERS } from '../src/writers/index.ts';
import { exampleJob, ruleFiles } from './fixtures/example-job/index.ts';
import { memoryStore } from './memory-store.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const extension = read('jupyter-extension/README.md');
const manifest = JSON.parse(read('package.json'));

describe('README.md', () => {
  test('mentions options that exist', () => {
    const mentioned = [...readme.matchAll(/`(--[a-z-]+)/g)].map(([, option = '']) => option);
    expect(mentioned.length).toBeGreaterThan(2);
    for (const option of mentioned) expect(readme).toMatch(new RegExp(`^ +(-\\w, )?${option} `, 'm'));
  });

  test('names npm scripts that exist', () => {
    const scripts = [...(readme + read('CONTRIBUTING.md')).matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
    expect(scripts).toContain('demo');
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(scripts));
  });

  test('lists the files that are written', () => {
    const listed = [...readme.matchAll(/^\| `(profiler-report\.\w+)` \|/gm)].map(([, file]) => file);
    expect(listed).toEqual(Object.values(WRITERS).map((writer) => writer.path));
  });

  test('lists the exit codes, as docs/exit-codes.md does', () => {
    for (const page of [readme, read('docs/exit-codes.md')]) {
      const codes = [...page.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));
      expect(codes).toEqual(Object.values(EXIT));
    }
  });

  test('tells the version and the Node that package.json asks for', () => {
    expect(VERSION).toBe(manifest.version);
    expect(readme).toContain(`profiler-report-${manifest.version}.tgz`);
    expect(`>=${/Node (\d+\.\d+) or newer/.exec(readme)?.[1]}`).toBe(manifest.engines.node);
  });

  test('names the packages of the extension as they are called', () => {
    for (const page of [readme, extension]) {
      expect(page).toContain(`pip install profiler_report_jupyterlab-${manifest.version}-py3-none-any.whl`);
      expect(page).toContain(`jupyter labextension install profiler-report-jupyterlab-${manifest.version}.tgz`);
    }
  });

  test('tells how large the html is', async () => {
    const megabytes = Number(/less than ([\d.]+) MB/.exec(readme)?.[1]);
    const { files } = await pipeline(memoryStore(Object.fromEntries(ruleFiles(exampleJob))), { formats: ['html'] });
    expect(files[0]?.bytes.length).toBeLessThan(megabytes * 1e6);
  });
});

describe('README.md of the extension', () => {
  const { properties } = JSON.parse(read('jupyter-extension/schema/plugin.json'));

  test('shows an overrides.json that the settings understand', () => {
    const shown = JSON.parse(/```json\n(.*?)```/s.exec(extension)?.[1] ?? '');
    const validate = new Ajv({ strict: false }).compile({ type: 'object', properties, additionalProperties: false });
    expect(validate(shown['profiler-report-jupyterlab:plugin']), validate.errors?.[0]?.message).toBe(true);
  });

  test('lists the settings', () => {
    const listed = [...extension.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);
    const nested = Object.keys(properties.usageStatistics.properties).map((name) => `usageStatistics.${name}`);
    expect(listed).toEqual([...nested, 'choices']);
  });
});
