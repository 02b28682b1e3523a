import { describe, expect, test } from 'vitest';
import { monitoredRun } from '../../src/formats/monitored-run.ts';
import type { MetricName, Statistic } from '../../src/model/cloudwatch-metrics.ts';
import type { Monitored, Subject } from '../../src/model/monitored.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { monitor } from '../../src/monitor.ts';
import { monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const JOB = 'resnet-2026';

interface Given {
  readonly subject?: Partial<Subject>;
  readonly periodSeconds?: number;
  readonly periods?: number;
  readonly hosts?: readonly string[];
  /** By metric, the value of each period. */
  readonly metrics?: Partial<Record<MetricName, (period: number, host: number) => number | undefined>>;
  readonly statistic?: Statistic;
}

function monitoredJob({
  subject,
  periodSeconds = 60,
  periods = 60,
  hosts = ['algo-1'],
  metrics = {},
  statistic = 'Average',
}: Given): Monitored {
  const all = hosts.flatMap((host, i) =>
    Object.entries(metrics).map(([metric, value]) =>
      seriesOf({
        namespace: '/aws/sagemaker/TrainingJobs',
        metric: metric as MetricName,
        statistic,
        dimensions: { Host: `${JOB}/${host}` },
        periodSeconds,
        periods,
        value: (period) => value(period, i),
      }),
    ),
  );
  return {
    ...monitoredEndpoint({ series: all }),
    subject: { kind: 'training job', name: JOB, variants: [], phases: [], ...subject },
    endSeconds: START + periods * periodSeconds,
  };
}

const runOf = (given: Given) => monitoredRun(monitoredJob(given)) as TrainingRun;

/** Values by node, dimension and device, in order of time. */
function valuesOf({ metrics }: TrainingRun): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (let batch = 0; batch < metrics.batchCount; batch++) {
    const key = `${metrics.nodes[metrics.node[batch] ?? -1]} ${metrics.metrics[metrics.metric[batch] ?? -1]?.type} ${metrics.names[metrics.nameOf(batch)]}`;
    found[key] = [...(found[key] ?? []), metrics.valueOf(batch)];
  }
  return found;
}

