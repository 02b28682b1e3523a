import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arnOfNotebook } from '../../src/formats/own-report.ts';
import { notebook } from '../../src/writers/notebook.ts';
import { largeCluster, writeJob } from '../fixtures/example-job/index.ts';
import { reportOf } from '../judged.ts';
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
import { corpusCases, hasShared, shared } from '../shared.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/pytorch-training-profilerreport-1';
/** Any file will do. */
const LITTLE = { LoadBalancing: ruleFile('LoadBalancing', {}) };
const FIRST_CELLS = ['start', 'reading', 'measures', 'parameters', 'setup'];

const shippedHtml = (shipped: Notebook) =>
  codeCells(shipped).flatMap(({ outputs = [] }) => outputs.flatMap(({ data }) => data?.['text/html'] ?? []));

/** The cells of the tables of key figures. */
function keyFigures(html: readonly string[]): string[][] {
  const tables = html.filter((text) => text.startsWith('<h4>Key figures</h4>'));
  return tables.map((table) => [...table.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell ?? ''));
}

describe('the contract of the service’s notebooks', async () => {
  const report = await reportOf(LITTLE);
  const content: Notebook = JSON.parse(notebook({ ...report, job: { ...report.job, processingJobArn: ARN } }));

  test('the cell tagged parameters sets the ARN, and the file tells it to the next report', () => {
    const tagged = content.cells.filter(({ metadata }) => metadata.tags?.includes('parameters'));
    expect(tagged.map(sourceOf)).toEqual([`processing_job_arn = "${ARN}"`]);
    expect(arnOfNotebook(new TextEncoder().encode(JSON.stringify(content)))).toBe(ARN);
  });

  test('the fifth code cell calls setup_profiler_report', () => {
    expect(sourceOf(codeCells(content)[4])).toBe('setup_profiler_report(processing_job_arn, opt_out=True)');
    expect(
      codeCells(content)
        .slice(0, 5)
        .map(({ id }) => id),
    ).toEqual(FIRST_CELLS);
  });

  test('all code but the parameters is tagged hide-input', () => {
    const shown = codeCells(content).filter(({ metadata }) => !metadata.tags?.includes('hide-input'));
    expect(shown.map(({ id }) => id)).toEqual(['parameters']);
  });

  test('without an ARN the parameter is empty and the file names none', () => {
    const plain: Notebook = JSON.parse(notebook(report));
    expect(sourceOf(codeCells(plain)[3])).toBe('processing_job_arn = ""');
    expect(plain.metadata.profiler_report).toEqual({
      version: report.tool.version,
      source: report.job.source,
      cells_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('the same report gives the same bytes', () => {
    expect(notebook(report)).toBe(notebook(report));
  });
});

describe.skipIf(!hasPython)('the code of the cells', async () => {
  const cells = codeCells(JSON.parse(notebook(await reportOf(LITTLE))));
  const firstSection = cells.findIndex(({ id }) => id === 'summary-code');

  test('imports nothing that could send, load or run', () => {
    const modules = new Set(askPython<string[]>('imports', cells.map(sourceOf)).flat());
    const allowed = [
      'IPython.display',
      'datetime',
      'decimal',
      'functools',
      'html',
      'json',
      'math',
      'pandas',
      'pathlib',
      're',
      'struct',
    ];
    expect([...modules].sort()).toEqual(allowed);
    expect(cells.map(sourceOf).join('\n')).not.toMatch(/%matplotlib|bokeh|urlopen|requests|socket|__import__|\beval\b|\bexec\b/);
  });

  test('no cell takes a name that another one needs', () => {
    const bound = askPython<string[]>('bound', cells.map(sourceOf));
    const helpers = bound.slice(0, firstSection).flat();
    expect(helpers.length).toBeGreaterThan(40);
    expect(helpers.filter((name, index) => helpers.indexOf(name) !== index)).toEqual([]);
    const inSections = new Set(bound.slice(firstSection).flat());
    expect(helpers.filter((name) => inSections.has(name))).toEqual([]);
  });
});

describe.skipIf(!hasPython || !hasShared)('real jobs, and a cluster of 8 nodes with 8 GPUs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
  const names = [...corpusCases, 'cluster'];
  const paths: string[] = [];

  beforeAll(async () => {
    for (const name of corpusCases) cpSync(shared(`corpus/${name}`), join(folder, name), { recursive: true });
    writeJob(join(folder, 'cluster'), largeCluster);
    for (const name of names) paths.push(await writeNotebook(join(folder, name)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are valid notebooks, warnings included', () => {
    expect(askPython('validate', paths)).toEqual(paths.map(() => null));
  });

  test('hold figures that the plotly package takes', () => {
    const shipped = paths.map((path) => Object.values(figures(readNotebook(path))).flat());
    expect(askPython('plotly', shipped)).toEqual(shipped.map(({ length }) => length));
    expect(Math.min(...shipped.map(({ length }) => length))).toBeGreaterThan(0);
  });

  test('compute the figures and key figures they were shipped with, and as many tables', () => {
    const runs = askPython<Record<string, Shown>>('run', paths);
    runs.forEach((shown, index) => {
      const shipped = readNotebook(paths[index] as string);
      const executed = Object.fromEntries(Object.entries(shown).map(([id, cell]) => [id, cell.figures]));
      expect(rounded(executed), names[index]).toEqual(rounded(figures(shipped)));
      for (const { id, outputs = [] } of codeCells(shipped)) {
        expect(shown[id]?.error, `${names[index]} ${id}`).toBeNull();
        // The cell of the rules shows the files’ counts; the rules’ table of the report holds verdicts and stands in the text.
        if (id !== 'rules-code') expect(shown[id]?.html.length, `${names[index]} ${id}`).toBe(outputs.length);
      }
      expect(shown.setup?.text).toMatch(/^Nothing was sent/);
      expect(keyFigures(Object.values(shown).flatMap(({ html }) => html)), names[index]).toEqual(
        keyFigures(shippedHtml(shipped)),
      );
    });
  });

  test('are readable before they are run: picture, table and words for every figure', () => {
    const outputs = paths.flatMap((path) => codeCells(readNotebook(path)).flatMap((cell) => cell.outputs ?? []));
    const drawn = outputs.filter(({ data }) => data?.['application/vnd.plotly.v1+json']);
    expect(drawn.length).toBeGreaterThan(300);
    for (const { data } of drawn) {
      expect(data?.['text/html']).toMatch(/<img alt="[^"]{20,}" src="data:image\/svg\+xml;base64,[A-Za-z0-9+/=]{200,}">/);
      expect(data?.['text/html']).toMatch(/<table><thead>.*<tbody><tr>/s);
      expect(data?.['text/plain']?.split('\n')).toHaveLength(2);
      const quiet = { showSendToCloud: false, plotlyServerURL: '' };
      expect(data?.['application/vnd.plotly.v1+json']).toMatchObject({ config: quiet });
    }
  });
});
