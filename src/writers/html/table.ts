import type { Column, Table } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { cellTexts, columnTitle, isNumeric } from '../cells.ts';
import { badge, verdictOf } from '../verdicts.ts';

/** A table with every cell as text; the rows keep their order, by which the page finds the values again. */
export function tableView(table: Table) {
  const texts = cellTexts(table);
  const { columns, rows, totalRows } = table;
  return {
    id: table.id,
    title: table.title,
    searchable: table.searchable,
    cut: totalRows === undefined ? undefined : `The first ${count(rows.length)} of ${count(totalRows)} rows.`,
    columns: columns.map((column) => ({ title: columnTitle(column), numeric: isNumeric(column) })),
    rows: rows.map((row, r) => ({ cells: columns.map((column, c) => cellView(column, c, row[c] ?? null, texts[r]?.[c] ?? '')) })),
  };
}

function cellView(column: Column, index: number, value: Table['rows'][number][number], text: string) {
  const verdict = column.kind === 'verdict' ? verdictOf(value) : undefined;
  return {
    text,
    first: index === 0,
    numeric: isNumeric(column),
    share: column.kind === 'share' && typeof value === 'number' ? shareSize(value) : undefined,
    badge: verdict && badge(verdict),
  };
}

/** Percent as a fraction of the bar's full length. */
function shareSize(percent: number): string {
  return (Math.min(100, Math.max(0, percent)) / 100).toFixed(3);
}
