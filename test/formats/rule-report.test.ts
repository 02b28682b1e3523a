import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRuleReport } from '../../src/formats/rule-report.ts';
import { RULE_NAMES, type RuleName } from '../../src/model/rule-names.ts';
import { ruleFile } from '../rule-file.ts';
import { corpusCases, corpusFile, hasShared } from '../shared.ts';

const decode = <Name extends RuleName>(rule: Name, text: string) => decodeRuleReport(rule, new TextEncoder().encode(text));
const box = { p25: 0, p50: 1, p75: 2, p95: 3, upper: 3, lower: 0 };

describe('decodeRuleReport', () => {
  test('takes last_timestamp out from between unsorted nodes', () => {
    const gpu = { gpu_max: 9, gpu_95: 8, gpu_5: 0, ...box };
    const { report, problems } = decode(
      'LowGPUUtilization',
      ruleFile('LowGPUUtilization', { 'algo-2': { gpu1: gpu, gpu0: gpu }, last_timestamp: 1648881720000000, 'algo-1': {} }),
    );
    expect(problems).toEqual([]);
    expect([...(report?.details.nodes.keys() ?? [])]).toEqual(['algo-2', 'algo-1']);
    expect([...(report?.details.nodes.get('algo-2')?.keys() ?? [])]).toEqual(['gpu1', 'gpu0']);
    expect(report?.details.lastTimestampMicros).toBe(1648881720000000);
  });

  test('reads parameters by name, not by position', () => {
    const parameters = 'window:10\nincrease:7.5\n\npatience:250\nnew:a:b';
    const { report } = decode('GPUMemoryIncrease', ruleFile('GPUMemoryIncrease', {}, { parameters }));
    expect(Object.fromEntries(report?.parameters ?? [])).toEqual({ window: '10', increase: '7.5', patience: '250', new: 'a:b' });
  });

  test('leaves out what does not fit, names file and key path, keeps the rest', () => {
    const { report, problems } = decode(
      'BatchSize',
      ruleFile('BatchSize', { 'algo-1': { cpu: box, gpu0: { ...box, p50: 'many' }, gpu1: { p25: 1 } } }),
    );
    expect([...(report?.details.nodes.get('algo-1')?.keys() ?? [])]).toEqual(['cpu']);
    expect(problems.map(({ file, path }) => `${file} ${path}`)).toEqual(
      expect.arrayContaining([
        'BatchSize.json Details.algo-1.gpu0.p50',
        'BatchSize.json Details.algo-1.gpu0',
        'BatchSize.json Details.algo-1.gpu1',
      ]),
    );
  });

  test('keeps names that are properties of every object', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
    const text = ruleFile('OverallFrameworkMetrics', {}).replace(
      '{}',
      `{"CPU": {${names.map((name, i) => `"${name}": ${i}`).join(', ')}}}`,
    );
    const { report, problems } = decode('OverallFrameworkMetrics', text);
    expect([...(report?.details.CPU ?? [])]).toEqual(names.map((name, i) => [name, i]));
    expect(problems).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test('numbers names that look the same, and passes over a time that is none', () => {
    const box_ = { cpu: box };
    const text = ruleFile('BatchSize', { 'a\u200bb': box_, 'a\\u200bb': box_, last_timestamp: null });
    const { report, problems } = decode('BatchSize', text);
    expect([...(report?.details.nodes.keys() ?? [])]).toEqual(['a\\u200bb', 'a\\u200bb (2)']);
    expect(report?.details.lastTimestampMicros).toBeUndefined();
    expect(problems.map(({ path }) => path)).toEqual(['Details.last_timestamp']);
  });

  test('keeps the statistics that can be read', () => {
    const text = ruleFile('OverallSystemUsage', { GPU: { 'algo-1': { max: 1, p99: 1, p95: 'NaN', p50: 1, min: 0 } } });
    const { report } = decode('OverallSystemUsage', text);
    expect(report?.details.get('GPU')?.get('algo-1')).toEqual({ max: 1, p99: 1, p50: 1, min: 0 });
  });

  test('takes numbers written as text and step numbers written as numbers', () => {
    const { report, problems } = decode(
      'StepOutlier',
      ruleFile('StepOutlier', { step_details: { 'algo-1-27': { number_of_outliers: '2', phase: 'x', step_numbers: [1, '2'] } } }),
    );
    expect(problems).toEqual([]);
    expect(report?.details.step_details?.get('algo-1-27')).toMatchObject({ number_of_outliers: 2, step_numbers: ['1', '2'] });
  });

  test('drops a histogram whose counts and edges do not belong together, and a list with a wrong entry', () => {
    const time = { p50: 1, probs: [1, 2, 3], binedges: [0, 1] };
    const first = decode('Dataloader', ruleFile('Dataloader', { cores: 4, dataloading_time: time }));
    expect(first.report?.details.dataloading_time).toEqual({ p50: 1, binedges: [0, 1] });
    expect(first.problems.map(({ path }) => path)).toEqual(['Details.dataloading_time.probs']);
    const second = decode(
      'LoadBalancing',
      ruleFile('LoadBalancing', { 'algo-1': { workloads: { gpu0: [1, null], gpu1: [1, 2] } } }),
    );
    expect([...(second.report?.details.nodes.get('algo-1')?.workloads?.keys() ?? [])]).toEqual(['gpu1']);
    expect(second.problems.map(({ path }) => path)).toEqual(['Details.algo-1.workloads.gpu0']);
  });

  test('reads a bottleneck file in any order and names the entries that are not one', () => {
    const bottlenecks = {
      '1648879991.5': { GPUs: 1, CPUs: 4 },
      soon: { GPUs: 1, CPUs: 1 },
      '5': { GPUs: 1 },
      '3': { GPUs: 2, CPUs: 1 },
    };
    const { report, problems } = decode('CPUBottleneck', ruleFile('CPUBottleneck', { low_gpu_utilization: 3, bottlenecks }));
    expect(report?.details.bottlenecks).toEqual([
      { seconds: 3, gpus: 2, cores: 1 },
      { seconds: 1648879991.5, gpus: 1, cores: 4 },
    ]);
    expect(problems.map(({ path }) => path).sort()).toEqual(['Details.bottlenecks.5', 'Details.bottlenecks.soon']);
  });

  test.each(['', '{"RuleTriggered": 1, "Viol', '[]', 'null', '"text"', '<html>'])('gives up on %j and says so', (text) => {
    const { report, problems } = decode('BatchSize', text);
    expect(report).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.file).toBe('BatchSize.json');
  });

  test('tells what the envelope lacks', () => {
    const { report, problems } = decode('IOBottleneck', '{}');
    expect(report).toMatchObject({ triggered: 0, violations: 0, datapoints: 0, details: { bottlenecks: [] } });
    expect(problems.map(({ path }) => path).sort()).toEqual(['Datapoints', 'Details', 'RuleTriggered', 'Violations']);
  });

  test('tells at most 20 problems of a file and counts the rest', () => {
    const nodes = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`algo-${i}`, 'broken']));
    const { problems } = decode('BatchSize', ruleFile('BatchSize', nodes));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toBe('980 more problems of this kind');
  });

  test('decodes any JSON at all without throwing, and never keeps a number that is not finite', () => {
    const anything = fc.oneof(
      fc.anything({ maxDepth: 5, withNullPrototype: false }).filter((value) => JSON.stringify(value) !== undefined),
      fc.record({
        RuleTriggered: fc.anything(),
        Details: fc.dictionary(fc.string(), fc.jsonValue()),
        RuleParameters: fc.string(),
      }),
    );
    const finite = (value: unknown): boolean => {
      if (typeof value === 'number') return Number.isFinite(value);
      if (value instanceof Map) return [...value.values()].every(finite);
      return typeof value !== 'object' || value === null || Object.values(value).every(finite);
    };
    fc.assert(
      fc.property(fc.constantFrom(...RULE_NAMES), anything, (rule, value) => {
        const text = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? Number(item) : item));
        fc.pre(text !== undefined);
        const { report, problems } = decode(rule, text);
        expect(report !== undefined || problems.length > 0).toBe(true);
        expect(finite(report)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a valid file cut off anywhere is an error, never a wrong report', () => {
    const text = ruleFile(
      'MaxInitializationTime',
      { step_num: { first: 1, last: 2 }, job_start: 0.5, job_end: 9 },
      { datapoints: 3 },
    );
    for (let length = 0; length < text.length; length++) {
      expect(decode('MaxInitializationTime', text.slice(0, length)).report, `cut at ${length}`).toBeUndefined();
    }
  });

  test.skipIf(!hasShared).each(corpusCases)('reads every file of %s without a problem', (name) => {
    for (const rule of RULE_NAMES) {
      const bytes = corpusFile(name, rule);
      if (bytes === undefined) continue;
      const { report, problems } = decodeRuleReport(rule, bytes);
      expect(problems).toEqual([]);
      expect(report).toBeDefined();
    }
  });
});
