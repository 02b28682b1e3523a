// biome-ignore-all lint/suspicious/noExplicitAny: plain JSON of rule files
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largeCluster, writeJob } from '../fixtures/example-job/index.ts';
import {
  askPython,
  codeCells,
  execute,
  figures,
  hasPython,
  type NotebookCell,
  readNotebook,
  rounded,
  type Shown,
  writeNotebook,
} from '../notebooks.ts';
import { hasShared, shared } from '../shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'notebook-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A job of the corpus in a folder of its own. */
function copy(corpusCase: string, name: string): string {
  cpSync(shared(`corpus/${corpusCase}`), join(folder, name), { recursive: true });
  return join(folder, name);
}

const rulePath = (job: string, rule: string) => join(job, 'profiler-reports', `${rule}.json`);

function change(job: string, rule: string, edit: (content: any) => void): void {
  const content = JSON.parse(readFileSync(rulePath(job, rule), 'utf8'));
  edit(content);
  writeFileSync(rulePath(job, rule), JSON.stringify(content));
}

function deleteOutputs(path: string): void {
  const content = readNotebook(path);
  const cells = content.cells.map((cell): NotebookCell => (cell.cell_type === 'code' ? { ...cell, outputs: [] } : cell));
  writeFileSync(path, JSON.stringify({ ...content, cells }));
}

function run(path: string): Record<string, Shown> {
  const [shown] = askPython<Record<string, Shown>>('run', [path]);
  if (!shown) throw new Error('no answer');
  for (const [id, { error }] of Object.entries(shown)) expect(error, id).toBeNull();
  return shown;
}

const figuresOf = (shown: Record<string, Shown>) =>
  Object.fromEntries(Object.entries(shown).map(([id, cell]) => [id, cell.figures]));

/** Ids of the cells that show other figures than before. */
function changedCells(before: Record<string, unknown[]>, after: Record<string, unknown[]>): string[] {
  return Object.keys(before).filter((id) => !isDeepStrictEqual(rounded(before[id]), rounded(after[id])));
}

describe.skipIf(!hasPython || !hasShared)('a notebook and its rule files', () => {
  test('without outputs and profiler-report.json, and one rule file changed: that figure changes, the others stay', async () => {
    const job = copy('c03', 'changed');
    const path = await writeNotebook(job);
    const before = figures(readNotebook(path));
    deleteOutputs(path);
    expect(readdirSync(job).sort()).toEqual(['profiler-report.ipynb', 'profiler-reports']);
    change(job, 'LowGPUUtilization', ({ Details }) => {
      Details['algo-1'].gpu0.p50 = 12.5;
    });
    const after = figuresOf(run(path));
    expect(changedCells(before, after)).toEqual(['gpu-utilization-code']);
    const [box] = ((after['gpu-utilization-code'] ?? [])[0] as { data: { median: number[] }[] }).data;
    expect(box?.median[0]).toBe(12.5);
  });

  test('rule files right beside the notebook are found too', async () => {
    const job = copy('c01', 'flat');
    for (const name of readdirSync(join(job, 'profiler-reports')))
      renameSync(join(job, 'profiler-reports', name), join(job, name));
    rmSync(join(job, 'profiler-reports'), { recursive: true });
    const path = await writeNotebook(job);
    expect(changedCells(figures(readNotebook(path)), figuresOf(run(path)))).toEqual([]);
  });

  test('a file that is cut off and one that is gone: their sections say so, the rest runs', async () => {
    const job = copy('c01', 'damaged');
    const path = await writeNotebook(job);
    const before = figures(readNotebook(path));
    const whole = readFileSync(rulePath(job, 'StepOutlier'));
    writeFileSync(rulePath(job, 'StepOutlier'), whole.subarray(0, whole.length / 2));
    rmSync(rulePath(job, 'GPUMemoryIncrease'));
    const shown = run(path);
    expect(shown['step-durations-code']?.text).toMatch(/^StepOutlier\.json is damaged: not valid JSON/);
    expect(shown['gpu-memory-code']?.text).toMatch(/^GPUMemoryIncrease\.json is missing/);
    expect(changedCells(before, figuresOf(shown))).toEqual(['step-durations-code', 'gpu-memory-code']);
    expect(shown['step-durations-code']?.figures).toEqual([]);
    expect(shown['rules-code']?.html.join()).toContain('damaged');
  });

  test('no rule file at all: every section says what is missing', async () => {
    const job = copy('c01', 'empty');
    const path = await writeNotebook(job);
    rmSync(join(job, 'profiler-reports'), { recursive: true });
    const shown = run(path);
    expect(Object.values(figuresOf(shown)).flat()).toEqual([]);
    expect(Object.values(shown).filter(({ text }) => text.includes('.json is missing'))).toHaveLength(12);
  });

  test('more nodes, GPUs, parts and bins than can be drawn: the cells cut where the report cuts', async () => {
    const job = copy('c01', 'many');
    const each = <T>(count: number, value: (index: number) => T) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`algo-${i}`, value(i)]));
    change(job, 'OverallFrameworkMetrics', ({ Details }) => {
      Details.phase = each(30, (i) => 1 + (i % 7));
    });
    change(job, 'LowGPUUtilization', ({ Details }) => {
      const { gpu0 } = Details['algo-1'];
      Object.assign(
        Details,
        each(70, (i) => each(i === 3 ? 140 : 2, (j) => ({ ...gpu0, p50: (i * 13 + j) % 50 }))),
      );
    });
    change(job, 'LoadBalancing', ({ Details, Datapoints }) => {
      Object.assign(
        Details,
        each(9, (i) => ({
          workloads: each(i === 3 ? 140 : 60, (j) =>
            Array.from({ length: 49 }, (_, k) => (i * 31 + j * 7 + k * k) % (Datapoints >> 6)),
          ),
          // As profiler-report writes it, sometimes with more than the last bin holds.
          ...(i % 2 === 0 ? { above_98: each(50, (j) => j - 1) } : {}),
        })),
      );
    });
    change(job, 'StepOutlier', ({ Details }) => {
      for (const step of Object.values<any>(Details.step_details)) {
        step.probs = Array.from({ length: 1201 }, (_, i) => i % 17);
        step.binedges = Array.from({ length: 1202 }, (_, i) => i / 1000);
      }
    });
    const path = await writeNotebook(job);
    const before = figures(readNotebook(path));
    expect(before['gpu-utilization-code']).toHaveLength(64);
    const shown = run(path);
    expect(changedCells(before, figuresOf(shown))).toEqual([]);
    expect(shown['gpu-utilization-code']?.text).toBe('Drawn are the first 64 of 70, worst first.\n');
  });
});

