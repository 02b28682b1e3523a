import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePythonJson, pythonJson } from '../../src/formats/python-json.ts';
import type { RuleName } from '../../src/model/rule-names.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { runRule } from '../rule-run.ts';
import { corpusFile, hasShared, shared } from '../shared.ts';
import { type Sample, smallRun } from '../small-run.ts';

const GPU_JOBS = ['c02', 'c08', 'c21', 'c23'];
const CPU_JOBS = ['c05', 'c16', 'c18', 'c24'];

/**
 * The job's samples as its report's chart has them: the mean over cores, or the one GPU. They end where the service's analysis ended, so
 * that a row comes after them that no rule looks at, in the minute that the service dropped.
 */
function runOf(name: string): TrainingRun {
  const { series } = JSON.parse(readFileSync(shared(`corpus/${name}/timeline.json`), 'utf8'));
  const samples = series.flatMap(({ label, x, y }: { label: string; x: number[]; y: number[] }): Sample[] => {
    const [, dimension = '', node = ''] = /^(.+)-nodeid:(.+)_total$/.exec(label) ?? [];
    const device = dimension.startsWith('GPU') ? { type: 'gpu', name: 'gpu0' } : { type: 'cpu', name: 'cpu0' };
    return x.map((seconds, i) => ({ node, ...device, dimension, seconds, value: y[i] as number }));
  });
  const end = samples.reduce((last: number, { seconds }: Sample) => Math.max(last, seconds), 0);
  const later = { node: 'algo-1', type: '', name: '', dimension: 'none', seconds: end + 60, value: 0 };
  return smallRun({ samples: [...samples, later] });
}

function written(name: string, rule: RuleName) {
  return parsePythonJson(corpusFile(name, rule) as Uint8Array).value as Record<string, unknown> & {
    Details: Record<string, Record<string, Record<string, number>>>;
  };
}

describe.skipIf(!hasShared).each(GPU_JOBS)('%s, a real job', (name) => {
  test.each(['LowGPUUtilization', 'GPUMemoryIncrease', 'BatchSize', 'LoadBalancing'] as const)(
    '%s in compat mode tells what the service told',
    (rule) => {
      const { triggered, violations, datapoints, details } = runRule(rule, runOf(name), 'compat');
      const { RuleTriggered, Violations, Datapoints, Details } = written(name, rule);
      expect({ triggered, violations, datapoints }).toEqual({
        triggered: RuleTriggered,
        violations: Violations,
        datapoints: Datapoints,
      });
      expect(rounded(JSON.parse(pythonJson(details)))).toEqual(rounded(Details));
    },
  );
});

/** To nine digits: the service's means differ in the last ones. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toPrecision(12)) : part));
}

describe.skipIf(!hasShared).each([...GPU_JOBS, ...CPU_JOBS])('OverallSystemUsage of %s, a real job', (name) => {
  test('has the service’s rows of what the chart holds', () => {
    const { details, datapoints } = runRule('OverallSystemUsage', runOf(name), 'compat');
    const { Details, Datapoints } = written(name, 'OverallSystemUsage');
    expect(datapoints).toBe(Datapoints);
    const own = JSON.parse(pythonJson(details));
    for (const metric of ['CPU', ...(GPU_JOBS.includes(name) ? ['GPU', 'GPU memory'] : [])]) {
      expect(Object.keys(own[metric]), metric).toEqual(Object.keys(Details[metric] as object));
      for (const [node, statistics] of Object.entries(Details[metric] as object)) {
        for (const [key, value] of Object.entries(statistics as object)) {
          expect(Math.abs(own[metric][node][key] - value), `${metric} ${node} ${key}`).toBeLessThan(1e-9);
        }
      }
    }
  });
});
