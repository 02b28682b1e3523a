import { describe, expect, test } from 'vitest';
import type { RuleName } from '../../src/model/rule-names.ts';
import { type MadeUpNode, START, samplesOf } from '../made-up-samples.ts';
import { runRule } from '../rule-run.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

const run = (nodes: readonly MadeUpNode[], events: readonly SmallEvent[] = []) =>
  smallRun({ samples: nodes.flatMap(samplesOf), events });
const both = (rule: RuleName, nodes: readonly MadeUpNode[], given: Readonly<Record<string, string>> = {}) =>
  (['compat', 'fixed'] as const).map((mode) => plain(runRule(rule, run(nodes), mode, given))) as [Plain, Plain];

/** A rule's run with its details as the file has them. */
function plain(made: ReturnType<typeof runRule>) {
  // biome-ignore lint/suspicious/noExplicitAny: any shape of file
  return { ...made, details: asObject(made.details) as any };
}
type Plain = ReturnType<typeof plain>;

function asObject(value: unknown): unknown {
  if (value instanceof Map) return asObject(Object.fromEntries(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asObject(part)]));
}

const GPU_RULES = [
  'CPUBottleneck',
  'IOBottleneck',
  'LowGPUUtilization',
  'GPUMemoryIncrease',
  'BatchSize',
  'LoadBalancing',
] as const;

describe('without data', () => {
  test.each([...GPU_RULES, 'OverallSystemUsage'] as const)('%s of an empty run finds nothing', (rule) => {
    for (const made of both(rule, [])) {
      expect(made).toMatchObject({ triggered: 0, violations: 0, datapoints: 0, issues: [] });
    }
  });

  test.each(GPU_RULES)('%s of a job without GPU finds nothing', (rule) => {
    for (const made of both(rule, [{ ticks: 1200, gpus: 0, cpu: () => 99 }])) {
      expect(made).toMatchObject({ triggered: 0, violations: 0, issues: [] });
    }
  });
});