const SPOILT: Record<string, (text: string) => string | Buffer> = {
  'NaN tokens': (text) => text.replace(/"p50": [\d.]+/, '"p50": NaN').replace(/"p95": [\d.]+/, '"p95": Infinity'),
  'null for numbers': (text) => text.replace(/"p50": [\d.]+/, '"p50": null').replace(/"Datapoints": \d+/, '"Datapoints": null'),
  'numbers as text': (text) => text.replace(/"(p50|p75|first|cores|aten::\w+)": ([\d.]+)/g, '"$1": "$2"'),
  'lists for numbers': (text) => text.replace(/"(p75|upper|max|job_end)": ([\d.]+)/g, '"$1": [$2]'),
  'a number for a list': (text) =>
    text.replaceAll('"workloads": {', '"workloads": {"gpu9": 3, ').replace(/"binedges": \[/, '"binedges": 7, "x": ['),
  'text where counts are': (text) => text.replace(/"probs": \[\d+/g, '"probs": ["x"'),
  'Details that are a list': (text) => text.replace(/"Details": \{.*\}, "Datapoints"/s, '"Details": [], "Datapoints"'),
  'negative shares': (text) => text.replace(/"others": ([\d.]+)/g, '"others": -$1'),
  'a byte order mark': (text) => `\ufeff${text}`,
  'wrong UTF-8': (text) => Buffer.from(text.replaceAll('aten::', 'aten\xff\xe2\x82'), 'latin1'),
};

describe.skipIf(!hasPython || !hasShared)('the cells read what the report read', () => {
  const paths: string[] = [];
  let runs: Record<string, Shown>[] = [];

  beforeAll(async () => {
    for (const [name, spoil] of Object.entries(SPOILT)) {
      const job = copy('c01', name);
      for (const file of readdirSync(join(job, 'profiler-reports'))) {
        const path = join(job, 'profiler-reports', file);
        writeFileSync(path, spoil(readFileSync(path, 'utf8')));
      }
      paths.push(await writeNotebook(job));
    }
    runs = askPython('run', paths);
  });

  test.each(Object.keys(SPOILT).map((name, index) => [name, index] as const))('%s', (_, index) => {
    const shown = runs[index] ?? {};
    expect(Object.values(shown).filter(({ error }) => error !== null)).toEqual([]);
    expect(changedCells(figures(readNotebook(paths[index] ?? '')), figuresOf(shown))).toEqual([]);
  });
});

describe.skipIf(!hasPython || !hasShared)('jupyter nbconvert --execute', () => {
  const cases = ['c01', 'c03', 'c04', 'c14'];
  const paths: string[] = [];

  beforeAll(async () => {
    for (const name of cases) paths.push(await writeNotebook(copy(name, `executed-${name}`)));
    const cluster = join(folder, 'cluster');
    mkdirSync(cluster);
    writeJob(cluster, largeCluster);
    paths.push(await writeNotebook(cluster));
  });

  test('gives the figures that were shipped, and no error', async () => {
    const before = paths.map((path) => rounded(figures(readNotebook(path))));
    for (const path of paths) deleteOutputs(path);
    await execute(paths, join(folder, 'home'));
    paths.forEach((path, index) => {
      const executed = readNotebook(path);
      const kinds = codeCells(executed).flatMap(({ outputs = [] }) => outputs.map(({ output_type }) => output_type));
      expect(new Set(kinds)).toEqual(new Set(['stream', 'display_data']));
      expect(rounded(figures(executed))).toEqual(before[index]);
    });
    expect(askPython('validate', paths)).toEqual(paths.map(() => null));
  }, 240_000);
});
