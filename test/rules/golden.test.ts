import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pythonJson } from '../../src/formats/python-json.ts';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { readRun } from '../raw-run.ts';
import { runRule } from '../rule-run.ts';
import { hasShared, shared } from '../shared.ts';

const JOBS = ['g1-single-gpu-framework', 'g2-four-gpu-system-only', 'g3-two-node-low-util', 'g4-cpu-only-short'];

const runs = new Map<string, Promise<TrainingRun>>();
function golden(job: string): Promise<TrainingRun> {
  const run = runs.get(job) ?? readRun(shared(`golden/${job}`));
  runs.set(job, run);
  return run;
}

/** Every key path with its value, in order: equal where values are and keys stand in one order. */
function flattened(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, value]];
  return entries.flatMap(([key, part]) => flattened(part, `${path}/${key}`));
}

describe.skipIf(!hasShared).each(JOBS)('%s in compat mode', (job) => {
  test.each(RULE_NAMES)('%s is what the service’s rule wrote', async (rule) => {
    const made = runRule(rule, await golden(job), 'compat');
    const text = readFileSync(shared(`golden/${job}/expected/profiler-reports/${rule}.json`), 'utf8');
    const { RuleTriggered, Violations, Details, Datapoints } = JSON.parse(text);
    expect([made.triggered, made.violations, made.datapoints]).toEqual([RuleTriggered, Violations, Datapoints]);
    const [own, expected] = [flattened(JSON.parse(pythonJson(made.details))), flattened(Details)];
    expect(own.map(([path]) => path)).toEqual(expected.map(([path]) => path));
    for (const [i, [path, value]] of expected.entries()) {
      if (typeof value !== 'number') expect(own[i]?.[1], path).toEqual(value);
      else expect(Math.abs((own[i]?.[1] as number) - value) / Math.max(1, Math.abs(value)), path).toBeLessThan(1e-9);
    }
    expect(made.issues).toEqual([]);
  });
});
