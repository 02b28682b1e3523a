import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pipeline } from '../../src/pipeline.ts';
import { localStore } from '../../src/stores/local.ts';
import { exampleJob, type Plan, profilerOutput, ruleFiles } from '../fixtures/example-job/index.ts';
import { execute, hasLab, startLab } from './lab.ts';

const plan: Plan = { ...exampleJob, minutes: 12, nodes: 1 };
const FORMATS = ['html', 'notebook', 'json'] as const;

/** The same job as rule files and as raw data. */
const files = Object.fromEntries([
  ...[...ruleFiles(plan)].map(([name, text]) => [`jobs/rules/profiler-reports/${name}`, text] as const),
  ...[...profilerOutput(plan)].map(([path, content]) => [`jobs/raw/profiler-output/${path}`, content] as const),
]);

describe.skipIf(!hasLab)('generating a report in the lab', () => {
  test('of rule files and of raw data gives the bytes that the library gives in Node', async () => {
    const lab = await startLab({ files });
    try {
      const page = await lab.open();
      for (const [job, data] of [
        ['jobs/rules', 'profiler-reports'],
        ['jobs/raw', 'profiler-output'],
      ] as const) {
        const expected = await pipeline(localStore(join(lab.root, job, data)), { formats: FORMATS, shownAs: `${job}/${data}` });
        const made = await execute<{ written: string[] }>(page, 'profiler-report:generate', { path: job });
        expect(made.written).toEqual(expect.arrayContaining(expected.files.map(({ path }) => `${job}/${path}`)));
        expect(made.written.at(-1)).toBe(`${job}/profiler-report.html`);
        for (const { path, bytes } of expected.files) {
          expect((await readFile(join(lab.root, job, path))).equals(bytes), `${job}/${path}`).toBe(true);
        }
      }
    } finally {
      await lab.close();
    }
  });
});
