import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartTable } from '../../src/charts/table.ts';
import type { Chart } from '../../src/model/chart.ts';
import { anyChart } from './arbitrary.ts';
import { sampleCharts } from './samples.ts';

describe('the table of a chart', () => {
  test('has a cell for every column and every label of the chart', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const { columns, rows } = chartTable(chart);
        for (const row of rows) expect(row).toHaveLength(columns.length);
        const told = new Set([...columns.map(({ label }) => label), ...rows.map(([first]) => first)]);
        for (const label of labels(chart)) expect(told).toContain(label);
      }),
    );
  });

  test('leaves out empty bins and nothing else', () => {
    const histogram = sampleCharts(2).find(({ kind }) => kind === 'histogram');
    if (histogram?.kind !== 'histogram') throw new Error('no histogram');
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const { rows } = chartTable(histogram);
    expect(sum(rows.map((row) => Number(row[3])))).toBe(sum(histogram.series.flatMap(({ counts }) => counts)));
    expect(rows.every((row) => Number(row[3]) > 0)).toBe(true);
  });

  test('says when a bin of a timeline began, in UTC', () => {
    const timeline = sampleCharts(1).find(({ kind }) => kind === 'timeline');
    if (!timeline) throw new Error('no timeline');
    expect(chartTable(timeline).rows[0]).toEqual(['2022-04-02 06:13:41 UTC', 4]);
  });

  test('keeps the digits that matter', () => {
    const digits = [0.00012, 0.5, 37.5, 250, 11467].map((value) => {
      const chart: Chart = {
        kind: 'bars',
        id: 'a',
        title: 'A',
        alt: 'B',
        valueTitle: 'time',
        unit: 's',
        bars: [{ label: 'x', value }],
      };
      return chartTable(chart).columns[1]?.digits;
    });
    expect(digits).toEqual([6, 3, 2, 1, 0]);
  });
});

/** Labels whose numbers are never all empty. */
function labels(chart: Chart): readonly string[] {
  switch (chart.kind) {
    case 'shares':
      return chart.parts.map(({ label }) => label);
    case 'bars':
      return chart.bars.map(({ label }) => label);
    case 'boxes':
      return chart.boxes.map(({ label }) => label);
    case 'ranges':
      return chart.rows.map(({ label }) => label);
    case 'histogram':
      return chart.series.filter(({ counts }) => counts.some((count) => count > 0)).map(({ label }) => label);
    case 'heatmap':
      return [...chart.rows, ...chart.columns];
    case 'timeline':
    case 'series':
      return chart.series.map(({ label }) => label);
    case 'grid':
      return chart.rows;
    case 'points':
      return chart.groups.map(({ label }) => label);
    case 'activity':
      return chart.lanes.map(({ group, label }) => (group === '' ? label : `${group} · ${label}`));
    case 'flame':
      return chart.frames.map(({ label }) => label);
  }
}
