import { expect, test } from 'vitest';
import { frame } from '../../src/charts/frame.ts';
import { plotlyFigure } from '../../src/charts/plotly.ts';
import { dotted, drawnLines } from '../../src/charts/stacked.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import type { SeriesChart } from '../../src/model/chart.ts';

const chart: SeriesChart = {
  kind: 'series',
  id: 'parts',
  title: 'Parts',
  alt: 'Parts.',
  valueTitle: 'time',
  unit: 'ms',
  period: [0, 240],
  spans: [],
  marks: [],
  stacked: true,
  seconds: [0, 60, 120, 180],
  series: [
    { label: 'first', values: [10, 20, null, null] },
    { label: 'second', values: [5, null, null, 30] },
  ],
};

test('parts stand on each other; one without a value takes no room, a moment without any is a gap', () => {
  expect(drawnLines(chart).map(({ low, high, own }) => ({ low, high, own }))).toEqual([
    { low: [0, 0, null, 0], high: [10, 20, null, 0], own: [10, 20, null, null] },
    { low: [10, 20, null, 0], high: [15, 20, null, 30], own: [5, null, null, 30] },
  ]);
  expect(frame(chart).values.domain[1]).toBe(30);
});

test('areas lie below lines, tooltips tell the own value of a part, and the legend knows no spread', () => {
  const { data } = plotlyFigure(chart) as { data: { fill?: string; hovertemplate?: string; customdata?: unknown }[] };
  expect(data.map(({ fill }) => fill)).toEqual(['toself', 'toself', undefined, undefined]);
  expect(data[3]).toMatchObject({ customdata: [[5], [null], [null], [30]] });
  expect(data[3]?.hovertemplate).toContain('%{customdata[0]');
  expect(frame(chart).legend.map(({ label }) => label)).toEqual(['first', 'second']);
  expect(chartSvg(chart).match(/fill-opacity="0.6"/g)).toHaveLength(2);
});

test('values with few neighbours are dots', () => {
  const missing = [null, false] as const;
  const given = [
    [1, true],
    missing,
    [2, true],
    [3, true],
    [4, true],
    missing,
    missing,
    [5, false],
    [6, false],
    [7, false],
    [8, false],
    missing,
    [9, true],
  ] as const;
  expect(dotted(given.map(([value]) => value))).toEqual(given.map(([, dot]) => dot));
  const { data } = plotlyFigure({ ...chart, stacked: false }) as { data: { mode?: string; marker?: { size: number[] } }[] };
  expect(data.map(({ mode }) => mode)).toEqual(['lines+markers', 'lines+markers']);
  expect(data.map(({ marker }) => marker?.size)).toEqual([
    [5, 5, 0, 0],
    [5, 0, 0, 5],
  ]);
  const long = plotlyFigure({ ...chart, series: [{ label: 'all', values: [1, 2, 3, 4] }] });
  expect(long.data.map(({ mode }) => mode)).toEqual(['lines', 'lines']);
});
