import { describe, expect, test } from 'vitest';
import { jobFacts } from '../../src/measures/job-facts.ts';
import type { Chart } from '../../src/model/chart.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Block, Report, Section } from '../../src/model/report.ts';
import type { RuleOutput } from '../../src/model/rule-output.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { compose } from '../../src/sections/index.ts';
import { type Sample, type SmallEvent, smallRun } from '../small-run.ts';

const START = 1_700_000_000;

/** The report of raw data of which no rule made anything. */
function reportOf(run: TrainingRun, issues: ReadonlyMap<string, readonly Issue[]> = new Map()): Report {
  const nothing = { source: '/job', folder: '', reports: {}, files: new Map(), inputs: [], problems: [] };
  const output: RuleOutput = { ...nothing, analysis: { run, mode: 'fixed', issues } };
  return compose(output, jobFacts(output), [], '0.0.0');
}

const blocksOf = ({ blocks }: Section): Block[] =>
  blocks.flatMap((block) =>
    block.kind === 'panels' ? block.panels.flatMap((panel): readonly Block[] => panel.blocks) : [block],
  );

const charts = (report: Report): Chart[] =>
  report.sections.flatMap(blocksOf).flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));

function chartOf<Kind extends Chart['kind']>(report: Report, kind: Kind, id: string): Extract<Chart, { kind: Kind }> {
  const found = charts(report).find((chart) => chart.kind === kind && chart.id === id);
  return (found ?? expect.unreachable(`no ${kind} ${id}`)) as Extract<Chart, { kind: Kind }>;
}

const ids = (report: Report) => report.sections.map(({ id }) => id);
const text = (report: Report, id: string) => JSON.stringify(report.sections.find((section) => section.id === id));

const core = (name: string, seconds: number, value: number, node = 'algo-1'): Sample => ({
  node,
  type: 'cpu',
  dimension: 'CPUUtilization',
  name,
  value,
  seconds,
});
const step = (number: number, startSeconds: number, seconds: number): SmallEvent => ({
  worker: 'algo-1-27',
  phase: 'Step:ModeKeys.TRAIN',
  name: 'Step:ModeKeys.TRAIN',
  startSeconds,
  seconds,
  step: String(number),
});
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('raw data with little in it', () => {
  test('no samples and no events: no chart, but what is known of the data', () => {
    const report = reportOf(smallRun({}));
    expect(charts(report)).toEqual([]);
    expect(text(report, 'data-quality')).toContain(
      'Read were 0 samples of 0 nodes, 0 framework events of 0 workers and 0 Python profiles.',
    );
  });

  test('one sample: one point', () => {
    const report = reportOf(smallRun({ samples: [core('cpu0', START + 0.5, 40)] }));
    const chart = chartOf(report, 'series', 'time-cpu');
    expect(chart.series).toEqual([{ label: 'cores', values: [40], low: [40], high: [40] }]);
    expect(chart.pickFrom).toBeUndefined();
    expect(chartOf(report, 'grid', 'devices-cpu').values).toEqual([[40]]);
  });

  test('events alone: activity, and no charts of system metrics', () => {
    const report = reportOf(smallRun({ events: [step(0, START, 2), step(1, START + 3, 1)] }));
    expect(ids(report)).not.toContain('utilization-over-time');
    const { lanes } = chartOf(report, 'activity', 'framework-lanes');
    expect(lanes.map(({ label, busySeconds }) => [label, Math.round(busySeconds.reduce((a, b) => a + b, 0))])).toEqual([
      ['TRAIN', 3],
    ]);
  });

  test('system metrics alone: no framework activity', () => {
    const report = reportOf(smallRun({ samples: range(10).map((i) => core('cpu0', START + i, i)) }));
    expect(ids(report)).not.toContain('framework-activity');
  });
});

