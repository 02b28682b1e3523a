import { describe, expect, test } from 'vitest';
import type { Chart } from '../../src/model/chart.ts';
import type { Block, Report } from '../../src/model/report.ts';
import { pipeline } from '../../src/pipeline.ts';
import { cpuJob, exampleJob, profilerOutput } from '../fixtures/example-job/index.ts';
import { memoryStore } from '../memory-store.ts';
import { type EventLine, eventLines, type Files, filesBelow, type MetricLine, metricLines } from '../raw-lines.ts';
import { hasShared, shared } from '../shared.ts';

/** The numbers of the charts over time against the raw lines, computed here once more from the plain JSON with nothing of src/ but types. */
const JOBS: readonly [string, () => Files, needsShared: boolean][] = [
  ['the example job', () => profilerOutput({ ...exampleJob, minutes: 15, coresPerNode: 6 }), false],
  ['the job on CPUs', () => profilerOutput(cpuJob), false],
  ['golden g1', () => filesBelow(shared('golden/g1-single-gpu-framework/profiler-output')), true],
  ['golden g2, system metrics alone', () => filesBelow(shared('golden/g2-four-gpu-system-only/profiler-output')), true],
  ['golden g3', () => filesBelow(shared('golden/g3-two-node-low-util/profiler-output')), true],
  ['two nodes of PyTorch, framework alone', () => filesBelow(shared('samples/two-node-pytorch/profiler-output')), true],
];

const blocksOf = (report: Report): Block[] =>
  report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      block.kind === 'panels' ? block.panels.flatMap((panel): readonly Block[] => panel.blocks) : [block],
    ),
  );

