import { describe, expect, test } from 'vitest';
import { RULE_NAMES, type RuleName } from '../../src/model/rule-names.ts';
import { reportOf, resultOf, sectionOf, someUsage } from '../judged.ts';
import { ruleFile } from '../rule-file.ts';

const overall = (gpus = true) => ({ OverallSystemUsage: ruleFile('OverallSystemUsage', someUsage(gpus), { datapoints: 2000 }) });
const box = { p25: 0, p50: 1, p75: 2, p95: 30, upper: 3, lower: 0 };
const bins = (first: number, last = 0) => [first, ...Array(47).fill(0), last];

interface Counts {
  triggered?: number;
  violations?: number;
  datapoints?: number;
  parameters?: string;
}

async function judged(rule: RuleName, details: unknown, counts: Counts = {}, gpus = true) {
  return resultOf(await reportOf({ ...overall(gpus), [rule]: ruleFile(rule, details, { datapoints: 2000, ...counts }) }), rule);
}

const GPU_RULES: readonly RuleName[] = [
  'CPUBottleneck',
  'IOBottleneck',
  'LowGPUUtilization',
  'GPUMemoryIncrease',
  'BatchSize',
  'LoadBalancing',
];

describe('every GPU rule', () => {
  test.each(GPU_RULES)('%s is not judged on a CPU job', async (rule) => {
    expect(await judged(rule, {}, {}, false)).toMatchObject({ verdict: 'not judged', reason: 'no GPU' });
  });

  test('is judged where an unreadable count is all that is known of GPUs: no count is not zero', async () => {
    const batchSize = async (datapoints: unknown) => {
      const low = ruleFile('LowGPUUtilization', {}, { datapoints: datapoints as number });
      const files = { LowGPUUtilization: low, BatchSize: ruleFile('BatchSize', {}, { datapoints: 1001 }) };
      return resultOf(await reportOf(files), 'BatchSize');
    };
    expect((await batchSize('many')).verdict).toBe('ok');
    expect((await batchSize(0)).reason).toBe('no GPU');
  });

  test.each(GPU_RULES)('%s is not judged within its patience, and says how much is missing', async (rule) => {
    const result = await judged(rule, {}, { datapoints: 1000 });
    expect(result).toMatchObject({ verdict: 'not judged', reason: 'too short' });
    expect(result.finding).toContain('1,000 data points');
  });

  test.each(GPU_RULES.filter((rule) => rule !== 'LoadBalancing'))('%s that never triggered is ok', async (rule) => {
    expect((await judged(rule, {}, { datapoints: 1001 })).verdict).toBe('ok');
  });

  test('the patience of the file counts, not the default', async () => {
    const parameters = 'window:10\npatience:100\nincrease:5';
    expect((await judged('GPUMemoryIncrease', {}, { datapoints: 101, parameters })).verdict).toBe('ok');
    expect((await judged('GPUMemoryIncrease', {}, { datapoints: 100, parameters })).verdict).toBe('not judged');
  });
});

describe('LowGPUUtilization', () => {
  const gpu = (values: object) => ({ 'algo-1': { gpu0: { ...box, gpu_max: 99, gpu_95: 40, gpu_5: 0, ...values } } });

  test.each([
    ['underused', { gpu_95: 40 }, 'stayed low (p95 40 % in the last window)'],
    ['fluctuating', { gpu_95: 95, gpu_5: 2 }, 'swung between idle and busy (p5 2 %, p95 95 %)'],
    ['unused GPUs', { gpu_max: 0, gpu_95: 0, p95: 0 }, 'did no work at all'],
    ['unused GPUs', { gpu_max: 8, gpu_95: 0, p95: 0 }, 'did almost no work'],
  ])('%s', async (reason, values, finding) => {
    const result = await judged('LowGPUUtilization', gpu(values), { triggered: 3 });
    expect(result).toMatchObject({ verdict: 'issue', reason });
    expect(result.finding).toContain(finding);
  });
});

