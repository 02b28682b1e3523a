import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import { visibleName } from '../../src/model/text.ts';
import { pythonString } from '../../src/writers/notebook/python.ts';
import { cellText } from '../../src/writers/notebook/text.ts';
import {
  askPython,
  codeCells,
  figures,
  hasPython,
  type Notebook,
  readNotebook,
  rounded,
  type Shown,
  sourceOf,
  writeNotebook,
} from '../notebooks.ts';
import { ruleFile } from '../rule-file.ts';

const ATTACKS = [
  '</script><script>globalThis.attacked = true</script>',
  '<a href="https://evil.example/">click</a>',
  '[click](https://evil.example/) ![x](https://evil.example/x.png) https://evil.example www.evil.example a@evil.example',
  '{{job}} $' + '{job} {% raw %} %{x}',
  '"""\nimport os\n"""',
  "'''; import os; '''",
  '\\"; import os #\\',
  '\\',
  '\\(\\href{https://evil.example/}{x}\\) \\[y\\] \\begin{equation}z\\end{equation} $w$ $$v$$ @@0@@',
  'line\u2028separator\u2029and\rreturn\nnewline\ttab\u0000nul',
  'right\u202eto\u2066left \u200bno width',
  '模型 🚀👩‍🚀 \ud83d',
  '__proto__',
  'constructor',
  '**bold** _em_ `code` ~~gone~~ | cell | <!-- comment -->',
  '# heading',
  '1. item',
  '> quote',
  `<img src=x onerror="globalThis.attacked = true"> ${'x'.repeat(1 << 20)}`,
];

interface Elements {
  tags: string[];
  attributes: string[];
  text: string;
}

/** Rule files in which every name is an attack. */
function hostileFiles(names: readonly string[]): Record<string, string> {
  const each = <T>(value: (index: number) => T) => Object.fromEntries(names.map((name, index) => [name, value(index)]));
  const quartiles = (index: number) => ({ p25: index, p50: 10 + index, p75: 20 + index, p95: 40, upper: 60, lower: 0 });
  const gpus = (extra: object) =>
    each(() => each((index) => ({ gpu_max: 90, gpu_95: 40, gpu_5: 1, ...quartiles(index), ...extra })));
  const breakdown = {
    phase: each(() => 100 / names.length),
    general: each(() => 100 / names.length),
    CPU: each((index) => index),
    CPU_total: each((index) => 1000 * index),
  };
  const step = { step_stats: { mean: 1, max: 9, p99: 5, p95: 4, p50: 2, min: 0.5 }, number_of_outliers: 2, stddev: 1 };
  const steps = each((index) => ({ ...step, phase: names[index], probs: [1, 2], binedges: [0, 1, 2], step_numbers: names }));
  const usage = each(() => each(() => ({ max: 90, p99: 80, p95: 75, p50: 40, min: 0 })));
  const bottlenecks = { low_gpu_utilization: 50, bottlenecks: { 1648879991.5: { GPUs: 1, CPUs: 4 } }, ...breakdown };
  const details = {
    CPUBottleneck: bottlenecks,
    IOBottleneck: bottlenecks,
    LowGPUUtilization: gpus({}),
    StepOutlier: { step_details: steps, ...breakdown },
    GPUMemoryIncrease: gpus({ increase: 7, p05: 1 }),
    BatchSize: each(() => each(quartiles)),
    MaxInitializationTime: {
      step_num: { first: 1648879992000000, last: 1648880992000000 },
      job_start: 1648879991.3,
      job_end: 1648880995.1,
    },
    LoadBalancing: each(() => ({ workloads: each((index) => [100 - index, index, 3]) })),
    OverallSystemUsage: { ...usage, GPU: usage[names[0] ?? ''] },
    Dataloader: {},
    OverallFrameworkMetrics: breakdown,
  };
  const parameters = names.map((name) => `${name}:${name}`).join('\n');
  return Object.fromEntries(
    RULE_NAMES.map((rule) => [
      rule,
      ruleFile(rule, details[rule], { triggered: 3, datapoints: 2000, parameters: rule === 'BatchSize' ? parameters : '' }),
    ]),
  );
}

async function written(folder: string, names: readonly string[], label: string): Promise<string> {
  mkdirSync(join(folder, 'profiler-reports'), { recursive: true });
  for (const [rule, text] of Object.entries(hostileFiles(names)))
    writeFileSync(join(folder, 'profiler-reports', `${rule}.json`), text);
  return writeNotebook(folder, { processingJobArn: label, trainingJobName: label });
}

const markdownOf = (notebook: Notebook) => notebook.cells.filter(({ cell_type }) => cell_type === 'markdown').map(sourceOf);
const htmlOf = (notebook: Notebook) =>
  codeCells(notebook).flatMap(({ outputs = [] }) => outputs.flatMap(({ data }) => data?.['text/html'] ?? []));
const union = (found: readonly Elements[], key: 'tags' | 'attributes') =>
  [...new Set(found.flatMap((elements) => elements[key]))].sort();

