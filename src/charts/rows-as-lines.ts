import type { GridChart, SeriesChart } from '../model/chart.ts';

/** The lines with one row of a grid added: at each of their moments the value of the cell it falls into. */
export function withRow(chart: SeriesChart, grid: GridChart, row: number): SeriesChart {
  const cells = grid.values[row] ?? [];
  const values = chart.seconds.map((at) => cells[Math.floor((at - grid.startSeconds) / grid.stepSeconds)] ?? null);
  return { ...chart, series: [...chart.series, { label: grid.rows[row] ?? '', values }] };
}
