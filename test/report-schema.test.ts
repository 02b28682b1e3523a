import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { SCHEMAS, schemaOf } from '../scripts/report-schema.ts';
import { pipeline } from '../src/pipeline.ts';
import { localStore } from '../src/stores/local.ts';
import { cpuJob, exampleJob, ruleFiles, tinyJob } from './fixtures/example-job/index.ts';
import { memoryStore } from './memory-store.ts';
import { corpusCases, hasShared, shared } from './shared.ts';

const published = (name: string) => readFileSync(join(import.meta.dirname, '..', 'docs', name), 'utf8');
const compile = (name: string) => new Ajv({ allErrors: true, strictTypes: false }).compile(JSON.parse(published(name)));
const validate = compile('report.schema.json');

async function json(store: Parameters<typeof pipeline>[0]): Promise<unknown> {
  const { files } = await pipeline(store, { formats: ['json'] });
  return JSON.parse(new TextDecoder().decode(files[0]?.bytes));
}

test.each(SCHEMAS)('the published %s is that of the type (npm run schema writes it)', (name) => {
  expect(published(name)).toBe(schemaOf(name));
});

describe('profiler-report.json is valid', () => {
  test.each(Object.entries({ exampleJob, cpuJob, tinyJob }))('for %s', async (_, plan) => {
    validate(await json(memoryStore(Object.fromEntries(ruleFiles(plan)))));
    expect(validate.errors).toBeNull();
  });

  test.skipIf(!hasShared).each(corpusCases)('for the real job %s', async (name) => {
    validate(await json(localStore(shared(`corpus/${name}`))));
    expect(validate.errors).toBeNull();
  });

  test.skipIf(!hasShared)('and findings.json for raw data', async () => {
    const { files, findings } = await pipeline(localStore(shared('golden/g1-single-gpu-framework')), { formats: ['json'] });
    validate(JSON.parse(new TextDecoder().decode(files[0]?.bytes)));
    expect(validate.errors).toBeNull();
    const ofFindings = compile('findings.schema.json');
    ofFindings(JSON.parse(JSON.stringify(findings)));
    expect(ofFindings.errors).toBeNull();
    expect(ofFindings({ ...findings, rules: [{}] })).toBe(false);
  });

  test('and the schema tells a report from something else', async () => {
    const report = (await json(memoryStore(Object.fromEntries(ruleFiles(tinyJob))))) as Record<string, unknown>;
    expect(validate({ ...report, format: 'another' })).toBe(false);
    expect(validate({ ...report, counts: { issue: '1' } })).toBe(false);
  });
});
