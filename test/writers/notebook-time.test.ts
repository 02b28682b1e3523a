import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { notebook } from '../../src/writers/notebook.ts';
import { HOSTILE } from '../charts/arbitrary.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { timeReport } from '../fixtures/time-report.ts';
import { askPython, codeCells, figures, hasPython, type Notebook, type Shown, sourceOf } from '../notebooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const small = { nodes: 3, cores: 4, gpus: 2, seconds: 1800, points: 60, columns: 40 };

describe('a notebook with charts over time', () => {
  const content: Notebook = JSON.parse(notebook(timeReport(small)));
  const text = JSON.stringify(content.cells);

  test('shows the first nodes, and says which are left out', () => {
    const shown = figures(content);
    expect(shown['usage-over-time-code']).toHaveLength(2 * 8);
    expect(text).toContain('1 more are left out here: algo-3. The html shows them all.');
  });

  test('has their code only where it is needed', () => {
    const ids = (cells: Notebook) => codeCells(cells).map(({ id }) => id);
    expect(ids(content)).toContain('time_charts');
    expect(ids(JSON.parse(notebook({ ...sampleReport, sections: [] })))).not.toContain('time_charts');
  });

  test('tells issues found in raw data in its text, which stays when the cells run, and what must lie beside it', () => {
    const issues = {
      id: 'gpu-memory-issues',
      title: 'Distinct issues',
      columns: [{ label: 'Where', kind: 'text' }],
      rows: [['algo-7']],
    };
    const block = { kind: 'table', table: { ...issues, searchable: false } } as const;
    const report = timeReport(small);
    const sections = [...report.sections, { id: 'gpu-memory', title: 'GPU memory', blocks: [block] }] as typeof report.sections;
    const cells = (JSON.parse(notebook({ ...report, sections })) as Notebook).cells;
    const cell = (id: string) => cells.find((one) => one.id === id);
    expect(sourceOf(cell('gpu-memory-text'))).toContain('algo-7');
    expect(JSON.stringify(cell('gpu-memory-code'))).not.toContain('algo-7');
    expect(sourceOf(cell('title'))).toContain('profiler-report.json');
  });

  test('of 8 nodes with 8 GPUs and 96 cores each stays below 3 MB', () => {
    expect(notebook(timeReport({ nodes: 8, cores: 96 })).length).toBeLessThan(3_000_000);
  });
});

describe.skipIf(!hasPython)('its cells', () => {
  test.each([
    ['of a plain job', (name: string) => name],
    ['of names that attack', (name: string) => `${HOSTILE[name.length % HOSTILE.length]?.toWellFormed()}${name}`],
  ])('draw the same from the JSON beside it: %s', (_, name) => {
    const report = timeReport({ ...small, name });
    const path = join(folder, 'profiler-report.ipynb');
    writeFileSync(path, notebook(report));
    writeFileSync(join(folder, 'profiler-report.json'), JSON.stringify(report));
    const content: Notebook = JSON.parse(notebook(report));
    const [ran = {}] = askPython<Record<string, Shown>>('run', [path]);
    const rendered = figures(content);
    let compared = 0;
    for (const [id, { error, figures: drawn }] of Object.entries(ran)) {
      expect(error, id).toBeNull();
      expect(drawn, id).toEqual(rendered[id]);
      compared += drawn.length;
    }
    expect(compared).toBe(2 * 8 + 3);
  });

  test('say what is missing where it is not beside them', () => {
    const path = join(mkdtempSync(join(folder, 'alone-')), 'profiler-report.ipynb');
    writeFileSync(path, notebook(timeReport(small)));
    const [ran = {}] = askPython<Record<string, Shown>>('run', [path]);
    expect(ran['usage-over-time-code']).toMatchObject({ error: null, figures: [] });
    expect(ran['usage-over-time-code']?.text).toMatch(
      /^profiler-report\.json is not beside this notebook: .*writes it with `--format json`\./,
    );
  });

  test('take no name that another one needs', () => {
    const cells = codeCells(JSON.parse(notebook(timeReport(small)))).map(sourceOf);
    const bound = askPython<string[]>('bound', cells).flat();
    expect(bound.filter((name, index) => bound.indexOf(name) !== index)).toEqual([]);
  });
});