test('a mean with the lowest and highest of all cores, repeats counted once', () => {
  const samples = range(100).flatMap((i) => [
    core('cpu0', START + i, i),
    core('cpu1', START + i, 50),
    core('cpu1', START + i, 50),
  ]);
  const report = reportOf(smallRun({ samples }));
  const chart = chartOf(report, 'series', 'time-cpu');
  expect(chart.seconds.slice(0, 2)).toEqual([START + 1, START + 3]); // bins of twice the sampling interval
  expect(chart.series[0]?.label).toBe('Mean of 2 cores');
  expect(chart.series[0]?.values.slice(0, 2)).toEqual([25.3, 26.3]); // (0 + 1 + 50 + 50) / 4 = 25.25
  expect([chart.series[0]?.low?.[40], chart.series[0]?.high?.[40]]).toEqual([50, 81]);
  const grid = chartOf(report, 'grid', 'devices-cpu');
  expect(chart.pickFrom).toBe(grid.id);
  expect(grid.rows).toEqual(['cpu0', 'cpu1']);
  expect(grid.values[0]?.slice(0, 2)).toEqual([2, 6]); // (0 + 1 + 2 + 3) / 4 = 1.5
  expect([...new Set(grid.values[1])]).toEqual([50]);
  const { series } = chartOf(report, 'histogram', 'cpu-histogram');
  expect(series[0]?.counts.reduce((a, b) => a + b, 0)).toBe(200);
});

test('100 % is in the last bin, bytes have bins that reach to the largest', () => {
  const read = (i: number): Sample => ({
    ...core('ReadThroughputInBytesPerSecond', START + i, i * 1e7),
    type: 'i/o',
    dimension: '',
  });
  const report = reportOf(smallRun({ samples: range(20).flatMap((i) => [core('cpu0', START + i, 100), read(i)]) }));
  expect(chartOf(report, 'histogram', 'cpu-histogram').series[0]?.counts.at(-1)).toBe(20);
  const { edges = [], counts = [] } = chartOf(report, 'histogram', 'disk-histogram').series[0] ?? {};
  expect(counts.reduce((a, b) => a + b, 0)).toBe(20);
  expect([(edges.at(-1) ?? 0) > 19e7, (edges.at(-2) ?? 0) <= 19e7]).toEqual([true, true]);
  expect(counts).toHaveLength(edges.length - 1);
});

test('a gap is a gap', () => {
  const samples = range(200)
    .filter((i) => i < 60 || i >= 140)
    .map((i) => core('cpu0', START + i, 10));
  const { seconds, series } = chartOf(reportOf(smallRun({ samples })), 'series', 'time-cpu');
  const empty = seconds.filter((_, i) => series[0]?.values[i] === null);
  expect([empty[0], empty.at(-1)]).toEqual([START + 61, START + 139]);
  expect(series[0]?.low?.filter((value) => value === null)).toHaveLength(empty.length);
});

test('an absurd time does not stretch the axis, and is told', () => {
  const samples = [...range(600).map((i) => core('cpu0', START + i, 10)), core('cpu0', 5, 10), core('cpu0', START + 4e8, 10)];
  const report = reportOf(smallRun({ samples, events: [step(0, START + 1, 1), step(1, 12, 1)] }));
  const chart = chartOf(report, 'series', 'time-cpu');
  expect(chart.period[0]).toBeGreaterThan(START - 5);
  expect(chart.period[1]).toBeLessThan(START + 610);
  expect(text(report, 'utilization-over-time')).toContain('Far outside of the job, and not drawn: 2 samples.');
});

test('all time charts share one period', () => {
  const samples = range(300).flatMap((i) => [core('cpu0', START + i, 10), core('cpu0', START + 40 + i, 10, 'algo-2')]);
  const report = reportOf(smallRun({ samples, events: [step(0, START - 20, 1)] }));
  const periods = charts(report).flatMap((chart) => ('period' in chart ? [JSON.stringify(chart.period)] : []));
  expect(periods.length).toBeGreaterThan(4);
  expect(new Set(periods).size).toBe(1);
  expect(chartOf(report, 'series', 'time-cpu-1').period[0]).toBeLessThanOrEqual(START - 20);
});

