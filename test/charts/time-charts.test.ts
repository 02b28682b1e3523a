import { describe, expect, test } from 'vitest';
import { busyLanes, drillDownOf } from '../../src/charts/activity.ts';
import { coarse, columnsOf } from '../../src/charts/columns.ts';
import { functionsOf } from '../../src/charts/flame.ts';
import { frame } from '../../src/charts/frame.ts';
import { plotlyFigure } from '../../src/charts/plotly.ts';
import { withRow } from '../../src/charts/rows-as-lines.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { chartTable } from '../../src/charts/table.ts';
import { spanLanes } from '../../src/charts/time-chart.ts';
import { stepValues, valueSteps } from '../../src/charts/value-steps.ts';
import type { ActivityChart, Chart, FlameChart, GridChart, SeriesChart } from '../../src/model/chart.ts';
import { timeReport } from '../fixtures/time-report.ts';
import { sampleCharts } from './samples.ts';

const sample = <K extends Chart['kind']>(kind: K, size = 1) =>
  sampleCharts(size).find((chart) => chart.kind === kind) as Extract<Chart, { kind: K }>;

describe('a line in columns', () => {
  const xs = Array.from({ length: 1000 }, (_, i) => i);

  test('keeps lowest and highest, and mean, of each', () => {
    const [run = []] = columnsOf(
      xs,
      xs.map((x) => (x === 555 ? 9 : x === 556 ? -9 : 1)),
      [0, 1000],
      10,
    );
    expect(run).toHaveLength(10);
    expect(run[5]).toEqual({ at: 550, low: -9, high: 9, mean: 0.98, rises: false });
    expect(run[0]).toEqual({ at: 50, low: 1, high: 1, mean: 1, rises: true });
  });

  test('is broken by missing values and by nothing else', () => {
    const ys = xs.map((x) => (x > 300 && x < 320 ? null : x));
    expect(columnsOf(xs, ys, [0, 1000], 10).map((run) => run.length)).toEqual([4, 7]);
    expect(columnsOf([0, 900], [1, 2], [0, 1000], 10).map((run) => run.length)).toEqual([2]);
  });
});

test('cells made coarse are means of what is there', () => {
  const values = [
    [1, 3, null, null],
    [5, 7, 2, null],
    [null, null, null, null],
  ];
  expect(coarse(values, 4, { rows: 2, columns: 2 })).toEqual({
    values: [
      [4, 2],
      [null, null],
    ],
    rowsPerCell: 2,
    columnsPerCell: 2,
  });
});

test('values get at most five round numbers, and those of a share do not go beyond it for a last digit', () => {
  const ticks = (...values: number[]) => stepValues(valueSteps(values));
  expect(ticks(0, 100)).toEqual([0, 50, 100]);
  expect(ticks(100.000002)).toEqual([0, 50, 100]);
  expect(ticks(0.37)).toEqual([0, 0.1, 0.2, 0.30000000000000004, 0.4]);
  expect(ticks(-30, 950)).toEqual([-500, 0, 500, 1000]);
  expect(ticks(2.4e9)).toEqual([0, 1e9, 2e9, 3e9]);
  expect(ticks()).toEqual([0, 0.5, 1]);
});

test('spans of a rule are one where nobody sees them apart', () => {
  const chart = sample('series');
  const spans = [10, 0, 2, 50].map((at) => ({ label: at === 50 ? 'B' : 'A', startSeconds: at, endSeconds: at + 1 }));
  const lanes = spanLanes({ ...chart, period: [0, 100], spans }, 50);
  expect(lanes.map(({ label, spans: joined }) => [label, joined.map((span) => [span.startSeconds, span.endSeconds])])).toEqual([
    [
      'A',
      [
        [0, 3],
        [10, 11],
      ],
    ],
    ['B', [[50, 51]]],
  ]);
});

test('no rule has the colour of a line of its chart, or of another rule', () => {
  const rules = ['Uneven variants', 'One container dominates', 'Overhead dominates', 'Idle endpoint', 'a rule', 'of ours'];
  for (const stacked of [false, true])
    for (let lines = 1; lines <= 4; lines++) {
      const chart: SeriesChart = {
        ...sample('series'),
        stacked,
        seconds: [0],
        series: Array.from({ length: lines }, (_, i) => ({ label: String(i), values: [1] })),
        spans: rules.slice(0, 2).map((label) => ({ label, startSeconds: 0, endSeconds: 1 })),
      };
      const colours = frame(chart).legend.map(({ colour }) => colour);
      expect(colours).toHaveLength(lines + 2);
      expect(new Set(colours).size).toBe(lines + 2);
      // However many there are, none is that of a line.
      const many = spanLanes({ ...chart, spans: rules.map((label) => ({ label, startSeconds: 0, endSeconds: 1 })) }, 1);
      for (const { colour } of many) expect(colours.slice(0, lines)).not.toContain(colour);
    }
});