describe('LowGPUUtilization', () => {
  const [threshold, window, patience] = ['LowGPUUtilization', 100, 200] as const;
  const small = { window: `${window}`, patience: `${patience}` };
  const low = (ticks: number, gpu: MadeUpNode['gpu'], interval = 1) => both(threshold, [{ ticks, interval, gpu }], small);

  test('counts scans and GPUs, with the window’s quantiles beside those of the job', () => {
    const [compat] = both(
      threshold,
      [{ ticks: 330, gpus: 2, gpu: (tick, gpu) => (gpu === 1 ? 99 : tick < 200 ? 50 : 20) }],
      small,
    );
    expect(compat).toMatchObject({ triggered: 2, violations: 2, datapoints: 300 });
    expect(compat.details).toEqual({
      'algo-1': { gpu0: { gpu_max: 50, gpu_95: 20, gpu_5: 20, p25: 20, p50: 50, p75: 50, p95: 50, upper: 50, lower: 20 } },
      last_timestamp: (START + 240) * 1e6,
    });
  });

  test('p95 exactly at its limit is neither low nor a swing; p5 exactly at its own is no swing', () => {
    expect(low(400, (tick) => (tick % 2 === 0 ? 0 : 70)).map(({ triggered }) => triggered)).toEqual([0, 0]);
    expect(low(400, (tick) => (tick % 2 === 0 ? 10 : 99)).map(({ triggered }) => triggered)).toEqual([0, 0]);
    expect(low(400, (tick) => (tick % 2 === 0 ? 9 : 99)).every(({ triggered }) => triggered > 0)).toBe(true);
    expect(low(400, () => 69.9).every(({ triggered }) => triggered > 0)).toBe(true);
  });

  test('waits for more samples than its patience', () => {
    const exactly = (ticks: number) => both(threshold, [{ ticks }], { patience: '200' })[1].triggered;
    expect([exactly(200), exactly(201)]).toEqual([0, 1]);
  });

  test('the last minute is judged in fixed mode (Q1), and the counts are told as one issue with its time (Q3)', () => {
    const [compat, fixed] = low(400, () => 5);
    expect([compat.triggered, fixed.triggered]).toEqual([3, 4]);
    expect(compat.issues).toEqual([]);
    expect(fixed.issues).toHaveLength(1);
    expect(fixed.issues[0]).toMatchObject({ node: 'algo-1', device: 'gpu0' });
    expect(fixed.issues[0]?.spans).toEqual([{ startSeconds: START + 0.25 + 140, endSeconds: START + 0.25 + 399 }]);
  });

  test('patience is in samples, whatever their distance', () => {
    const minutes = (interval: number) => low(250, () => 5, interval).map(({ triggered }) => triggered);
    expect(minutes(0.1)).toEqual([0, 1]);
    expect(minutes(1)).toEqual([1, 2]);
  });

  test('a GPU that appears late is judged once it has enough of its own', () => {
    const late = [{ ticks: 500, gpus: 2, gpu: (tick: number, gpu: number) => (gpu === 0 ? 90 : tick < 200 ? undefined : 1) }];
    const [compat, fixed] = both(threshold, late, small);
    expect(Object.keys(compat.details['algo-1'])).toEqual(['gpu1']);
    expect(compat).toMatchObject({ triggered: 2, datapoints: 280 });
    expect(fixed).toMatchObject({ triggered: 3, datapoints: 500 });
    expect(fixed.issues.map(({ device }) => device)).toEqual(['gpu1']);
  });

  test('a GPU that stopped early does not hide that another was judged, and is named', () => {
    const nodes = [
      { ticks: 400, gpu: () => 95 },
      { node: 'algo-2', ticks: 30, gpu: () => 95 },
    ];
    const [compat, fixed] = both('LowGPUUtilization', nodes, small);
    expect(compat.datapoints).toBe(30);
    expect(fixed.datapoints).toBe(400);
    expect(fixed.short?.map(({ node, device }) => [node, device])).toEqual([['algo-2', 'gpu0']]);
  });

  test('rows that came before count again for the service only', () => {
    const samples = samplesOf({ ticks: 150, gpu: () => 40 });
    const again = smallRun({ samples: [...samples, ...samples.slice(0, 100)] });
    const counted = (['compat', 'fixed'] as const).map((mode) => runRule('LowGPUUtilization', again, mode).datapoints);
    expect(counted).toEqual([120 + 25, 150]);
  });
});

describe('GPUMemoryIncrease', () => {
  const small = { patience: '20', window: '10' };

  test('the service sets 10 samples against 9, two of which it skips; fixed against the 10 before (Q6)', () => {
    const climb = [{ ticks: 130, memory: (tick: number) => (tick < 100 ? 0 : 90) }];
    const [compat, fixed] = both('GPUMemoryIncrease', climb, { ...small, increase: '50' });
    // A step of 90 points: the service sees at most 18 of them, since its 9 samples before follow two behind the last.
    expect(compat.triggered).toBe(0);
    expect(fixed.triggered).toBe(9);
    expect(fixed.details['algo-1'].gpu0.increase).toBe(54);
    expect(fixed.issues[0]?.spans).toEqual([{ startSeconds: START + 0.25 + 96, endSeconds: START + 0.25 + 113 }]);
    const [loose] = both('GPUMemoryIncrease', climb, small);
    expect(loose.details['algo-1'].gpu0.increase).toBeCloseTo(10, 12);
    expect(loose.triggered).toBe(10);
  });

  test('a rise of exactly the limit is none', () => {
    const flat = (after: number) => [{ ticks: 130, memory: (tick: number) => (tick < 100 ? 0 : after) }];
    expect(both('GPUMemoryIncrease', flat(5), small)[1].triggered).toBe(0);
    expect(both('GPUMemoryIncrease', flat(5.1), small)[1].triggered).toBe(1);
  });

  test('nodes stand in the order of their first rise, the time of the last one between them', () => {
    const rise = (node: string, at: number) => ({ node, ticks: 190, memory: (tick: number) => (tick < at ? 0 : 90) });
    const [compat] = both('GPUMemoryIncrease', [rise('algo-1', 110), rise('algo-2', 50)], small);
    expect(Object.keys(compat.details)).toEqual(['algo-2', 'last_timestamp', 'algo-1']);
    expect(compat.details.last_timestamp).toBe((START + 60) * 1e6);
  });
});

