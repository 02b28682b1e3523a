import { max } from 'd3-array';
import type { Chart, HeatmapChart, HistogramChart, TimelineChart } from '../model/chart.ts';
import type { Cell, Column, Table } from '../model/report.ts';
import { utc } from '../model/text.ts';
import { titleWithUnit } from './numbers.ts';

/** The numbers of a chart: all of them, but for empty bins. Its id is the chart's with `-table`. */
export function chartTable(chart: Chart): Table {
  const { columns, rows } = content(chart);
  return { id: `${chart.id}-table`, title: chart.title, columns, rows, searchable: false };
}

type Content = Pick<Table, 'columns' | 'rows'>;

function content(chart: Chart): Content {
  switch (chart.kind) {
    case 'shares': {
      const details = chart.parts.some(({ detail }) => detail !== undefined);
      const columns: Column[] = [text('Part'), { label: 'Share', kind: 'share', unit: '%', digits: 1 }];
      if (!details) return { columns, rows: chart.parts.map(({ label, value }) => [label, value]) };
      return {
        columns: [...columns, text('Detail')],
        rows: chart.parts.map((part) => [part.label, part.value, part.detail ?? '']),
      };
    }
    case 'bars': {
      const rows = chart.bars.map(({ label, value }) => [label, value]);
      return { columns: [text('Name'), ...numbers([chart.valueTitle], chart.unit, rows)], rows };
    }
    case 'boxes': {
      const rows = chart.boxes.map((box) => [box.label, box.lower, box.p25, box.p50, box.p75, box.p95, box.upper]);
      const names = ['Lower whisker', 'p25', 'Median', 'p75', 'p95', 'Upper whisker'];
      return { columns: [text('Name'), ...numbers(names, chart.unit, rows)], rows };
    }
    case 'ranges': {
      const rows = chart.rows.map((row) => [row.label, row.min, row.p50, row.p95, row.p99, row.max]);
      return { columns: [text('Name'), ...numbers(['Min', 'p50', 'p95', 'p99', 'Max'], chart.unit, rows)], rows };
    }
    case 'histogram':
      return histogram(chart);
    case 'timeline':
      return timeline(chart);
    case 'heatmap':
      return heatmap(chart);
  }
}

function histogram(chart: HistogramChart): Content {
  const rows = chart.series.flatMap(({ label, edges, counts }) =>
    counts.flatMap((value, index) => (value === 0 ? [] : [[label, edges[index] ?? null, edges[index + 1] ?? null, value]])),
  );
  const bounds = numbers(
    ['From', 'To'],
    chart.unit,
    rows.map((row) => row.slice(0, 3)),
  );
  return { columns: [text('Name'), ...bounds, { label: chart.countTitle, kind: 'number', digits: 0 }], rows };
}

function timeline(chart: TimelineChart): Content {
  const rows = chart.edgesSeconds.slice(0, -1).flatMap((edge, index) => {
    const values = chart.series.map(({ values }) => values[index] ?? 0);
    return values.every((value) => value === 0) ? [] : [[utc(edge), ...values]];
  });
  const labels = chart.series.map(({ label }) => label);
  return { columns: [text('From'), ...numbers(labels, chart.unit, rows)], rows };
}

function heatmap(chart: HeatmapChart): Content {
  const rows = chart.rows.map((label, row) => [label, ...chart.columns.map((_, column) => chart.values[row]?.[column] ?? null)]);
  const corner = `${titleWithUnit(chart.valueTitle, chart.unit)}, ${chart.rowTitle} × ${chart.columnTitle}`;
  return { columns: [text(corner), ...numbers(chart.columns, '', rows)], rows };
}

function text(label: string): Column {
  return { label, kind: 'text' };
}

function numbers(labels: readonly string[], unit: string, rows: readonly (readonly Cell[])[]): Column[] {
  const digits = digitsFor(max(rows, (row) => max(row, (cell) => (typeof cell === 'number' ? Math.abs(cell) : 0))) ?? 0);
  return labels.map((label) => ({ label, kind: 'number', digits, ...(unit === '' ? {} : { unit }) }));
}

/** Decimals that keep three significant digits of the largest value, at least two for values below 100. */
function digitsFor(largest: number): number {
  if (largest >= 1000) return 0;
  if (largest >= 100) return 1;
  let digits = 2;
  for (let size = largest; size > 0 && size < 1 && digits < 15; size *= 10) digits++;
  return digits;
}
