import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bottleneckShares } from '../../src/measures/bottlenecks.ts';
import { jensenShannonDistance } from '../../src/measures/distance.ts';
import { operators, uncrossedRatio, wholeShares } from '../../src/measures/framework.ts';
import { drawableHistogram } from '../../src/measures/histogram.ts';
import { jobPhases } from '../../src/measures/phases.ts';
import { timeBins } from '../../src/measures/time-bins.ts';
import { workloadPairs, workloads } from '../../src/measures/workloads.ts';

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe('jensenShannonDistance', () => {
  // The figures are what scipy.spatial.distance.jensenshannon gives.
  test('agrees with scipy', () => {
    expect(jensenShannonDistance([1, 2, 3], [3, 2, 1])).toBeCloseTo(0.29531004717204934, 12);
    expect(jensenShannonDistance([5, 0], [0, 7])).toBeCloseTo(Math.sqrt(Math.LN2), 12);
  });

  test('is 0 for equal shapes, symmetric, and at most sqrt(ln 2)', () => {
    const histogram = fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 }).filter((counts) => sum(counts) > 0);
    fc.assert(
      fc.property(histogram, histogram, fc.integer({ min: 1, max: 9 }), (a, b, k) => {
        expect(
          jensenShannonDistance(
            a,
            a.map((n) => k * n),
          ),
        ).toBeCloseTo(0, 6);
        expect(jensenShannonDistance(a, b)).toBeCloseTo(jensenShannonDistance(b, a), 12);
        expect(jensenShannonDistance(a, b)).toBeLessThanOrEqual(Math.sqrt(Math.LN2) + 1e-12);
      }),
    );
  });

  test('an empty histogram has no distance', () => {
    expect(jensenShannonDistance([0, 0], [1, 1])).toBeNaN();
  });
});

describe('workloads', () => {
  const report = (nodes: Record<string, Record<string, number[]>>, datapoints: number) => ({
    rule: 'LoadBalancing' as const,
    triggered: 0,
    violations: 0,
    datapoints,
    parameters: new Map(),
    unread: [],
    details: {
      nodes: new Map(Object.entries(nodes).map(([node, byGpu]) => [node, { workloads: new Map(Object.entries(byGpu)) }])),
    },
  });
  const bins = (first: number, last = 0) => [first, ...Array(47).fill(0), last];

  test('takes the samples above 98 % out of the last bin where our own file says how many they are', () => {
    const own = report({ 'algo-1': { gpu0: bins(100, 20), gpu1: bins(100, 20) } }, 150);
    const above = (gpu0: number) => ({
      workloads: own.details.nodes.get('algo-1')?.workloads,
      above_98: new Map([['gpu0', gpu0]]),
    });
    const lastBins = (gpu0: number) => {
      const nodes = new Map([['algo-1', above(gpu0) as { workloads: Map<string, number[]>; above_98: Map<string, number> }]]);
      return workloads({ ...own, details: { nodes } }, {}).map(({ counts }) => counts.slice(-2));
    };
    expect(lastBins(5)).toEqual([
      [15, 5],
      [20, 30],
    ]);
    expect(lastBins(25)[0]).toEqual([0, 20]);
  });

  test('puts the samples above 98 % back', () => {
    const [gpu] = workloads(report({ 'algo-1': { gpu0: bins(100, 20) } }, 150), {});
    expect(gpu?.counts).toHaveLength(50);
    expect(gpu?.counts.at(-1)).toBe(30);
    expect(gpu?.mean).toBeCloseTo((100 * 1 + 20 * 97 + 30 * 99) / 150, 12);
  });

  test('a histogram that holds more than the data points loses nothing', () => {
    expect(workloads(report({ 'algo-1': { gpu0: bins(100) } }, 90), {})[0]?.counts.at(-1)).toBe(0);
  });

  test('pairs GPUs of a node, and same-named ones across nodes, the most unequal first', () => {
    const all = workloads(
      report({ 'algo-2': { gpu0: bins(10), gpu1: bins(0, 10) }, 'algo-1': { gpu0: bins(10), gpu1: bins(10) } }, 10),
      {},
    );
    expect(workloadPairs(all).map(({ a, b, distance }) => [a.node + a.gpu, b.node + b.gpu, distance > 0.2])).toEqual([
      ['algo-1gpu1', 'algo-2gpu1', true],
      ['algo-2gpu0', 'algo-2gpu1', true],
      ['algo-1gpu0', 'algo-1gpu1', false],
      ['algo-1gpu0', 'algo-2gpu0', false],
    ]);
  });
});