describe('BatchSize', () => {
  const small = { window: '50', patience: '60' };
  const roomy = (values: Partial<MadeUpNode> = {}): MadeUpNode => ({
    ...{ ticks: 200, cores: 2, cpu: () => 30, gpu: () => 40, memory: () => 20 },
    ...values,
  });

  test('triggers while CPU, GPU and memory all have room; any of them at its limit has none', () => {
    const triggered = (values: Partial<MadeUpNode>) => both('BatchSize', [roomy(values)], small).map((made) => made.triggered);
    expect(triggered({})).toEqual([2, 3]);
    expect(triggered({ cpu: () => 70 })).toEqual([0, 0]);
    expect(triggered({ gpu: () => 70 })).toEqual([0, 0]);
    expect(triggered({ memory: () => 70 })).toEqual([0, 0]);
  });

  test('the time is that of the last hit; the service left it at the job’s first minute (Q4)', () => {
    const [compat, fixed] = both('BatchSize', [roomy()], small);
    expect(compat.details.last_timestamp).toBe(START * 1e6);
    expect(fixed.details.last_timestamp).toBe((START + 180) * 1e6);
    expect(fixed.issues).toMatchObject([{ node: 'algo-1', device: 'gpu0' }]);
    expect(fixed.issues[0]?.evidence).toContain('p95 of CPU 30 %, GPU 40 % and GPU memory 20 %');
  });

  test('whiskers of memory are of its own quartiles; the service took one from the GPU (Q5)', () => {
    const spread = roomy({ gpu: (tick) => 40 + (tick % 5), memory: (tick) => tick % 5 });
    const [compat, fixed] = both('BatchSize', [spread], small);
    expect(fixed.details['algo-1'].gpu0_memory).toMatchObject({ p25: 1, p75: 3, lower: 0, upper: 4 });
    // 3 - 41 = -38 points as the spread.
    expect(compat.details['algo-1'].gpu0_memory).toMatchObject({ p25: 1, p75: 3, lower: 1 + 57, upper: 3 - 57 });
    expect(Object.keys(compat.details['algo-1'])).toEqual(['cpu', 'gpu0', 'gpu0_memory']);
  });

  test('divides by the cores of the node; the service by those of all nodes (Q14)', () => {
    const nodes = [roomy({ cpu: () => 80 }), roomy({ node: 'algo-2', cores: 4, cpu: () => 60 })];
    const [compat, fixed] = both('BatchSize', nodes, small);
    expect(compat.details['algo-1'].cpu.p50).toBe(40);
    expect(Object.keys(fixed.details)).toEqual(['algo-2', 'last_timestamp']);
    expect(fixed.details['algo-2'].cpu.p50).toBe(60);
  });
});