describe('LoadBalancing, judged anew from its histograms', () => {
  const workloads = (byGpu: Record<string, number[]>) => ({ 'algo-1': { workloads: byGpu } });

  test('an idle GPU beside a busy one is an issue although the service counted none', async () => {
    const result = await judged('LoadBalancing', workloads({ gpu0: bins(0, 2000), gpu1: bins(2000) }));
    expect(result).toMatchObject({ verdict: 'issue', reason: '1 unequal pair', triggered: 0 });
    expect(result.finding).toContain('at a distance of 0.83');
  });

  test('GPUs that differ only above 98 % are told apart', async () => {
    const result = await judged('LoadBalancing', workloads({ gpu0: bins(0, 0), gpu1: bins(2000) }));
    expect(result.verdict).toBe('issue');
  });

  test('samples above 98 % are not made up where the GPU never got there', async () => {
    const idle = { ...someUsage(), GPU: { 'algo-1': { max: 0, p99: 0, p95: 0, p50: 0, min: 0 } } };
    const report = await reportOf({
      OverallSystemUsage: ruleFile('OverallSystemUsage', idle),
      LoadBalancing: ruleFile('LoadBalancing', workloads({ gpu0: bins(1200), gpu1: bins(2000) }), { datapoints: 2000 }),
    });
    expect(resultOf(report, 'LoadBalancing').verdict).toBe('ok');
  });

  test('equal work is ok, a single GPU is not judged', async () => {
    expect((await judged('LoadBalancing', workloads({ gpu0: bins(2000), gpu1: bins(2000) }))).verdict).toBe('ok');
    expect(await judged('LoadBalancing', workloads({ gpu0: bins(2000) }))).toMatchObject({
      verdict: 'not judged',
      reason: 'single GPU',
    });
  });
});

describe('MaxInitializationTime, judged anew from step_num', () => {
  const timing = (minutes: number) => ({ step_num: { first: minutes * 60e6, last: 7200e6 }, job_start: 0, job_end: 7200 });

  test.each([
    [19.9, 'ok'],
    [20, 'ok'],
    [20.1, 'issue'],
  ])('first step after %d minutes is %s', async (minutes, verdict) => {
    expect(await judged('MaxInitializationTime', timing(minutes))).toMatchObject({ verdict, triggered: 0 });
  });

  test('without steps it is not a pass', async () => {
    const result = await judged('MaxInitializationTime', { step_num: {}, job_start: 0, job_end: 7200 }, { datapoints: 0 });
    expect(result).toMatchObject({ verdict: 'not judged', reason: 'no step data' });
  });
});

describe('bottlenecks', () => {
  test('the sentence gives shares of all moments', async () => {
    const result = await judged(
      'CPUBottleneck',
      { low_gpu_utilization: 1600, bottlenecks: {} },
      { triggered: 5, violations: 1200 },
    );
    expect(result).toMatchObject({ verdict: 'issue', reason: '60 % of moments, limit 50 %' });
    expect(result.finding).toContain('in another 20 % a GPU was idle for other reasons');
  });

  test('a limit exceeded only earlier in the job is told as such', async () => {
    const result = await judged('IOBottleneck', { low_gpu_utilization: 900, bottlenecks: {} }, { triggered: 1, violations: 800 });
    expect(result.verdict).toBe('issue');
    expect(result.finding).toContain('was exceeded earlier in the job');
  });
});