/** Charts of a kind whose id begins so, with what they are of: the first word of their alternative text. */
function chartsOf<Kind extends Chart['kind']>(report: Report, kind: Kind, id: string) {
  return blocksOf(report).flatMap((block) =>
    block.kind === 'chart' && block.chart.kind === kind && new RegExp(`^${id}(-\\d+)?$`).test(block.chart.id)
      ? [{ of: /^[\w-]+/.exec(block.chart.alt)?.[0] ?? '', chart: block.chart as Extract<Chart, { kind: Kind }> }]
      : [],
  );
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const near = (value: number | null | undefined, expected: number, unit: number) =>
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(unit / 2 + 1e-6);

/** Chart, dimension and name of its lines; every name where it is left out. */
const LINES: readonly [id: string, dimension: string, name: string | undefined, line: number, unit: number][] = [
  ['time-gpu', 'GPUUtilization', undefined, 0, 0.1],
  ['time-gpu-memory', 'GPUMemoryUtilization', undefined, 0, 0.1],
  ['time-cpu', 'CPUUtilization', undefined, 0, 0.1],
  ['time-io-wait', 'I/OWaitPercentage', undefined, 0, 0.1],
  ['time-memory', '', 'MemoryUsedPercent', 0, 0.1],
  ['time-disk', '', 'ReadThroughputInBytesPerSecond', 0, 1],
  ['time-disk', '', 'WriteThroughputInBytesPerSecond', 1, 1],
  ['time-iops', '', 'IOPS', 0, 1],
  ['time-network', 'Algorithm', 'ReceiveBytesPerSecond', 0, 1],
  ['time-network', 'Algorithm', 'TransmitBytesPerSecond', 1, 1],
  ['time-network-platform', 'Platform', 'ReceiveBytesPerSecond', 0, 1],
];

describe.each(JOBS)('%s', (_, filesOf, needsShared) => {
  const skipped = needsShared && !hasShared;
  const files = skipped ? [] : [...filesOf()];
  const rows: MetricLine[] = metricLines(files);
  const events: EventLine[] = eventLines(files);
  const made = skipped
    ? undefined
    : pipeline(memoryStore(Object.fromEntries(files.map(([path, text]) => [`profiler-output/${path}`, text]))), {});
  const report = async (): Promise<Report> => (await (made ?? expect.unreachable('skipped'))).report;

  test.skipIf(skipped)('utilization: mean, lowest and highest of every bin', async () => {
    let compared = 0;
    for (const [id, dimension, name, line, unit] of LINES) {
      const wanted = rows.filter((row) => row.Dimension === dimension && (name === undefined || row.Name === name));
      const drawn = chartsOf(await report(), 'series', id);
      expect(drawn.map(({ of }) => of).sort()).toEqual([...new Set(wanted.map(({ NodeId }) => NodeId))].sort());
      for (const { of, chart } of drawn) {
        const own = wanted.filter(({ NodeId }) => NodeId === of);
        const [first = 0, second = 0] = chart.seconds;
        const half = (second - first) / 2;
        const binned = Map.groupBy(own, ({ Timestamp }) => Math.floor((Timestamp - first + half) / (2 * half)));
        const { values = [], low = [], high = [] } = chart.series[line] ?? {};
        for (const [bin, value] of values.entries()) {
          const inBin = binned.get(bin)?.map(({ Value }) => Value) ?? [];
          if (inBin.length === 0) {
            expect([value, low[bin], high[bin]]).toEqual([null, null, null]);
            continue;
          }
          near(value, mean(inBin), unit);
          near(low[bin], Math.min(...inBin), unit);
          near(high[bin], Math.max(...inBin), unit);
          compared += inBin.length;
        }
      }
    }
    const known = rows.filter(({ Dimension, Name }) => !(Dimension === 'Platform' && Name.startsWith('Transmit')));
    expect(compared).toBe(known.length);
    expect(chartsOf(await report(), 'series', 'time-cpu').length > 0).toBe(rows.length > 0);
  });

  test.skipIf(skipped)('cores and GPUs: the mean of every cell', async () => {
    for (const [id, dimension] of [
      ['devices-cpu', 'CPUUtilization'],
      ['devices-io-wait', 'I/OWaitPercentage'],
      ['devices-gpu', 'GPUUtilization'],
      ['devices-gpu-memory', 'GPUMemoryUtilization'],
    ] as const) {
      for (const { of, chart } of chartsOf(await report(), 'grid', id)) {
        const own = rows.filter((row) => row.NodeId === of && row.Dimension === dimension);
        expect([...chart.rows].sort()).toEqual([...new Set(own.map(({ Name }) => Name))].sort());
        const cells = Map.groupBy(
          own,
          ({ Name, Timestamp }) => `${Name} ${Math.floor((Timestamp - chart.startSeconds) / chart.stepSeconds)}`,
        );
        chart.rows.forEach((device, row) => {
          for (const [bin, value] of (chart.values[row] ?? []).entries()) {
            const inCell = cells.get(`${device} ${bin}`)?.map(({ Value }) => Value);
            if (inCell === undefined) expect(value).toBeNull();
            else near(value, mean(inCell), 1);
          }
        });
      }
    }
  });

  test.skipIf(skipped)('histograms: every sample once', async () => {
    for (const [id, dimension] of [
      ['cpu-histogram', 'CPUUtilization'],
      ['gpu-histogram', 'GPUUtilization'],
    ] as const) {
      for (const { of, chart } of chartsOf(await report(), 'histogram', id)) {
        const own = rows.filter((row) => row.NodeId === of && row.Dimension === dimension).map(({ Value }) => Value);
        const counts = Array.from(
          { length: 50 },
          (_, i) => own.filter((v) => (v >= 2 * i || i === 0) && (v < 2 * i + 2 || i === 49)).length,
        );
        expect(chart.series[0]?.counts).toEqual(counts);
      }
    }
  });

  test.skipIf(skipped)('steps: outliers and extremes of every worker and mode', async () => {
    const steps = events.filter(({ name }) => name.includes('Step:ModeKeys'));
    const drawn = chartsOf(await report(), 'points', 'step-points');
    expect(drawn.map(({ of }) => of).sort()).toEqual([...new Set(steps.map(({ worker }) => worker))].sort());
    for (const { of, chart } of drawn) {
      for (const { label, values, flagged, names } of chart.groups) {
        const own = steps.filter(({ worker, phase }) => worker === of && phase.endsWith(label));
        const seconds = own.map(({ start, end }) => end - start);
        expect(Math.max(...values)).toBeCloseTo(Math.max(...seconds), 5);
        expect(Math.min(...values)).toBeCloseTo(Math.min(...seconds), 5);
        const deviation = Math.sqrt(mean(seconds.map((one) => (one - mean(seconds)) ** 2)));
        const outliers = own.filter((_, i) => own.length > 100 && (seconds[i] ?? 0) > mean(seconds) + 3 * deviation);
        expect(flagged.map((i) => names[i]).sort()).toEqual(outliers.map(({ step }) => step).sort());
      }
    }
  });

  test.skipIf(skipped)('framework activity: busy seconds of every event', async () => {
    for (const { of, chart } of chartsOf(await report(), 'activity', 'framework-lanes')) {
      const own = events.filter(({ worker }) => worker === of);
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      expect(sum(chart.lanes.flatMap(({ busySeconds }) => busySeconds))).toBeCloseTo(
        sum(own.map(({ start, end }) => end - start)),
        0,
      );
      const forward = chart.lanes.find(({ group }) => group === 'Forward');
      const forwards = own.filter(({ phase, name }) => phase === 'Forward' && name === forward?.label);
      const bin = Math.floor((mean(forwards.map(({ start }) => start)) - chart.startSeconds) / chart.stepSeconds);
      const [from, to] = [chart.startSeconds + bin * chart.stepSeconds, chart.startSeconds + (bin + 1) * chart.stepSeconds];
      const inBin = forwards.map(({ start, end }) => Math.max(0, Math.min(end, to) - Math.max(start, from)));
      expect(forward?.busySeconds[bin]).toBeCloseTo(sum(inBin), 2);
    }
  });

  test.skipIf(skipped)('every anchor of the page is there once', async () => {
    const { sections } = await report();
    const panels = sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'panels' ? block.panels : [])));
    const inBlocks = blocksOf(await report()).flatMap((block) =>
      block.kind === 'chart' ? [block.chart.id] : block.kind === 'table' ? [block.table.id] : [],
    );
    const ids = [...sections, ...panels].map(({ id }) => id).concat(inBlocks);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});