describe('samples of a job', () => {
  test('are percent of what a host has, where its type is known', () => {
    const run = runOf({
      subject: { instanceType: 'ml.p3.16xlarge', instanceCount: 2, status: 'Completed' },
      hosts: ['algo-1', 'algo-2'],
      periods: 2,
      metrics: {
        CPUUtilization: (period, host) => (host + 1) * 640 * (period + 1),
        GPUUtilization: (period) => 80 * period,
        GPUMemoryUtilization: () => 400,
        MemoryUtilization: () => 31,
        DiskUtilization: () => 7,
      },
    });
    expect(valuesOf(run)).toEqual({
      'algo-1 cpu cpu': [10, 20],
      'algo-2 cpu cpu': [20, 40],
      'algo-1 gpu GPUs': [0, 50, 10, 50],
      'algo-2 gpu GPUs': [0, 50, 10, 50],
      'algo-1 memory MemoryUsedPercent': [31, 31],
      'algo-2 memory MemoryUsedPercent': [31, 31],
      'algo-1 disk disk': [7, 7],
      'algo-2 disk disk': [7, 7],
    });
    expect([...run.metrics.seconds]).toEqual([...Array(10).fill(START), ...Array(10).fill(START + 60)]);
    expect(run.damage).toEqual([]);
    expect(run.ended).toBe(true);
  });

  test('are of at least so many cores and GPUs as the largest value needs, and that is told', () => {
    const run = runOf({ periods: 2, metrics: { CPUUtilization: (period) => 380 - 180 * period, GPUUtilization: () => 98 } });
    expect(valuesOf(run)).toEqual({ 'algo-1 cpu cpu': [95, 50], 'algo-1 gpu GPUs': [98, 98] });
    expect(run.damage.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['assumed', expect.stringMatching(/^CPUUtilization goes to 380 %.*4 cores were assumed.*the instance type is not known/)],
      ['assumed', expect.stringMatching(/1 GPU was assumed/)],
    ]);
  });

  test('are of more cores than the type has, where the values say so', () => {
    const run = runOf({ subject: { instanceType: 'ml.m5.large' }, periods: 1, metrics: { CPUUtilization: () => 390 } });
    expect(valuesOf(run)).toEqual({ 'algo-1 cpu cpu': [97.5] });
    expect(run.damage[0]?.detail).toContain('ml.m5.large tells otherwise');
  });

  test('are of as many cores as the type has, where the values go a little beyond', () => {
    const run = runOf({ subject: { instanceType: 'ml.p3.8xlarge' }, periods: 1, metrics: { CPUUtilization: () => 3447.2 } });
    expect(valuesOf(run)).toEqual({ 'algo-1 cpu cpu': [100] });
    expect(run.damage).toEqual([]);
  });

  test('count while the job trained, and those left out are told', () => {
    const phases = [
      { status: 'Downloading', startSeconds: START, endSeconds: START + 120 },
      { status: 'Training', startSeconds: START + 120, endSeconds: START + 240 },
      { status: 'Uploading', startSeconds: START + 240, endSeconds: START + 300 },
    ];
    const run = runOf({
      subject: { phases, instanceType: 'ml.m5.large' },
      periods: 5,
      metrics: { CPUUtilization: (period) => 20 * period },
    });
    expect(valuesOf(run)).toEqual({ 'algo-1 cpu cpu': [20, 30] });
    expect(run.damage).toEqual([expect.objectContaining({ kind: 'left out', count: 3 })]);
    expect(run.ended).toBe(true);
  });

  test('of a job that still runs, or without data, are what there is', () => {
    const phases = [{ status: 'Training', startSeconds: START }];
    expect(runOf({ subject: { phases }, metrics: { CPUUtilization: () => 1 } }).ended).toBe(false);
    expect(runOf({ subject: { status: 'InProgress' } }).metrics.batchCount).toBe(0);
  });

  test('of a year of hours on many hosts are made in bounded time', () => {
    const hosts = Array.from({ length: 50 }, (_, i) => `algo-${i + 1}`);
    const monitored = monitoredJob({
      periodSeconds: 3600,
      periods: 15 * 30 * 24,
      hosts,
      metrics: { CPUUtilization: () => 100, GPUUtilization: () => 50, MemoryUtilization: () => 3 },
    });
    const before = performance.now();
    const run = monitoredRun(monitored) as TrainingRun;
    expect(run.metrics.batchCount).toBe(50 * 3 * 10_800);
    expect(run.metrics.nodes.slice(0, 11).at(-1)).toBe('algo-11');
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

describe('rules a minute apart', () => {
  const verdicts = async (given: Given) => {
    const { report } = await monitor(monitoredJob(given));
    return Object.fromEntries(report.rules.map(({ rule, ...told }) => [rule, told]));
  };
  const BUSY = { instanceType: 'ml.p3.2xlarge', instanceCount: 1 };

  test('find GPUs that are hardly used, with the resolution', async () => {
    const rules = await verdicts({
      subject: BUSY,
      metrics: { CPUUtilization: () => 100, GPUUtilization: () => 20, GPUMemoryUtilization: () => 30 },
    });
    expect(Object.keys(rules).sort()).toEqual([
      'BatchSize',
      'CPUBottleneck',
      'FailedJob',
      'GPUMemoryIncrease',
      'HostMemory',
      'LowGPUUtilization',
      'OverallSystemUsage',
    ]);
    expect(rules.LowGPUUtilization).toMatchObject({
      verdict: 'issue',
      resolutionSeconds: 60,
      checks: expect.stringMatching(/^In the last 20 minutes, .*mean utilization of a host's GPUs/),
      finding: 'gpu0 stayed low (p95 20 % in the last window).',
    });
    expect(rules.BatchSize).toMatchObject({ verdict: 'issue' });
    expect(rules.CPUBottleneck).toMatchObject({ verdict: 'ok' });
    expect(rules.GPUMemoryIncrease).toMatchObject({ verdict: 'ok' });
    expect(rules.OverallSystemUsage).toMatchObject({ descriptive: true });
  });

  test('tell that one GPU of several may do all the work', async () => {
    const of = (value: number) =>
      verdicts({
        subject: { instanceType: 'ml.p3.16xlarge', instanceCount: 1 },
        metrics: { CPUUtilization: () => 100, GPUUtilization: () => value, GPUMemoryUtilization: () => 10 },
      });
    const hint = 'See first whether all 8 GPUs of a host are used: one that is busy alone makes a mean of 12.5 %.';
    const alone = (await of(97)).LowGPUUtilization;
    expect(alone?.action).toBe(hint);
    expect(alone?.finding).toMatch(/^GPUs stayed low \(p95 12.1 %/);
    expect((await of(200)).LowGPUUtilization?.action).not.toBe(hint);
  });

  test('advise a transform job in its own terms', async () => {
    const monitored = monitoredJob({
      subject: BUSY,
      metrics: { CPUUtilization: () => 100, GPUUtilization: () => 20, GPUMemoryUtilization: () => 30 },
    });
    const transform = { ...monitored, subject: { ...monitored.subject, kind: 'transform job' as const } };
    const { rules } = (await monitor(transform)).report;
    expect(rules.find(({ rule }) => rule === 'BatchSize')?.action).toContain('MaxPayloadInMB');
  });

  test('take the start and the end of a job for no stalls, and stalls for what they are', async () => {
    const of = async (busy: (period: number) => boolean) => {
      const metrics = { CPUUtilization: () => 100, GPUUtilization: (period: number) => (busy(period) ? 74 : 0) };
      const monitored = monitoredJob({ subject: BUSY, periods: 40, metrics });
      const transform = { ...monitored, subject: { ...monitored.subject, kind: 'transform job' as const } };
      return (await monitor(transform)).report.rules.find(({ rule }) => rule === 'LowGPUUtilization');
    };
    expect(await of((period) => period >= 5 && period < 37)).toMatchObject({ verdict: 'ok' });
    expect(await of((period) => period % 4 > 0)).toMatchObject({
      verdict: 'issue',
      reason: 'fluctuating',
      action: expect.stringContaining('MaxConcurrentTransforms'),
    });
  });

  test('do not take cores alone for resources in use', async () => {
    const rules = await verdicts({ metrics: { CPUUtilization: () => 100, MemoryUtilization: () => 9 } });
    expect(rules.BatchSize).toMatchObject({
      verdict: 'not judged',
      reason: 'GPU metrics missing',
      finding: 'CloudWatch has no GPUUtilization and GPUMemoryUtilization of its hosts.',
    });
    for (const name of ['CPUBottleneck', 'LowGPUUtilization', 'GPUMemoryIncrease'])
      expect(rules[name]?.verdict).toBe('not judged');
  });

  test('find cores that hold the GPUs back, in words about means', async () => {
    const rules = await verdicts({
      subject: { instanceType: 'ml.p3.16xlarge', instanceCount: 1 },
      metrics: {
        CPUUtilization: (period) => (period % 3 === 0 ? 640 : 6300),
        GPUUtilization: (period) => (period % 3 === 0 ? 700 : 8),
        GPUMemoryUtilization: () => 700,
      },
    });
    expect(rules.CPUBottleneck).toMatchObject({
      verdict: 'issue',
      finding: expect.stringMatching(
        /^In 66.7 % of all minutes a host's GPUs were idle while the mean of the cores was above 90 %/,
      ),
    });
    expect(rules.CPUBottleneck?.issues?.[0]?.evidence).toBe(
      'In 40 of 60 minutes (66.7 %, limit 50 %) the GPUs were idle while the mean of the cores was above 90 %.',
    );
    expect(rules.CPUBottleneck?.issues?.[0]?.node).toBe('algo-1');
  });

  test('find GPU memory that rises, and not the start of the job', async () => {
    const starts = (period: number) => (period < 4 ? 0 : 60);
    const steady = await verdicts({
      subject: BUSY,
      metrics: { CPUUtilization: () => 100, GPUUtilization: () => 90, GPUMemoryUtilization: starts },
    });
    expect(steady.GPUMemoryIncrease).toMatchObject({ verdict: 'ok' });
    const rising = await verdicts({
      subject: BUSY,
      metrics: {
        CPUUtilization: () => 100,
        GPUUtilization: () => 90,
        GPUMemoryUtilization: (period) => starts(period) + (period > 40 ? 30 : 0),
      },
    });
    expect(rising.GPUMemoryIncrease).toMatchObject({ verdict: 'issue' });
  });

  test('say what was assumed in the section on data quality', async () => {
    const { report } = await monitor(monitoredJob({ metrics: { CPUUtilization: () => 380 } }));
    expect(JSON.stringify(report.sections.find(({ id }) => id === 'data-quality'))).toContain('4 cores were assumed');
  });

  test.each([300, 3600])('are not judged where samples are %i s apart, but for what describes the job', async (periodSeconds) => {
    const rules = await verdicts({
      subject: BUSY,
      periodSeconds,
      metrics: { CPUUtilization: () => 100, GPUUtilization: () => 20, GPUMemoryUtilization: () => 30 },
    });
    const [low, overall] = [rules.LowGPUUtilization, rules.OverallSystemUsage];
    const apart = periodSeconds === 300 ? '5 min' : '1 h';
    expect(low).toMatchObject({
      verdict: 'not judged',
      reason: 'samples too far apart',
      finding: expect.stringContaining(apart),
    });
    expect(overall).toMatchObject({ descriptive: true, resolutionSeconds: periodSeconds });
  });

  test('are not judged on few minutes, without samples, or without a GPU', async () => {
    const few = await verdicts({ subject: BUSY, periods: 12, metrics: { CPUUtilization: () => 1, GPUUtilization: () => 20 } });
    expect(few.LowGPUUtilization).toMatchObject({
      verdict: 'not judged',
      finding: 'There are 12 data points (12 min); the rule needs more than 20 (20 min) before it judges.',
    });
    const unknown = await verdicts({ metrics: { CPUUtilization: () => 1 } });
    expect(unknown.LowGPUUtilization).toMatchObject({ verdict: 'not judged', reason: 'no samples' });
    const none = await verdicts({ subject: { instanceType: 'ml.m5.large' }, metrics: { CPUUtilization: () => 1 } });
    expect(none.LowGPUUtilization).toMatchObject({ verdict: 'not judged', reason: 'no GPU' });
  });

  test('do not know parameters of the others', async () => {
    const asked = monitor(monitoredJob({}), { parameters: { StepOutlier_stddev: '4' } });
    await expect(asked).rejects.toThrow('the rule parameter StepOutlier_stddev is no parameter of a rule');
  });
});
