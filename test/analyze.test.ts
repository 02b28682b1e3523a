import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../src/analyze.ts';
import { RULE_NAMES } from '../src/model/rule-names.ts';
import type { TrainingRun } from '../src/model/run.ts';
import { pipeline } from '../src/pipeline.ts';
import { RULES } from '../src/rules/index.ts';
import type { AddedRule } from '../src/rules/rule.ts';
import { localStore } from '../src/stores/local.ts';
import { exampleJob, profilerOutput } from './fixtures/example-job/index.ts';
import { memoryStore } from './memory-store.ts';
import { readRun } from './raw-run.ts';
import { hasShared, shared } from './shared.ts';
import { type Sample, smallRun } from './small-run.ts';

const decoder = new TextDecoder();
const JOBS = ['g1-single-gpu-framework', 'g2-four-gpu-system-only', 'g3-two-node-low-util', 'g4-cpu-only-short'];

/** Every key path with its value, in order. */
function flattened(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  return entries.length === 0 ? [[path, value]] : entries.flatMap(([key, part]) => flattened(part, `${path}/${key}`));
}

test.skipIf(!hasShared)('without samples nobody knows whether there was a GPU, but which nodes there were', async () => {
  const { report } = await pipeline(localStore(shared('samples/two-node-pytorch')));
  expect(report.job).toMatchObject({ name: 'two-node-pytorch', nodes: ['algo-1', 'algo-2'] });
  expect(report.job.gpuCount).toBeUndefined();
  expect(report.rules.map(({ reason }) => reason)).not.toContain('no GPU');
});

describe.skipIf(!hasShared).each(JOBS)('%s in compat mode', (job) => {
  let run: TrainingRun;
  beforeAll(async () => {
    run = await readRun(shared(`golden/${job}`));
  });

  test('all eleven files are those of the service', () => {
    const { files } = analyze(run, { mode: 'compat' });
    expect([...files.keys()]).toEqual(RULE_NAMES);
    for (const [name, bytes] of files) {
      const own = decoder.decode(bytes);
      const expected = readFileSync(shared(`golden/${job}/expected/profiler-reports/${name}.json`), 'utf8');
      const [made, wanted] = [flattened(JSON.parse(own)), flattened(JSON.parse(expected))];
      expect(
        made.map(([path]) => path),
        name,
      ).toEqual(wanted.map(([path]) => path));
      for (const [i, [path, value]] of wanted.entries()) {
        // Counts and times exactly: a billionth of microseconds since the epoch is seconds.
        if (typeof value !== 'number' || Math.abs(value) > 1e6) expect(made[i]?.[1], `${name}${path}`).toEqual(value);
        else {
          const difference = Math.abs((made[i]?.[1] as number) - value);
          expect(difference / Math.max(1, Math.abs(value)), `${name}${path}`).toBeLessThan(1e-9);
        }
      }
      // One line, with the service's spaces.
      expect(own).toMatch(
        /^\{"RuleTriggered": \d+, "Violations": \d+, "Details": \{.*\}, "Datapoints": \d+, "RuleParameters": ".*"\}$/,
      );
    }
  });

  test('tells no issues, since the service did not', () => {
    for (const issues of analyze(run, { mode: 'compat' }).analysis.issues.values()) expect(issues).toEqual([]);
  });
});

const samples = Array.from({ length: 1200 }, (_, i): Sample => {
  return { node: 'algo-1', type: 'gpu', dimension: 'GPUUtilization', name: 'gpu0', value: 75, seconds: 1_700_000_040 + i };
});
const busy = smallRun({ samples });

