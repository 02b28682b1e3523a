import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartBytes, chartOfBytes } from '../../src/charts/pack.ts';
import type { GridChart, SeriesChart } from '../../src/model/chart.ts';
import { anyChart } from './arbitrary.ts';
import { sampleCharts } from './samples.ts';

/** Numbers taken out, so that all else can be compared as it is. */
const words = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'number' ? 0 : one));

test('all but the digits of numbers comes out as it went in', () => {
  fc.assert(
    fc.property(anyChart, (chart) => {
      expect(words(chartOfBytes(chartBytes(chart)))).toBe(words(chart));
    }),
  );
});

test('moments keep their milliseconds over an hour, values seven digits', () => {
  const seconds = Array.from({ length: 3600 }, (_, i) => 1648879991 + i + (i % 7) / 10);
  const values = seconds.map((_, i) => (i % 5 ? Math.sin(i) * 1e9 : null));
  const chart = {
    ...sampleCharts(1).find(({ kind }) => kind === 'series'),
    seconds,
    series: [{ label: 'a', values }],
  } as SeriesChart;
  const back = chartOfBytes(chartBytes(chart)) as SeriesChart;
  expect(Math.max(...back.seconds.map((at, i) => Math.abs(at - (seconds[i] ?? 0))))).toBeLessThan(5e-4);
  back.series[0]?.values.forEach((value, i) => {
    const wanted = values[i] ?? null;
    if (wanted === null) expect(value).toBeNull();
    else expect(Math.abs((value ?? 0) - wanted)).toBeLessThan(2e9 * 1e-7);
  });
});

test('a grid keeps its gaps, and its values to half of the 254th part of each row', () => {
  const rows = [[...Array.from({ length: 40 }, (_, i) => (i === 3 ? null : i * 2.5)), 100], Array.from({ length: 41 }, () => 7)];
  const chart = { ...sampleCharts(2).find(({ kind }) => kind === 'grid'), values: rows } as GridChart;
  const { values } = chartOfBytes(chartBytes(chart)) as GridChart;
  expect(values[1]).toEqual(rows[1]);
  rows[0]?.forEach((wanted, i) => {
    const value = values[0]?.[i] ?? null;
    if (wanted === null) expect(value).toBeNull();
    else expect(Math.abs((value ?? -9) - wanted)).toBeLessThanOrEqual(100 / 254 / 2 + 1e-9);
  });
  // A byte a cell, not the four of a float.
  expect(chartBytes(chart).length).toBeLessThan(JSON.stringify({ ...chart, values: [] }).length + 2 * 41 + 120);
});
