import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';

/** The rule files of a small made-up job: file name to text. */
export const rules: ReadonlyMap<string, string> = ruleFiles({ ...exampleJob, minutes: 12, nodes: 1 });

/** Puts these rule files into a folder; a job has them in `profiler-reports/` below. */
export function writeRules(folder: string, files: ReadonlyMap<string, string> = rules): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

/** All files below, by relative path, and their content. */
export function contentsOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

export const REPORTS = ['profiler-report.html', 'profiler-report.ipynb', 'profiler-report.json'];