describe.skipIf(!hasPython)('hostile names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-hostile-'));
  const plainNames = ATTACKS.map((_, index) => `algo-${index + 1}`);
  const hostileLabel = ATTACKS.slice(0, -1).join(' ');
  let path: string;
  let hostile: Notebook;
  let plain: Notebook;

  beforeAll(async () => {
    path = await written(join(folder, 'hostile'), ATTACKS, hostileLabel);
    hostile = readNotebook(path);
    plain = readNotebook(await written(join(folder, 'plain'), plainNames, 'harmless'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the notebook is valid, runs, and computes the figures it was shipped with', () => {
    expect(askPython('validate', [path])).toEqual([null]);
    const [shown = {}] = askPython<Record<string, Shown>>('run', [path]);
    expect(Object.entries(shown).filter(([, { error }]) => error !== null)).toEqual([]);
    const executed = Object.fromEntries(Object.entries(shown).map(([id, cell]) => [id, cell.figures]));
    expect(Object.values(executed).flat().length).toBeGreaterThan(100);
    expect(rounded(executed)).toEqual(rounded(figures(hostile)));
    const found = askPython<Elements>(
      'elements',
      Object.values(shown).flatMap(({ html }) => html),
    );
    expect(union(found, 'tags')).toEqual(['h4', 'table', 'td', 'th', 'tr']);
    expect(union(found, 'attributes')).toEqual(['td style', 'th style']);
  });

  test('only the ARN gets into code, and stays a string', () => {
    const code = (notebook: Notebook) => codeCells(notebook).map((cell) => (cell.id === 'parameters' ? '' : sourceOf(cell)));
    expect(code(hostile)).toEqual(code(plain));
    const parameters = sourceOf(codeCells(hostile).find(({ id }) => id === 'parameters'));
    expect(parameters).toMatch(/^processing_job_arn = "[\x20-\x7e]*"$/);
    expect(askPython('literal_eval', [parameters.slice('processing_job_arn = '.length)])).toEqual([hostileLabel]);
  });

  test('markdown cells gain no element, as Jupyter or nbconvert renders them', () => {
    const renderings = (notebook: Notebook) => [
      ...markdownOf(notebook).map((text) => marked.parse(text, { async: false, gfm: true })),
      ...askPython<string>('rendered', markdownOf(notebook)),
    ];
    const [theirs, ours] = [hostile, plain].map((notebook) => askPython<Elements>('elements', renderings(notebook)));
    expect(union(theirs ?? [], 'tags')).toEqual(union(ours ?? [], 'tags'));
    expect(union(theirs ?? [], 'attributes').filter((name) => !name.endsWith(' id'))).toEqual(
      union(ours ?? [], 'attributes').filter((name) => !name.endsWith(' id')),
    );
  });

  test('markdown cells hold nothing that Jupyter takes for a formula', () => {
    expect(markdownOf(hostile).join('\n')).not.toMatch(/[\\$]|@@/);
  });

  test('outputs hold the elements of our tables and pictures, and the names as text', () => {
    const found = askPython<Elements>('elements', htmlOf(hostile));
    expect(union(found, 'tags')).toEqual(['details', 'h4', 'img', 'p', 'summary', 'table', 'tbody', 'td', 'th', 'thead', 'tr']);
    expect(union(found, 'attributes')).toEqual(['img alt', 'img src', 'td style', 'th style']);
    const text = found.map((elements) => elements.text.replaceAll(/\s+/g, ' ')).join('\n');
    for (const name of ATTACKS) expect(text).toContain(visibleName(name).replaceAll(/\s+/g, ' '));
  });

  test('without escaping the attacks would have worked', () => {
    const [markdown] = askPython<Elements>('elements', [ATTACKS.map((name) => marked.parse(name, { async: false })).join('')]);
    expect(markdown?.tags).toEqual(
      expect.arrayContaining(['a', 'blockquote', 'del', 'em', 'h1', 'img', 'ol', 'script', 'strong']),
    );
    const [table] = askPython<Elements>('elements', [`<td>${ATTACKS.join('</td><td>')}</td>`]);
    expect(table?.tags).toEqual(expect.arrayContaining(['a', 'img', 'script']));
    expect(askPython('literal_eval', [`"${'left" "the string'}"`, pythonString('left" "the string')])).toEqual([
      'leftthe string',
      'left" "the string',
    ]);
  });

  test('any text comes back from Python as it was, from ASCII code', () => {
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { numRuns: 500, seed: 20260730 });
    const literals = [...texts, ...ATTACKS, '\ud800 \udfff'].map(pythonString);
    expect(literals.join('')).toMatch(/^[\x20-\x7e]*$/);
    expect(askPython('literal_eval', literals)).toEqual([...texts, ...ATTACKS, '\ud800 \udfff']);
  });

  test('any text shows in a markdown cell as it is', () => {
    const texts = fc
      .sample(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }), { numRuns: 500, seed: 20260730 })
      .map((text) => text.trim() || 'x');
    const rendered = [
      ...texts.map((text) => marked.parse(cellText(text), { async: false })),
      ...askPython<string>('rendered', texts.map(cellText)),
    ];
    const found = askPython<Elements>('elements', rendered);
    found.forEach(({ tags, text }, index) => {
      expect([tags, text.trim()], texts[index % texts.length]).toEqual([
        ['p'],
        texts[index % texts.length]?.replace(/\s+/g, ' '),
      ]);
    });
  });
});
