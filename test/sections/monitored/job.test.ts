import { describe, expect, test } from 'vitest';
import type { MetricName } from '../../../src/model/cloudwatch-metrics.ts';
import type { MetricSeries, Monitored, Subject } from '../../../src/model/monitored.ts';
import { monitoredSections } from '../../../src/sections/monitored/index.ts';
import { monitoredEndpoint, START, seriesOf } from '../../monitored.ts';
import { chartOf, chartsOf, factsOf, reportOf, rowsOf, textsOf } from './blocks.ts';

const JOB = 'churn';

const used = (host: string, metric: MetricName, value: number) =>
  seriesOf({
    metric,
    statistic: 'Average',
    namespace: '/aws/sagemaker/TrainingJobs',
    dimensions: { Host: `${JOB}/${host}` },
    value: () => value,
  });

function trainingJob(series: readonly MetricSeries[], subject: Partial<Subject> = {}): Monitored {
  return monitoredEndpoint({
    variants: [],
    series,
    subject: {
      kind: 'training job',
      name: JOB,
      status: 'Completed',
      instanceType: 'ml.p3.8xlarge',
      instanceCount: 2,
      ...subject,
    },
  });
}

const PHASES = [
  { status: 'Starting', startSeconds: START, endSeconds: START + 600, message: 'Preparing the instances' },
  { status: 'Training', startSeconds: START + 600, endSeconds: START + 3000 },
];
const BOTH = ['algo-1', 'algo-2'].flatMap((host, i) => [
  used(host, 'CPUUtilization', 800 + 800 * i),
  used(host, 'GPUUtilization', 200),
  used(host, 'MemoryUtilization', 30),
]);

describe('a job on two hosts', () => {
  const report = reportOf(trainingJob(BOTH, { phases: PHASES, status: 'Failed', failureReason: 'AlgorithmError: exit code 1' }));

  test('tells its phases, what it failed of and what it took', async () => {
    expect(factsOf(await report)).toMatchObject({
      Status: 'Failed; eu-west-1',
      Instances: '2; ml.p3.8xlarge',
      'From first to last status': '50 min; 2 phases',
      'On instances': '40 min; about what is billed',
      'Instance hours': '1.33',
    });
    expect(textsOf(await report)).toContain('It failed: AlgorithmError: exit code 1');
    expect(chartOf(await report, 'shares', 'job-phases').parts).toEqual([
      { label: 'Starting', value: 20, detail: '10 min' },
      { label: 'Training', value: 80, detail: '40 min' },
    ]);
    expect(rowsOf(await report, 'job-phases-table')[0]).toMatchObject({ Status: 'Starting', Message: 'Preparing the instances' });
  });

  test('draws a line for each host, as a share of all cores or GPUs, with its phases as marks', async () => {
    const cpu = chartOf(await report, 'series', 'time-cpu');
    expect(cpu.series.map(({ label, values }) => [label, values[0]])).toEqual([
      ['algo-1', 25],
      ['algo-2', 50],
    ]);
    expect([cpu.range, cpu.valueTitle]).toEqual([[0, 100], 'Of all 32 cores']);
    expect(chartOf(await report, 'series', 'time-gpu').series[0]?.values[0]).toBe(50);
    expect(cpu.marks.map(({ label }) => label)).toEqual(['Starting', 'Training']);
  });

  test('has CloudWatch’s own values beside the shares', async () => {
    expect(rowsOf(await report, 'hosts-table')).toContainEqual({
      Host: 'algo-2',
      Resource: 'CPU',
      Mean: 1600,
      Highest: 1600,
      'Mean of all': 50,
      'Highest of all': 50,
    });
  });
});

test('a phase in which a job still is lasts until now, one that is over not at all; a single phase is no chart', async () => {
  const going = await reportOf(trainingJob(BOTH, { phases: PHASES.map(({ endSeconds: _, ...phase }) => phase).slice(1) }));
  expect(rowsOf(going, 'job-phases-table')).toEqual([
    expect.objectContaining({ Status: 'Training', To: 'still in it', Time: 3000 }),
  ]);
  expect(chartsOf(going).map(({ kind }) => kind)).not.toContain('shares');
  const over = await reportOf(trainingJob(BOTH, { phases: [...PHASES, { status: 'Completed', startSeconds: START + 3000 }] }));
  expect(rowsOf(over, 'job-phases-table')[2]).toMatchObject({ To: null, Time: 0 });
  expect(chartOf(over, 'shares', 'job-phases').parts).toHaveLength(2);
});

test('without the count of cores, CPU is drawn as CloudWatch has it', async () => {
  const report = await reportOf(trainingJob(BOTH, { instanceType: 'ml.new1.huge' }));
  const cpu = chartOf(report, 'series', 'time-cpu');
  expect([cpu.range, cpu.series[1]?.values[0]]).toEqual([[0, 1600], 1600]);
  expect(rowsOf(report, 'hosts-table').find(({ Resource }) => Resource === 'CPU')).toMatchObject({
    Mean: 800,
    'Mean of all': null,
  });
  expect(textsOf(report).join(' ')).toContain('Its phases are not known');
});

test('of many hosts the mean and spread are drawn, and each as a row that can be picked', async () => {
  const hosts = Array.from({ length: 12 }, (_, i) => `algo-${i + 1}`);
  const report = await reportOf(trainingJob(hosts.map((host, i) => used(host, 'GPUUtilization', 40 * i))));
  const mean = chartOf(report, 'series', 'time-gpu');
  expect(mean.series).toHaveLength(1);
  expect([mean.series[0]?.values[0], mean.series[0]?.low?.[0], mean.series[0]?.high?.[0]]).toEqual([55, 0, 110]);
  const grid = chartOf(report, 'grid', mean.pickFrom ?? '');
  expect(grid.rows).toEqual(hosts);
  expect(grid.values.map((row) => row[0])).toEqual(hosts.map((_, i) => 10 * i));
});

test('issues of one host and of all are shaded in the chart of all hosts', () => {
  const monitored = trainingJob(BOTH);
  const result = { rule: 'CPUBottleneck', title: 'CPU bottleneck', sectionId: 'cpu-bottlenecks' };
  const at = (minute: number) => ({ startSeconds: START + minute * 60, endSeconds: START + minute * 60 + 60 });
  const issues = new Map([
    [
      'CPUBottleneck',
      [
        { node: 'algo-2', evidence: 'A.', spans: [at(3)] },
        { evidence: 'B.', spans: [at(9)] },
      ],
    ],
  ]);
  const sections = monitoredSections({ kind: 'endpoint', monitored }, monitored, [result as never], issues);
  const starts = chartsOf({ sections }).flatMap((chart) => (chart.id === 'time-cpu' && 'spans' in chart ? chart.spans : []));
  expect(starts.map(({ startSeconds }) => (startSeconds - START) / 60).toSorted((a, b) => a - b)).toEqual([3, 9]);
});
