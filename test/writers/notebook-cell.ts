import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { POLICY_VERSION } from '../../src/beacon/payload.ts';
import type { Choice } from '../../src/consent/decide.ts';
import { writeChoices } from '../../src/consent/inputs.ts';
import { hashOfArn } from '../../src/consent/usage.ts';
import type { Usage } from '../../src/model/usage.ts';
import { notebook } from '../../src/writers/notebook.ts';
import { reportOf } from '../judged.ts';
import { codeCells, type Notebook, sourceOf } from '../notebooks.ts';
import { ruleFile } from '../rule-file.ts';

export const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/mnist-profilerreport-1648879000';

export const asking = (endpoint: string, hashed = false): Usage => ({
  kind: 'asking',
  endpoint,
  hashed,
  arn: hashed ? hashOfArn(ARN) : ARN,
});

/** A small report as a notebook. */
export async function smallNotebook(usage?: Usage): Promise<string> {
  // Any file will do.
  const report = await reportOf({ LoadBalancing: ruleFile('LoadBalancing', {}) });
  return notebook({ ...report, job: { ...report.job, processingJobArn: ARN } }, usage);
}

/** The code of the fifth code cell. */
export async function setupCell(usage: Usage): Promise<string> {
  const content: Notebook = JSON.parse(await smallNotebook(usage));
  return sourceOf(codeCells(content)[4]);
}

export interface Circumstances {
  /** The one variable that the cell takes from the cells above, as Python. */
  readonly arn?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Python to run before and after the cell, in the same namespace. */
  readonly before?: string;
  readonly after?: string;
}

export interface CellRun {
  /** Lines printed. */
  readonly lines: readonly string[];
  readonly seconds: number;
}

/** Runs a cell in a Python of its own, in `home`. Rejects where it raises. */
export function runCell(
  cell: string,
  home: string,
  { arn = JSON.stringify(ARN), env = {}, before = '', after = '' }: Circumstances = {},
) {
  const code = [before, `processing_job_arn = ${arn}`, cell, after].join('\n');
  const python = resolve(import.meta.dirname, '../../.venv/bin/python');
  const started = performance.now();
  return new Promise<CellRun>((done, failed) => {
    execFile(python, ['-c', code], { env: { HOME: home, ...env }, cwd: home }, (error, stdout, stderr) => {
      if (error || stderr !== '') failed(error ?? new Error(stderr));
      else done({ lines: stdout.split('\n').slice(0, -1), seconds: (performance.now() - started) / 1000 });
    });
  });
}

export function put(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
}

export const answered = (answer: Choice['answer'], endpoint: string, more: Partial<Choice> = {}): Choice => ({
  scope: 'viewer',
  answer,
  endpoint,
  policyVersion: POLICY_VERSION,
  date: '2026-11-21T09:30:00.000Z',
  ...more,
});

/** Keeps answers where `profiler-report consent` does. */
export function keep(home: string, ...choices: readonly Choice[]): void {
  put(join(home, '.config/profiler-report/consent.json'), writeChoices(choices));
}