test('all charts over time have the same axis at the same place', () => {
  const charts = sampleCharts(3).filter((chart) => 'period' in chart);
  expect(charts).toHaveLength(4);
  expect(
    new Set(charts.map((chart) => JSON.stringify([frame(chart).domain, frame(chart).rows.gutter, frame(chart).right]))).size,
  ).toBe(1);
  const axes = charts.map((chart) => (plotlyFigure(chart).layout.xaxis as { range: unknown }).range);
  expect(new Set(axes.map((range) => JSON.stringify(range)))).toEqual(
    new Set(['["2022-04-02 06:13:11.000","2022-04-02 06:43:11.000"]']),
  );
});

describe('busy time', () => {
  const chart = sample('activity', 3) as ActivityChart;

  test('of a range is the sum of its steps, and of a cut step its part', () => {
    const [from, to] = [chart.startSeconds + 30, chart.startSeconds + 110];
    const sum = (busy: readonly number[]) =>
      (busy[1] ?? 0) / 2 + (busy[2] ?? 0) + (busy[3] ?? 0) + (busy[4] ?? 0) + (busy[5] ?? 0) / 2;
    const wanted = chart.lanes.map(({ label, busySeconds }) => ({ name: label, busySeconds: sum(busySeconds) }));
    for (const { name, busySeconds, percent } of busyLanes(chart, [from, to])) {
      expect(busySeconds).toBeCloseTo(wanted.find((lane) => lane.name === name)?.busySeconds ?? -1, 9);
      expect(percent).toBeCloseTo((busySeconds / 80) * 100, 9);
    }
  });

  test('of the whole job is all of it, the busiest lane first, and what is left out is said', () => {
    const lanes = Array.from({ length: 13 }, (_, i) => ({ group: 'g', label: `lane ${i}`, busySeconds: [i, i] }));
    const many: ActivityChart = { ...chart, period: [0, 40], startSeconds: 0, stepSeconds: 20, lanes };
    const { title, lanes: told } = drillDownOf(many, many.period);
    expect(title).toContain('the first 10 of 13 lanes');
    expect(told[0]).toEqual({ name: 'g · lane 12', busy: '24 s', share: '60.0 %', size: '1.000' });
    expect(told.at(-1)?.name).toBe('g · lane 3');
    expect(chartTable(many).rows).toHaveLength(13);
  });
});

test('a core becomes a line with the value of the cell at each moment', () => {
  const series: SeriesChart = { ...sample('series'), seconds: [10, 11.9, 12, 15, 99] };
  const grid: GridChart = { ...sample('grid'), rows: ['a', 'b'], startSeconds: 10, stepSeconds: 2, values: [[1], [5, 6, null]] };
  expect(withRow(series, grid, 1).series.at(-1)).toEqual({ label: 'b', values: [5, 5, 6, null, null] });
});

test('a function called by itself is counted once in its total, and always in its own time', () => {
  const frame = (label: string, depth: number, startSeconds: number, widthSeconds: number, ownSeconds: number) => ({
    label,
    place: 'a.py:1',
    depth,
    startSeconds,
    widthSeconds,
    ownSeconds,
  });
  const frames = [frame('f', 0, 0, 10, 2), frame('g', 1, 0, 8, 1), frame('f', 2, 0, 7, 7), frame('f', 0, 10, 5, 5)];
  const chart: FlameChart = { kind: 'flame', id: 'a', title: 'A', alt: 'A.', frames };
  expect(functionsOf(chart)).toEqual([
    { label: 'f', place: 'a.py:1', ownSeconds: 14, totalSeconds: 15 },
    { label: 'g', place: 'a.py:1', ownSeconds: 1, totalSeconds: 8 },
  ]);
});

test('a flame graph zoomed to a function shows what reaches into it, cut to its time', () => {
  const chart = sample('flame', 3);
  const [bars] = plotlyFigure(chart, { range: [12, 19] }).data as { base: number[]; x: number[]; customdata: unknown[][] }[];
  expect(bars?.base).toEqual([12, 12]);
  expect(bars?.x).toEqual([7, 4]);
  expect(bars?.customdata.map((row) => row.at(-1))).toEqual([2, 3]);
});

test('drawings of a busy job stay below 8.5 kB each', () => {
  const blocks = timeReport({ nodes: 1, cores: 96 }).sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.kind === 'panels' ? block.panels.flatMap((panel) => panel.blocks) : [block])),
  );
  const sizes = blocks.flatMap((block) => (block.kind === 'chart' ? [chartSvg(block.chart).length] : []));
  expect(sizes).toHaveLength(11);
  expect(Math.max(...sizes)).toBeLessThan(8_500);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(6_000);
});
