import { max, mean, min } from 'd3-array';
import type { ActivityChart, Chart, FlameChart, HeatmapChart, HistogramChart, TimelineChart } from '../model/chart.ts';
import type { Cell, Column, Table } from '../model/report.ts';
import { utc } from '../model/text.ts';
import { busyLanes } from './activity.ts';
import { functionsOf } from './flame.ts';
import { titleWithUnit } from './numbers.ts';

/** Lanes and functions told; the others are counted. */
const MOST_ROWS = 50;

/**
 * The numbers of a chart: all of them, but for empty bins; of what is drawn over time, and of a flame graph, what they come to.
 * Its id is the chart's with `-table`.
 */
export function chartTable(chart: Chart): Table {
  return { id: `${chart.id}-table`, title: chart.title, ...content(chart), searchable: false };
}

type Content = Pick<Table, 'columns' | 'rows' | 'totalRows'>;

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
    case 'series': {
      const rows = chart.series.map(({ label, values, low = values, high = values }) => [label, ...summary(values, low, high)]);
      return { columns: [text('Name'), ...numbers(['Mean', 'Lowest', 'Highest'], chart.unit, rows)], rows };
    }
    case 'grid': {
      const rows = chart.rows.map((label, row) => [label, ...summary(chart.values[row] ?? [])]);
      return { columns: [text(chart.rowTitle), ...numbers(['Mean', 'Lowest', 'Highest'], chart.unit, rows)], rows };
    }
    case 'points': {
      const rows = chart.groups.map(({ label, values, flagged }) => [label, values.length, ...summary(values), flagged.length]);
      const columns = numbers(
        ['Mean', 'Lowest', 'Highest'],
        chart.unit,
        rows.map((row) => row.slice(2, 5)),
      );
      return { columns: [text('Name'), counted('Points'), ...columns, counted('Stand out')], rows };
    }
    case 'activity':
      return activity(chart);
    case 'flame':
      return flame(chart);
  }
}

/** Mean, lowest and highest of what is there. */
function summary(values: Values, low = values, high = values): Cell[] {
  const known = values.filter((value) => value !== null);
  return [mean(known) ?? null, min(low, (value) => value) ?? null, max(high, (value) => value) ?? null];
}

type Values = readonly (number | null)[];

function activity(chart: ActivityChart): Content {
  const lanes = busyLanes(chart, chart.period);
  const rows = lanes.slice(0, MOST_ROWS).map(({ name, busySeconds, percent }) => [name, busySeconds, percent]);
  const columns: Column[] = [
    text('Lane'),
    ...numbers(
      ['Busy'],
      's',
      rows.map((row) => row.slice(0, 2)),
    ),
  ];
  return cut({ columns: [...columns, { label: 'Share of the time', kind: 'share', unit: '%', digits: 1 }], rows }, lanes.length);
}

function flame(chart: FlameChart): Content {
  const functions = functionsOf(chart);
  const rows = functions
    .slice(0, MOST_ROWS)
    .map(({ label, place, ownSeconds, totalSeconds }) => [label, place, ownSeconds, totalSeconds]);
  return cut(
    { columns: [text('Function'), text('Place'), ...numbers(['Own time', 'Total time'], 's', rows)], rows },
    functions.length,
  );
}

function cut(content: Content, total: number): Content {
  return total > content.rows.length ? { ...content, totalRows: total } : content;
}

function counted(label: string): Column {
  return { label, kind: 'number', digits: 0 };
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
