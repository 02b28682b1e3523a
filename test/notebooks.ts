import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type PipelineOptions, pipeline } from '../src/pipeline.ts';
import { localStore } from '../src/stores/local.ts';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, '.venv/bin');

/** False where the test packages for Python are not installed. */
export const hasPython = existsSync(join(bin, 'jupyter'));

const PLOTLY = 'application/vnd.plotly.v1+json';

export interface Notebook {
  metadata: Record<string, Record<string, unknown>>;
  cells: NotebookCell[];
}

export interface NotebookCell {
  id: string;
  cell_type: 'code' | 'markdown';
  source: string[];
  metadata: { tags?: string[] };
  outputs?: { output_type: string; text?: string[]; data?: Record<string, string> & { [PLOTLY]?: unknown } }[];
}

/** What a cell shows when it is run. */
export interface Shown {
  figures: unknown[];
  html: string[];
  text: string;
  error: string | null;
}

/** Asks test/python/notebooks.py, one process for all items. */
export function askPython<T>(action: string, items: readonly unknown[]): T[] {
  const input = JSON.stringify({ action, items });
  const script = join(import.meta.dirname, 'python/notebooks.py');
  return JSON.parse(execFileSync(join(bin, 'python'), [script], { input, maxBuffer: 2 ** 30, encoding: 'utf8', stdio: 'pipe' }));
}

/**
 * Runs notebooks in place in a real kernel, as a person without a network would. `home` takes what Jupyter writes for itself; `extra` is
 * added to the environment.
 */
export async function execute(notebooks: readonly string[], home: string, extra: NodeJS.ProcessEnv = {}): Promise<void> {
  mkdirSync(home, { recursive: true });
  const own = Object.fromEntries(
    ['HOME', 'JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR', 'JUPYTER_RUNTIME_DIR', 'IPYTHONDIR'].map((name) => [name, home]),
  );
  const nowhere = 'http://127.0.0.1:9';
  const env = { ...process.env, ...own, PATH: `${bin}:${process.env.PATH}`, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ...extra };
  const args = ['nbconvert', '--to', 'notebook', '--execute', '--inplace', ...notebooks];
  await promisify(execFile)(join(bin, 'jupyter'), args, { env });
}

/** Writes the notebook of the rule files in a folder beside them; returns its path. */
export async function writeNotebook(folder: string, options: Partial<PipelineOptions> = {}): Promise<string> {
  const { files } = await pipeline(localStore(folder), { formats: ['notebook'], ...options });
  const path = join(folder, 'profiler-report.ipynb');
  for (const { bytes } of files) writeFileSync(path, bytes);
  return path;
}

export function readNotebook(path: string): Notebook {
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function codeCells(notebook: Notebook): NotebookCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === 'code');
}

export function sourceOf(cell: NotebookCell | undefined): string {
  return cell?.source.join('') ?? '';
}

/** The figures in the outputs of each code cell, by its id. */
export function figures(notebook: Notebook): Record<string, unknown[]> {
  return Object.fromEntries(
    codeCells(notebook).map(({ id, outputs = [] }) => [
      id,
      outputs.flatMap(({ data }) => (data?.[PLOTLY] ? [data[PLOTLY]] : [])),
    ]),
  );
}

/** Numbers with 12 digits: logarithms differ in the last one between machines. */
export function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item) => (typeof item === 'number' ? Number(item.toPrecision(12)) : item));
}