describe('parameters', () => {
  const triggered = (parameters: Record<string, string>) =>
    analyze(busy, { parameters }).reports.LowGPUUtilization?.triggered ?? Number.NaN;

  test('given ones count, case aside, and stand in the file in the order of the service', () => {
    expect(triggered({})).toBe(0);
    expect(triggered({ lowgpuutilization_THRESHOLD_p95: ' 80 ' })).toBeGreaterThan(0);
    const { files } = analyze(busy, {
      parameters: { LowGPUUtilization_patience: '900', LowGPUUtilization_threshold_p95: '80.0' },
    });
    expect(JSON.parse(decoder.decode(files.get('LowGPUUtilization'))).RuleParameters).toBe(
      'threshold_p95:80.0\nthreshold_p5:10\nwindow:500\npatience:900',
    );
  });

  test.each([
    ['LowGPUUtilization_treshold_p95', '80', 'is no parameter of a rule: write LowGPUUtilization_threshold_p95.'],
    ['LowGPUUtilisation_patience', '80', 'is no parameter of a rule: write LowGPUUtilization_patience.'],
    ['CPUBottleneck_colour', '80', 'its rule has CPUBottleneck_threshold, CPUBottleneck_cpu_threshold, '],
    ['colour', '80', 'is no parameter of a rule: write <Rule>_<parameter>, for example '],
    ['LowGPUUtilization_threshold_p95', 'high', 'is "high": write a number.'],
    ['LowGPUUtilization_threshold_p95', '', 'is "": write a number.'],
    ['LowGPUUtilization_threshold_p95', '180', 'is 180: write a number from 0 to 100.'],
    ['LowGPUUtilization_patience', '-1', 'is -1: write 0 or more.'],
  ])('%s=%s is refused', (name, value, reason) => {
    const message = expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(reason) });
    expect(() => analyze(busy, { parameters: { [name]: value } })).toThrow(message);
    expect(() => analyze(busy, { parameters: { [name]: value } })).toThrow(`the rule parameter ${name} `);
  });

  test.each([{ stddev: '4' }, { threshold: '4' }, { threshold: '5', stddev: '4' }])(
    '%j of StepOutlier is one parameter',
    (given) => {
      const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [`StepOutlier_${name}`, value]));
      const { files } = analyze(busy, { parameters });
      const text = JSON.parse(decoder.decode(files.get('StepOutlier'))).RuleParameters;
      expect(text).toBe('threshold:4\nmode:None\nn_outliers:10\nstddev:4');
    },
  );

  test('those of other purposes are passed over', () => {
    expect(triggered({ rule_to_invoke: 'ProfilerReport', opt_out_telemetry: 'True', scan_interval_us: '60000000' })).toBe(0);
  });

  test('every one of the service has its default, and a range where it is a number', () => {
    for (const { name, defaults, ranges } of Object.values(RULES)) {
      for (const [parameter, value] of Object.entries(defaults)) {
        if (Number.isFinite(Number(value))) expect(ranges, `${name}_${parameter}`).toHaveProperty(parameter);
      }
    }
  });
});

const seen: AddedRule = {
  name: 'Seen',
  title: 'Seen',
  defaults: { limit: '3' },
  checks: (p) => `Were there more than ${p('limit')} scans?`,
  run(run, { scans, parameter: p, mode }) {
    const verdict = scans.length > p('limit') ? 'issue' : 'ok';
    const issue = { node: run.metrics.nodes[0] as string, evidence: mode, spans: [{ startSeconds: 1, endSeconds: 2 }] };
    return { judgement: { verdict, reason: 'counted', finding: `${scans.length} scans.` }, issues: [issue] };
  },
};

describe('an added rule', () => {
  const job = Object.fromEntries(profilerOutput({ ...exampleJob, minutes: 6, nodes: 1 }));
  const withRules = (rules: readonly AddedRule[]) => pipeline(memoryStore(job), { rules, formats: ['html', 'notebook'] });

  test('has its verdict, its issues and a section of its own, and no file', async () => {
    const { report, output, findings } = await withRules([seen]);
    const result = report.rules.find(({ rule }) => rule === 'Seen');
    expect(result).toMatchObject({ verdict: 'issue', reason: 'counted', issueCount: 1, sectionId: 'seen' });
    expect(result?.parameters).toEqual([{ name: 'limit', value: '3', default: '3', changed: false }]);
    expect(report.sections.some(({ id, rule }) => id === 'seen' && rule === 'Seen')).toBe(true);
    expect([...output.files.keys()]).toEqual(RULE_NAMES);
    expect(findings?.rules.find(({ rule }) => rule === 'Seen')?.issues).toMatchObject([{ evidence: 'fixed' }]);
    expect(report.counts.issue + report.counts.ok + report.counts.notJudged + report.counts.error).toBe(10);
  });

  test('that throws costs only itself', async () => {
    const broken: AddedRule = {
      ...seen,
      run() {
        throw new Error('no luck');
      },
    };
    const { report } = await withRules([broken]);
    const errors = report.rules.filter(({ verdict }) => verdict === 'error');
    expect(errors).toMatchObject([{ rule: 'Seen', reason: 'the rule broke', finding: 'Judging this rule failed: no luck.' }]);
  });

  test('takes parameters like any other', () => {
    const { outcomes } = analyze(busy, { rules: [seen], parameters: { seen_limit: '1000' } });
    expect(outcomes.get('Seen')?.judgement?.verdict).toBe('ok');
  });
});