describe('StepOutlier', () => {
  test.each([
    ['no step data', {}, 0, 'not judged'],
    ['too few steps', { step_details: {} }, 80, 'not judged'],
    ['2 outliers, limit 10 per worker', { step_details: { 'algo-1-27': { number_of_outliers: 2 } } }, 500, 'ok'],
  ])('%s', async (reason, details, datapoints, verdict) => {
    expect(await judged('StepOutlier', details, { datapoints })).toMatchObject({ verdict, reason });
  });

  test('counts the outliers of the file, not the violations that the service added up again and again', async () => {
    const worker = {
      number_of_outliers: 22,
      step_stats: { mean: 1, max: 9, p99: 8, p95: 3, p50: 1, min: 0.5 },
      probs: [978],
      binedges: [0, 3],
    };
    const result = await judged('StepOutlier', { step_details: { 'algo-1-27': worker } }, { triggered: 38, violations: 649 });
    expect(result).toMatchObject({ verdict: 'issue', reason: '22 slow steps', violations: 649 });
    expect(result.finding).toBe(
      '22 steps of 1,000 (2.2 %) took longer than usual; the slowest took 9 s where the median is 1 s.',
    );
  });
});

describe('Dataloader', () => {
  const details = (dataloaders: number, cores: number) => ({ dataloaders, cores, num_workers: 0, pin_memory: false });

  test.each([
    ['no data-loading events', {}, { datapoints: 0 }, 'not judged'],
    ['few loaders for the cores', details(1, 4), { datapoints: 40, triggered: 1 }, 'issue'],
    ['more loaders than cores can serve', details(20, 4), { datapoints: 40, triggered: 1 }, 'issue'],
    ['triggered earlier in the job', details(4, 4), { datapoints: 40, triggered: 1 }, 'issue'],
    ['loaders fit the cores', details(4, 4), { datapoints: 40 }, 'ok'],
    // Outside the limits and yet not counted: the rule was still waiting.
    ['too short', details(1, 4), { datapoints: 40 }, 'not judged'],
    ['too short', details(4, 4), { datapoints: 10 }, 'not judged'],
  ])('%s', async (reason, file, counts, verdict) => {
    expect(await judged('Dataloader', file, counts)).toMatchObject({ verdict, reason });
  });
});