describe('LoadBalancing', () => {
  const small = { patience: '100' };
  const mixed = (tick: number, gpu: number) => (gpu === 0 ? 97 + (tick % 4) : 10);

  test('compares all pairs of a node, and GPUs of one name; the service none (Q7)', () => {
    const nodes = [
      { ticks: 200, gpus: 2, gpu: mixed },
      { node: 'algo-2', ticks: 200, gpus: 2, gpu: () => 10 },
    ];
    const [compat, fixed] = both('LoadBalancing', nodes, small);
    expect(compat).toMatchObject({ triggered: 0, violations: 0, datapoints: 180, issues: [] });
    expect(fixed).toMatchObject({ triggered: 2 * 3, datapoints: 200 });
    expect(fixed.issues.map(({ node, device }) => [node, device])).toEqual([
      ['algo-1', 'gpu0 and gpu1'],
      [undefined, 'algo-1 gpu0 and algo-2 gpu0'],
    ]);
    const apart = Math.sqrt(Math.LN2);
    expect(fixed.details['algo-1'].distances.gpu0.gpu1).toBeCloseTo(apart, 12);
    expect(fixed.details['algo-1'].distances.gpu0['algo-2 gpu0']).toBeCloseTo(apart, 12);
  });

  test('the last bin reaches to 100 %; the service lost what is above 98 % (Q7)', () => {
    const [compat, fixed] = both('LoadBalancing', [{ ticks: 240, gpu: mixed }], small);
    expect(compat.details['algo-1']).toEqual({ workloads: { gpu0: [...Array(48).fill(0), 90] } });
    expect(fixed.details['algo-1']).toEqual({ workloads: { gpu0: [...Array(48).fill(0), 240] }, above_98: { gpu0: 120 } });
  });

  test('histograms are there before there is patience for a verdict', () => {
    const [compat, fixed] = both('LoadBalancing', [{ ticks: 90, gpus: 2, gpu: mixed }], small);
    expect(compat.details['algo-1'].workloads.gpu1[5]).toBe(60);
    expect(fixed.triggered).toBe(0);
  });
});

describe('OverallSystemUsage', () => {
  test('the service adds a row on a whole minute twice', () => {
    const [compat, fixed] = both('OverallSystemUsage', [{ ticks: 130, offset: 0.998, cpu: () => 40 }]);
    expect([compat.details.CPU['algo-1'].max, fixed.details.CPU['algo-1'].max]).toEqual([80, 40]);
  });

  test('divides by the cores and GPUs of each node; the service by those of all nodes (Q14)', () => {
    const nodes = [
      { ticks: 130, gpus: 1, cores: 2, gpu: () => 80, cpu: () => 50 },
      { node: 'algo-2', ticks: 130, gpus: 2, cores: 4, gpu: () => 80, cpu: () => 50 },
    ];
    const [compat, fixed] = both('OverallSystemUsage', nodes);
    expect([compat.details.GPU['algo-1'].max, compat.details.GPU['algo-2'].max]).toEqual([40, 80]);
    expect([compat.details.CPU['algo-1'].max, compat.details.CPU['algo-2'].max]).toEqual([25, 50]);
    expect([fixed.details.GPU['algo-1'].max, fixed.details.CPU['algo-1'].max]).toEqual([80, 50]);
    expect([compat.datapoints, fixed.datapoints]).toEqual([120, 130]);
    expect(Object.keys(compat.details)).toEqual(['Network', 'GPU', 'CPU', 'CPU memory', 'GPU memory', 'I/O']);
    expect(compat.details['CPU memory']).toEqual({});
  });
});

