import { expect, test } from 'vitest';
import { jobFacts } from '../../src/measures/job-facts.ts';
import type { Report } from '../../src/model/report.ts';
import type { RuleOutput } from '../../src/model/rule-output.ts';
import type { SystemMetrics } from '../../src/model/system-metrics.ts';
import { SILENT } from '../../src/model/usage.ts';
import { compose } from '../../src/sections/index.ts';
import { WRITERS } from '../../src/writers/index.ts';
import { type SmallEvent, smallRun } from '../small-run.ts';

const START = 1_700_000_000;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Noise between 0 and 1 that is the same each time and that nothing can compress. */
function noise(i: number): number {
  const mixed = Math.imul(i ^ (i >>> 15), 0x2c1b3c6d);
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0) / 2 ** 32;
}

/** Samples of an hour, 720 of each core, GPU and metric: many enough for all the points a chart may have. */
function denseMetrics(nodes: number, cores: number, gpus: number): SystemMetrics {
  const families = [
    { type: 'cpu', dimension: 'CPUUtilization', names: range(cores).map((i) => `cpu${i}`) },
    { type: 'cpu', dimension: 'I/OWaitPercentage', names: range(cores).map((i) => `cpu${i}`) },
    { type: 'gpu', dimension: 'GPUUtilization', names: range(gpus).map((i) => `gpu${i}`) },
    { type: 'gpu', dimension: 'GPUMemoryUtilization', names: range(gpus).map((i) => `gpu${i}`) },
    { type: 'memory', dimension: '', names: ['MemoryUsedPercent'] },
    { type: 'i/o', dimension: '', names: ['IOPS', 'ReadThroughputInBytesPerSecond', 'WriteThroughputInBytesPerSecond'] },
    ...['Algorithm', 'Platform'].map((dimension) => ({
      type: 'network',
      dimension,
      names: ['ReceiveBytesPerSecond', 'TransmitBytesPerSecond'],
    })),
  ];
  const batches = range(720).flatMap((tick) =>
    range(nodes).flatMap((node) => families.map((_, metric) => ({ tick, node, metric }))),
  );
  const names = [...new Set(families.flatMap((family) => family.names))];
  const [nameOf, scale, firstRow] = [[] as number[], [] as number[], [0]];
  for (const { metric } of batches) {
    const family = families[metric];
    for (const name of family?.names ?? []) {
      nameOf.push(names.indexOf(name));
      scale.push(/Bytes|IOPS/.test(name) ? 1e9 : 100);
    }
    firstRow.push(nameOf.length);
  }
  return {
    files: [],
    nodes: range(nodes).map((i) => `algo-${i + 1}`),
    metrics: families,
    names,
    batchCount: batches.length,
    seconds: Float64Array.from(batches, ({ tick }) => START + 5 * tick),
    node: Uint16Array.from(batches, ({ node }) => node),
    metric: Uint16Array.from(batches, ({ metric }) => metric),
    firstRow: Uint32Array.from(firstRow),
    nameOf: (row) => nameOf[row] as number,
    valueOf: (row) => noise(row) * (scale[row] as number),
    isRepeat: () => false,
    hasRepeats: false,
  };
}

/** Half a thousand steps of each worker with a hundred kinds of events. */
function manyEvents(nodes: number, workers: number): SmallEvent[] {
  return range(nodes * workers).flatMap((w) =>
    range(500).flatMap((i) => {
      const startSeconds = START + 7 * i + noise(w * 500 + i);
      const at = { worker: `algo-${1 + (w % nodes)}-${w}`, startSeconds, step: String(i) };
      return [
        { ...at, phase: 'Step:ModeKeys.TRAIN', name: 'Step:ModeKeys.TRAIN', seconds: 1 + noise(i + w) * 5 },
        { ...at, phase: 'cpu_functions', name: `aten::operator_${(i * 7 + w) % 100}`, seconds: noise(i * 3 + w) },
      ];
    }),
  );
}

function reportOf(nodes: number, cores: number, gpus: number): Report {
  const run = smallRun({ metrics: denseMetrics(nodes, cores, gpus), events: manyEvents(nodes, gpus) });
  const span = (i: number) => ({ startSeconds: START + 30 * i, endSeconds: START + 30 * i + 3 });
  const found = run.metrics.nodes.map((node) => ({ node, evidence: 'busy', spans: range(100).map(span) }));
  const issues = new Map(['CPUBottleneck', 'IOBottleneck', 'LowGPUUtilization'].map((rule) => [rule, found]));
  const nothing = { source: '/job', folder: '', reports: {}, files: new Map(), inputs: [], problems: [] };
  const output: RuleOutput = { ...nothing, analysis: { run, mode: 'fixed', issues } };
  return compose(output, jobFacts(output), [], '0.0.0');
}

const longest = (value: unknown): number =>
  Array.isArray(value)
    ? Math.max(value.length, ...value.map(longest))
    : typeof value === 'object' && value !== null
      ? Math.max(0, ...Object.values(value).map(longest))
      : 0;

const bytes = (report: Report) => WRITERS.html.write(report, SILENT).length;

test('8 nodes of 96 cores and 8 GPUs make a page below 4 MB', { timeout: 120_000 }, () => {
  expect(bytes(reportOf(8, 96, 8))).toBeLessThan(4e6);
});

test('one node has more points per line than many have, none more than 600 or, in points charts, 1,500', {
  timeout: 120_000,
}, () => {
  const points = (report: Report) => longest(report.sections.find(({ id }) => id === 'utilization-over-time'));
  const [one, many] = [reportOf(1, 8, 2), reportOf(40, 4, 1)];
  expect(points(one)).toBeGreaterThan(points(many));
  expect(longest(one.sections)).toBeLessThanOrEqual(1500);
  expect(points(one)).toBeLessThanOrEqual(600);
  expect(JSON.stringify(many.sections)).toContain('Drawn are the first 12 of 40, worst first.');
  expect(bytes(many)).toBeLessThan(4e6);
});