describe('all rules together', () => {
  test('a missing file is not judged, a truncated one is an error, the rest stands', async () => {
    const report = await reportOf({
      ...overall(),
      Dataloader: '{"RuleTriggered": 1, ',
      BatchSize: ruleFile('BatchSize', {}, { datapoints: 2000 }),
    });
    expect(resultOf(report, 'StepOutlier')).toMatchObject({ verdict: 'not judged', reason: 'file missing' });
    expect(resultOf(report, 'Dataloader')).toMatchObject({ verdict: 'error', reason: 'file damaged' });
    expect(resultOf(report, 'BatchSize').verdict).toBe('ok');
    expect(report.counts).toEqual({ issue: 0, ok: 1, notJudged: 8, error: 1 });
  });

  test('a truncated descriptive file counts as an error too', async () => {
    const report = await reportOf({ OverallSystemUsage: '{', BatchSize: ruleFile('BatchSize', {}) });
    expect(report.counts.error).toBe(1);
  });

  test.each(['RuleTriggered', 'Datapoints', 'Details'])('%s missing or no number is an error, never a pass', async (key) => {
    for (const spoilt of [undefined, null, 'many', -1]) {
      const files = RULE_NAMES.map((rule) => {
        const file = JSON.parse(ruleFile(rule, rule === 'OverallSystemUsage' ? someUsage() : {}, { datapoints: 2000 }));
        return [rule, JSON.stringify({ ...file, [key]: spoilt })];
      });
      const report = await reportOf(Object.fromEntries(files));
      const passed = report.rules.filter(
        ({ rule, verdict }) => verdict === 'ok' && rule !== 'MaxInitializationTime' && rule !== 'LoadBalancing',
      );
      expect(passed.map(({ rule }) => rule)).toEqual([]);
      expect(resultOf(report, 'LowGPUUtilization')).toMatchObject({ verdict: 'error', reason: 'file damaged' });
    }
  });

  test('a rule that triggered is an issue even where the last GPU has few data points', async () => {
    const gpu = { 'algo-1': { gpu0: { ...box, gpu_max: 99, gpu_95: 40, gpu_5: 0 } } };
    expect((await judged('LowGPUUtilization', gpu, { triggered: 3, datapoints: 990 })).verdict).toBe('issue');
  });

  test('a descriptive file that is missing has a verdict to tell', async () => {
    const report = await reportOf({ BatchSize: ruleFile('BatchSize', {}) });
    expect(resultOf(report, 'OverallSystemUsage')).toMatchObject({
      verdict: 'not judged',
      reason: 'file missing',
      descriptive: false,
    });
    expect(resultOf(await reportOf(overall()), 'OverallSystemUsage').descriptive).toBe(true);
  });

  test('parameters that cannot be used are told', async () => {
    const report = await reportOf({
      IOBottleneck: ruleFile('IOBottleneck', {}, { parameters: 'threshold:abc\nio_threshold:50\ngpu_threshold:10' }),
    });
    expect(report.problems.map(({ message }) => message)).toEqual([
      'threshold is not a number: judged with the default 50',
      'patience is missing: judged with the default 1000',
    ]);
  });

  test('GPUs that were never used make a CPU bottleneck tell little', async () => {
    const idle = { ...someUsage(), GPU: { 'algo-1': { max: 0, p99: 0, p95: 0, p50: 0, min: 0 } } };
    const report = await reportOf({
      OverallSystemUsage: ruleFile('OverallSystemUsage', idle, { datapoints: 2000 }),
      CPUBottleneck: ruleFile(
        'CPUBottleneck',
        { low_gpu_utilization: 2000, bottlenecks: {} },
        { triggered: 9, violations: 1900, datapoints: 2000 },
      ),
    });
    expect(resultOf(report, 'CPUBottleneck').action).toContain('that the model runs on a GPU');
  });

  test('changed parameters stand out, also under names unknown to us', async () => {
    const result = await judged('IOBottleneck', {}, { parameters: 'threshold:50.0\nio_threshold:65\nshiny:1\npatience:1000' });
    expect(result.parameters).toEqual([
      { name: 'threshold', value: '50.0', default: '50', changed: false },
      { name: 'io_threshold', value: '65', default: '50', changed: true },
      { name: 'shiny', value: '1', changed: true },
      { name: 'patience', value: '1000', default: '1000', changed: false },
    ]);
    expect(result.checks).toContain('more than 65 %');
  });

  test('a parameter that is no number falls back to its default, also in the chart', async () => {
    const parameters = 'threshold_p95:many\nthreshold_p5:\nwindow:500\npatience:1000';
    const gpu = { 'algo-1': { gpu0: { ...box, gpu_max: 99, gpu_95: 40, gpu_5: 0 } } };
    const file = ruleFile('LowGPUUtilization', gpu, { triggered: 1, datapoints: 2000, parameters });
    const report = await reportOf({ ...overall(), LowGPUUtilization: file });
    expect(resultOf(report, 'LowGPUUtilization').checks).toContain('below 70 % (underused)');
    expect(JSON.stringify(sectionOf(report, 'gpu-utilization'))).toContain('"threshold":{"label":"p95 limit","value":70}');
  });

  test('issues come first, and a cause before its symptom', async () => {
    const report = await reportOf({
      ...overall(),
      LowGPUUtilization: ruleFile(
        'LowGPUUtilization',
        { 'algo-1': { gpu0: { ...box, gpu_max: 50, gpu_95: 20, gpu_5: 0 } } },
        { triggered: 1, datapoints: 2000 },
      ),
      CPUBottleneck: ruleFile(
        'CPUBottleneck',
        { low_gpu_utilization: 1900, bottlenecks: {} },
        { triggered: 1, violations: 1500, datapoints: 2000 },
      ),
    });
    expect(report.rules.slice(0, 2).map(({ rule }) => rule)).toEqual(['CPUBottleneck', 'LowGPUUtilization']);
    expect(report.actions.map(({ rule }) => rule)).toEqual(['CPUBottleneck', 'LowGPUUtilization']);
  });
});