describe('issues of rules', () => {
  const samples = range(600).flatMap((i) => [core('cpu0', START + i, 10), core('cpu0', START + i, 30, 'algo-2')]);
  const span = (from: number, to: number) => ({ startSeconds: START + from, endSeconds: START + to });
  const found = (node: string | undefined, ...spans: Issue['spans']): Issue => ({
    ...(node ? { node } : {}),
    evidence: 'busy',
    spans,
  });

  test('are shaded where they concern the node and the metric', () => {
    const issues = new Map([
      ['CPUBottleneck', [found('algo-1', span(10, 20)), found('algo-2', span(50, 60)), found(undefined, span(100, 101))]],
      ['IOBottleneck', [found('algo-1', span(200, 300))]],
      ['MyRule', [found('algo-1', span(400, 410))]],
    ]);
    const { spans } = chartOf(reportOf(smallRun({ samples }), issues), 'series', 'time-cpu-1');
    expect(spans).toEqual([
      { label: 'CPU bottleneck', ...span(10, 20) },
      { label: 'CPU bottleneck', ...span(100, 101) },
      { label: 'MyRule', ...span(400, 410) },
    ]);
  });

  test('are few, cover all their time, and lie within the job', () => {
    const issues = new Map([['CPUBottleneck', [found('algo-1', ...range(200).map((i) => span(3 * i - 30, 3 * i - 29)))]]]);
    const { spans, period } = chartOf(reportOf(smallRun({ samples }), issues), 'series', 'time-cpu-1');
    expect(spans.length).toBeLessThanOrEqual(40);
    expect(spans[0]?.startSeconds).toBe(period[0]);
    expect(spans.at(-1)?.endSeconds).toBe(START + 568);
  });

  test('are listed in the section of their rule', () => {
    const issues = new Map([['CPUBottleneck', [found('algo-1', span(10, 20), span(30, 40))]]]);
    const section = reportOf(smallRun({ samples }), issues).sections.find(({ id }) => id === 'cpu-bottlenecks');
    const [table] = section?.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])) ?? [];
    expect(table?.rows).toEqual([['algo-1', '2023-11-14 22:13:30 UTC', '2023-11-14 22:14:00 UTC', 2, 'busy']]);
  });
});

describe('a report of rule files alone', () => {
  test('has no section made from raw data', () => {
    const output: RuleOutput = { source: '/job', folder: '', reports: {}, files: new Map(), inputs: [], problems: [] };
    const { sections } = compose(output, jobFacts(output), [], '0.0.0');
    const made = ['utilization-over-time', 'devices-over-time', 'utilization-histograms', 'framework-activity', 'data-quality'];
    expect(sections.filter(({ id }) => made.includes(id))).toEqual([]);
  });
});

describe('steps', () => {
  const many = [
    ...range(3000).map((i) => step(i, START + i, i % 500 === 7 ? 9 : 0.5 + (i % 7) / 10)),
    step(9, START + 3001, 0.01),
  ];

  test('are all drawn where they are few', () => {
    const [group] = chartOf(reportOf(smallRun({ events: many.slice(0, 1000) })), 'points', 'step-points').groups;
    expect(group?.label).toBe('TRAIN');
    expect(group?.values).toEqual(many.slice(0, 1000).map(({ seconds }) => seconds));
    expect(group?.flagged.map((i) => group.names[i])).toEqual(['7', '507']);
  });

  test('are thinned where they are many: outliers, the shortest and the longest stay', () => {
    const report = reportOf(smallRun({ events: many }));
    const [group] = chartOf(report, 'points', 'step-points').groups;
    expect(group?.values.length).toBeLessThanOrEqual(1500);
    expect(group?.values.length).toBeGreaterThan(1000);
    expect(group?.flagged.map((i) => group.names[i])).toEqual(['7', '507', '1007', '1507', '2007', '2507']);
    expect(Math.min(...(group?.values ?? []))).toBe(0.01);
    expect(group?.seconds).toEqual(group?.seconds.toSorted((a, b) => a - b));
    expect(text(report, 'steps-over-time')).toContain('Of more than 1,500 steps of a worker the outliers are drawn');
  });
});

