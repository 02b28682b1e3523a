import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { RuleName } from '../../src/model/rule-names.ts';
import { reportOf, sectionOf } from '../judged.ts';
import { ruleFile } from '../rule-file.ts';

const box = { p25: 0, p50: 1, p75: 2, p95: 3, upper: 3, lower: 0 };
const gpu = { gpu_max: 3, gpu_95: 2, gpu_5: 1, ...box };
const many = <T>(n: number, name: string, value: (i: number) => T) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${name}${i}`, value(i)]));
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

const LARGE: readonly [string, Partial<Record<RuleName, () => string>>][] = [
  [
    '100,000 bottlenecks',
    {
      CPUBottleneck: () => {
        const bottlenecks = Object.fromEntries(
          numbers(100_000).map((i) => [(1648879991 + i / 2).toFixed(6), { GPUs: 1, CPUs: 4 }]),
        );
        return ruleFile(
          'CPUBottleneck',
          { low_gpu_utilization: 1e5, bottlenecks },
          { triggered: 3, violations: 1e5, datapoints: 1e5 },
        );
      },
    },
  ],
  [
    '100,000 GPUs',
    {
      LowGPUUtilization: () =>
        ruleFile('LowGPUUtilization', { 'algo-1': many(100_000, 'gpu', () => gpu) }, { triggered: 3, datapoints: 2000 }),
    },
  ],
  [
    '100,000 nodes',
    {
      LowGPUUtilization: () =>
        ruleFile(
          'LowGPUUtilization',
          many(100_000, 'algo-', () => ({ gpu0: gpu })),
          { triggered: 3, datapoints: 2000 },
        ),
    },
  ],
  [
    '100,000 phases and operators',
    {
      OverallFrameworkMetrics: () =>
        ruleFile('OverallFrameworkMetrics', { CPU: many(100_000, 'op', (i) => i), phase: many(100_000, 'phase', (i) => i) }),
    },
  ],
  [
    '1,000 workloads',
    {
      LoadBalancing: () =>
        ruleFile(
          'LoadBalancing',
          { 'algo-1': { workloads: many(1000, 'gpu', (i) => [...Array(48).fill(i), 3]) } },
          { datapoints: 50_000 },
        ),
    },
  ],
  [
    '40 names of 1 MB',
    { OverallFrameworkMetrics: () => ruleFile('OverallFrameworkMetrics', { CPU: many(40, 'x'.repeat(1_000_000), (i) => i) }) },
  ],
  [
    '50,000 broken nodes',
    {
      BatchSize: () =>
        ruleFile(
          'BatchSize',
          many(50_000, 'algo-', () => ({ cpu: { p25: 'x' } })),
        ),
    },
  ],
  [
    'a histogram of 100,000 bins',
    {
      Dataloader: () =>
        ruleFile(
          'Dataloader',
          { cores: 4, dataloading_time: { probs: numbers(100_000), binedges: numbers(100_001) } },
          { datapoints: 1e5 },
        ),
    },
  ],
];

describe('large rule files', () => {
  test.each(LARGE)('%s make a report of bounded size', { timeout: 60_000 }, async (_, files) => {
    const report: Report = await reportOf(Object.fromEntries(Object.entries(files).map(([rule, make]) => [rule, make()])));
    const rest = { ...report, job: undefined };
    expect(JSON.stringify(rest).length).toBeLessThan(1_000_000);
  });

  test('what is cut is told', async () => {
    const report = await reportOf({
      LowGPUUtilization: ruleFile(
        'LowGPUUtilization',
        many(300, 'algo-', () => ({ gpu0: gpu })),
        { triggered: 3, datapoints: 2000 },
      ),
    });
    const { blocks } = sectionOf(report, 'gpu-utilization');
    expect(blocks).toContainEqual({ kind: 'note', tone: 'info', text: 'Drawn are the first 64 of 300, worst first.' });
    const table = blocks.find((block) => block.kind === 'table');
    expect([table?.table.rows.length, table?.table.totalRows]).toEqual([200, 300]);
  });

  test('a moment far outside of the job does not stretch its time axis', async () => {
    const bottlenecks = { '5': { GPUs: 1, CPUs: 1 }, '1648880000.5': { GPUs: 1, CPUs: 1 } };
    const report = await reportOf({
      MaxInitializationTime: ruleFile('MaxInitializationTime', { step_num: {}, job_start: 1648879991, job_end: 1648889991 }),
      CPUBottleneck: ruleFile('CPUBottleneck', { low_gpu_utilization: 2, bottlenecks }, { violations: 2, datapoints: 2000 }),
    });
    const { blocks } = sectionOf(report, 'cpu-bottlenecks');
    const [timeline] = blocks.flatMap((block) =>
      block.kind === 'chart' && block.chart.kind === 'timeline' ? [block.chart] : [],
    );
    expect(timeline?.edgesSeconds[0]).toBe(1648879991);
    expect(JSON.stringify(blocks)).toContain('Far outside of the job, and not drawn: 1 moment of the file.');
  });

  test('two names of 1 MB stay two names', async () => {
    const names = [`${'x'.repeat(1_000_000)}a`, `${'x'.repeat(1_000_000)}b`];
    const report = await reportOf({
      OverallFrameworkMetrics: ruleFile('OverallFrameworkMetrics', {
        phase: { [names[0] as string]: 40, [names[1] as string]: 60 },
      }),
    });
    const chart = sectionOf(report, 'framework-metrics').blocks.flatMap((block) =>
      block.kind === 'chart' && block.chart.kind === 'shares' ? [block.chart] : [],
    )[0];
    const labels = chart?.parts.map(({ label }) => label) ?? [];
    expect(new Set(labels).size).toBe(2);
    expect(labels[0]).toContain('(1,000,001 characters, checksum ');
    expect(report.problems).toContainEqual({
      file: 'OverallFrameworkMetrics.json',
      path: '',
      message: '2 names are very long: shown shortened',
    });
  });
});