describe('CPUBottleneck', () => {
  const small = { patience: '50' };
  const starving = {
    ticks: 200,
    gpus: 2,
    cores: 4,
    gpu: (_: number, gpu: number) => gpu * 9.9,
    cpu: (_: number, core: number) => 60 + 12 * core,
  };

  test('limits are not reached by values that are equal to them', () => {
    const limits = { ticks: 200, gpu: () => 10, cpu: () => 91 };
    expect(both('CPUBottleneck', [limits], small).map(({ violations }) => violations)).toEqual([0, 0]);
    expect(both('CPUBottleneck', [{ ...limits, gpu: () => 9 }], small).map(({ violations }) => violations)).toEqual([180, 200]);
    expect(
      both('CPUBottleneck', [{ ...limits, gpu: () => 9, cpu: () => 90 }], small).map(({ violations }) => violations),
    ).toEqual([0, 0]);
  });

  test('half of all moments is no bottleneck yet', () => {
    const half = { ticks: 200, gpu: () => 0, cpu: (tick: number) => (tick % 2 === 0 ? 95 : 5) };
    expect(both('CPUBottleneck', [half], small).map(({ triggered }) => triggered)).toEqual([0, 0]);
  });

  test('a late row opens a snapshot of the service; a tick of the GPUs is one in fixed mode (Q12)', () => {
    const samples = samplesOf(starving);
    const late = samples
      .filter(({ dimension, name }) => dimension === 'CPUUtilization' && name === 'cpu0')
      .map((row) => ({
        ...row,
        type: 'network',
        dimension: 'Platform',
        name: 'ReceiveBytesPerSecond',
        seconds: row.seconds + 0.04,
      }));
    const job = smallRun({ samples: [...samples, ...late].sort((a, b) => a.seconds - b.seconds) });
    const [compat, fixed] = (['compat', 'fixed'] as const).map((mode) => plain(runRule('CPUBottleneck', job, mode, small))) as [
      Plain,
      Plain,
    ];
    expect(compat).toMatchObject({ violations: 180, datapoints: 360, triggered: 0 });
    expect(fixed).toMatchObject({ violations: 200, datapoints: 200, triggered: 3 + 1 });
    expect(fixed.details.bottlenecks[`${START + 0.25}`]).toEqual({ GPUs: 2, CPUs: 1 });
    expect(fixed.issues[0]?.evidence).toContain('1 of 4 on average (25 %)');
    expect(fixed.issues[0]?.spans).toEqual([{ startSeconds: START + 0.25, endSeconds: START + 0.25 + 200 }]);
  });

  test('nodes share no tick: each counts its own', () => {
    const nodes = [starving, { ...starving, node: 'algo-2', gpu: () => 90 }];
    const [compat, fixed] = both('CPUBottleneck', nodes, { ...small, threshold: '40' });
    expect(compat).toMatchObject({ violations: 180, datapoints: 360 });
    expect(fixed).toMatchObject({ violations: 200, datapoints: 400 });
    expect(fixed.issues.map(({ node }) => node)).toEqual(['algo-1']);
  });

  test('a moment at a whole second is spelled as Python spells it', () => {
    const [compat] = both('CPUBottleneck', [{ ...starving, offset: 0 }], small);
    expect(Object.keys(compat.details.bottlenecks)[0]).toBe(`${START}.0`);
  });

  test('tells what the framework did meanwhile: an event counts for each moment with the service, once in fixed mode (Q2)', () => {
    const event = (name: string, startSeconds: number, seconds: number): SmallEvent => ({
      ...{ worker: 'algo-1-27', phase: 'cpu_functions', name },
      ...{ startSeconds: START + startSeconds, seconds },
    });
    const events = [event('long', 70, 10), event('between', 70.3, 0.5), event('short', 150, 5), event('last', 199, 0.1)];
    const [compat, fixed] = (['compat', 'fixed'] as const).map((mode) =>
      plain(runRule('CPUBottleneck', run([starving], events), mode, small)),
    ) as [Plain, Plain];
    expect(compat.details.CPU_total).toEqual({ long: 100e6, short: 25e6 });
    expect(fixed.details.CPU_total).toEqual({ long: 10e6, short: 5e6 });
    expect(Object.keys(fixed.details).slice(0, 3)).toEqual(['low_gpu_utilization', 'bottlenecks', 'ratio']);
  });
});

test('IOBottleneck looks at I/O wait, with a limit of its own', () => {
  const waiting = { ticks: 200, gpu: () => 0, cpu: () => 5, wait: () => 50.01 };
  const [compat, fixed] = both('IOBottleneck', [waiting], { patience: '50' });
  expect([compat.violations, fixed.violations]).toEqual([180, 200]);
  expect(both('CPUBottleneck', [waiting], { patience: '50' }).map(({ violations }) => violations)).toEqual([0, 0]);
  expect(both('IOBottleneck', [waiting], { io_threshold: '51' }).map(({ violations }) => violations)).toEqual([0, 0]);
});