describe('jobPhases', () => {
  test('adds up to the span also where the last step came after the last sample', () => {
    expect(jobPhases(100, 200, 130, 190)).toEqual({ total: 100, initialization: 30, training: 60, finalization: 10 });
    expect(jobPhases(100, 200, 130, 201)).toEqual({ total: 101, initialization: 30, training: 71, finalization: 0 });
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000), (start, length, init, loop) => {
        const phases = jobPhases(start, start + length, start + init, start + init + loop);
        expect(phases.initialization + phases.training + phases.finalization).toBeCloseTo(phases.total, 9);
        expect(Math.min(phases.initialization, phases.training, phases.finalization)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('wholeShares', () => {
  test('leaves a negative share out and scales the others to 100', () => {
    const { shares, leftOut } = wholeShares(
      new Map([
        ['TRAIN', 92.5],
        ['others', -8.7],
        ['EVAL', 16.2],
      ]),
    );
    expect(leftOut).toEqual(['others']);
    expect([...shares.keys()]).toEqual(['TRAIN', 'EVAL']);
    expect(sum(shares.values())).toBeCloseTo(100, 9);
  });

  test('all zeros stay zeros', () => {
    expect([...wholeShares(new Map([['a', 0]])).shares]).toEqual([['a', 0]]);
  });
});

describe('uncrossedRatio', () => {
  const totals = { CPU_total: new Map([['op', 900]]), GPU_total: new Map([['op', 100]]) };

  test('swaps the labels where the sums of the operators say so', () => {
    const crossed = new Map([
      ['cpu_functions', 10],
      ['gpu_functions-dev:0', 90],
    ]);
    expect(Object.fromEntries(uncrossedRatio({ ...totals, ratio: crossed }) ?? [])).toEqual({
      cpu_functions: 90,
      'gpu_functions-dev:0': 10,
    });
    const right = new Map([
      ['gpu_functions-dev:0', 10],
      ['cpu_functions', 90],
    ]);
    expect(uncrossedRatio({ ...totals, ratio: right })).toBe(right);
  });

  test('leaves alone what it cannot tell', () => {
    const ratio = new Map([['cpu_functions', 100]]);
    expect(uncrossedRatio({ ...totals, ratio })).toBe(ratio);
    expect(uncrossedRatio({})).toBeUndefined();
  });
});

test('operators are sorted by share and keep a missing sum as null', () => {
  expect(
    operators(
      new Map([
        ['a', 10],
        ['b', 90],
      ]),
      new Map([['b', 5]]),
    ),
  ).toEqual([
    { name: 'b', share: 90, micros: 5 },
    { name: 'a', share: 10, micros: null },
  ]);
});

describe('timeBins', () => {
  test('counts every time exactly once, whatever the span', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 2e9, noNaN: true })),
        fc.nat(2_000_000),
        fc.nat(5000),
        (times, start, length) => {
          const { edges, counts } = timeBins(times, start, start + length, 20);
          expect(sum(counts)).toBe(times.length);
          expect(edges).toHaveLength(21);
          expect(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number))).toBe(true);
        },
      ),
    );
  });

  test('puts a time at the very end into the last bin', () => {
    expect(timeBins([10, 0, 9.99], 0, 10, 2)).toEqual({ edges: [0, 5, 10], counts: [1, 2] });
  });
});

describe('drawableHistogram', () => {
  test('leaves the hundred bins of a rule file alone', () => {
    const [edges, counts] = [Array.from({ length: 101 }, (_, i) => i), Array(100).fill(1)];
    expect(drawableHistogram(edges, counts)).toEqual({ edges, counts });
  });

  test('merges neighbours and loses no count', () => {
    const [edges, counts] = [Array.from({ length: 1702 }, (_, i) => i / 2), Array.from({ length: 1701 }, (_, i) => i)];
    const drawn = drawableHistogram(edges, counts);
    expect(drawn.counts.length).toBeLessThanOrEqual(500);
    expect(drawn.edges).toHaveLength(drawn.counts.length + 1);
    expect([drawn.edges[0], drawn.edges.at(-1)]).toEqual([0, 850.5]);
    expect(sum(drawn.counts)).toBe(sum(counts));
  });
});

describe('bottleneckShares', () => {
  const report = (datapoints: number, low: number, violations: number) => ({
    rule: 'CPUBottleneck' as const,
    triggered: 0,
    violations,
    datapoints,
    parameters: new Map(),
    unread: [],
    details: { low_gpu_utilization: low, bottlenecks: [] },
  });

  test('three parts of all moments that add up', () => {
    expect(bottleneckShares(report(1000, 700, 400))).toEqual({ bottleneck: 40, idle: 30, busy: 30 });
    expect(bottleneckShares(report(0, 0, 0))).toEqual({ bottleneck: 0, idle: 0, busy: 0 });
  });

  test('counts that contradict each other still add up to 100', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), (datapoints, low, violations) => {
        const { bottleneck, idle, busy } = bottleneckShares(report(datapoints, low, violations));
        expect(Math.min(bottleneck, idle, busy)).toBeGreaterThanOrEqual(0);
        if (datapoints + violations > 0) expect(bottleneck + idle + busy).toBeCloseTo(100, 9);
      }),
    );
  });
});