describe('the data loader', () => {
  const fetch = (i: number, seconds: number): SmallEvent => ({
    worker: 'algo-1-27',
    phase: 'DataLoaderIter',
    name: '_MultiProcessingDataLoaderIter::GetNext',
    startSeconds: START + i,
    seconds,
    details: { workerId: i % 2 },
  });
  const report = reportOf(smallRun({ events: range(20).map((i) => fetch(i, i === 13 ? 0.9 : 0.1)) }));

  test('has each fetch over time, the slow ones marked and listed with their process', () => {
    const [group] = chartOf(report, 'points', 'data-loader-fetches').groups;
    expect([group?.label, group?.values.length, group?.flagged]).toEqual(['algo-1-27', 20, [13]]);
    const tables = report.sections
      .flatMap(blocksOf)
      .flatMap((block) => (block.kind === 'table' && block.table.id.startsWith('data-loader') ? [block.table] : []));
    const rows = Object.fromEntries(tables.map(({ id, rows }) => [id, rows]));
    expect(rows['data-loader-slow']).toEqual([['algo-1-27', 1, '2023-11-14 22:13:33 UTC', expect.closeTo(0.9, 6)]]);
    expect(rows['data-loader-timing']).toEqual([['Fetch of a batch', 20, expect.closeTo(0.1, 6), expect.closeTo(0.9, 6), 1]]);
    expect(rows['data-loader-batches']?.[0]?.slice(2)).toEqual([19, expect.closeTo(1, 6), expect.closeTo(1, 6), 0]);
  });

  test('has a lane for each of its processes', () => {
    const { lanes } = chartOf(report, 'activity', 'framework-lanes');
    expect(lanes.map(({ label }) => label)).toEqual(
      ['process 1', 'process 0'].map((process) => `_MultiProcessingDataLoaderIter::GetNext, ${process}`),
    );
  });
});

test('the activity of many kinds of events is summed up in few lanes, none of its time lost', () => {
  const events = range(200).map((i) => ({ ...step(0, START + i / 10, 1 + i / 100), phase: 'cpu_functions', name: `op${i}` }));
  const { lanes } = chartOf(reportOf(smallRun({ events })), 'activity', 'framework-lanes');
  expect(lanes).toHaveLength(41);
  expect(lanes.at(-1)).toMatchObject({ group: 'Others', label: '160 other events' });
  const busy = lanes.reduce((sum, { busySeconds }) => sum + busySeconds.reduce((a, b) => a + b, 0), 0);
  expect(busy).toBeCloseTo(
    range(200).reduce((sum, i) => sum + 1 + i / 100, 0),
    0,
  );
  expect(lanes.slice(0, 40).map(({ label }) => label)).toEqual(range(40).map((i) => `op${199 - i}`));
});

describe('data quality', () => {
  const minutes = (from: number, to: number) => range(to - from).map((i) => core('cpu0', START - 20 + from + i, 1)); // START - 20 begins a minute

  test('damage is listed with when and where', () => {
    const span = { startSeconds: START, endSeconds: START + 60 };
    const report = reportOf(
      smallRun({ damage: [{ kind: 'gap', node: 'algo-1', count: 1, detail: 'Nothing for a minute.', span }], ended: false }),
    );
    const section = report.sections.find(({ id }) => id === 'data-quality');
    const [table] = section?.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])) ?? [];
    expect(table?.rows).toEqual([
      ['gap', 'algo-1', 1, '2023-11-14 22:13:20 UTC', '2023-11-14 22:14:20 UTC', 'Nothing for a minute.'],
    ]);
    expect(text(report, 'data-quality')).toContain('There is no end marker');
  });

  test('what the service would have dropped: the last minute, and what comes after the last framework event', () => {
    const dropped = (run: TrainingRun) => text(reportOf(run), 'data-quality');
    expect(dropped(smallRun({ samples: minutes(0, 150) }))).toContain(
      'stopped at 2023-11-14 22:15:00 UTC and left out 29 of 150 samples',
    );
    expect(dropped(smallRun({ samples: minutes(0, 150), events: [step(0, START, 5)] }))).toContain(
      'stopped at 2023-11-14 22:14:00 UTC and left out 89 of 150 samples',
    );
    expect(dropped(smallRun({ samples: minutes(0, 50) }))).toContain('would have made no report');
  });

  test('metrics that nobody has seen yet are named', () => {
    const unknown = { ...core('npu0', START, 3), type: 'npu', dimension: 'NPUUtilization' };
    expect(text(reportOf(smallRun({ samples: [unknown] })), 'data-quality')).toContain('does not draw: npu NPUUtilization.');
  });
});
