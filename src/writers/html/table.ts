import type { Cell, Column, Table } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { cellTexts, columnTitle, isNumeric } from '../cells.ts';
import { badge, verdictOf } from '../verdicts.ts';

/**
 * A table with every cell as text; the rows keep their order, by which the page finds the values again. Where all columns but the
 * first hold plain numbers the table says so once and its cells carry no attributes: they are most of the bytes of a report.
 */
export function tableView(table: Table) {
  const { columns, rows, totalRows } = table;
  const texts = cellTexts(table);
  const uniform = columns.every(({ kind }, c) => kind === (c === 0 ? 'text' : 'number'));
  return {
    id: table.id,
    title: table.title,
    searchable: table.searchable,
    cut: totalRows === undefined ? undefined : `The first ${count(rows.length)} of ${count(totalRows)} rows.`,
    uniform,
    columns: columns.map((column) => ({ title: columnTitle(column), numeric: isNumeric(column) })),
    rows: rows.map((row, r) => ({
      head: texts[r]?.[0] ?? '',
      numeric: columns[0] !== undefined && isNumeric(columns[0]),
      cells: columns.slice(1).map((column, c) => cellView(column, row[c + 1] ?? null, texts[r]?.[c + 1] ?? '', uniform)),
    })),
  };
}

function cellView(column: Column, value: Cell, text: string, uniform: boolean) {
  const verdict = column.kind === 'verdict' ? verdictOf(value) : undefined;
  return {
    text,
    numeric: !uniform && isNumeric(column),
    share: column.kind === 'share' && typeof value === 'number' ? shareSize(value) : undefined,
    badge: verdict && badge(verdict),
  };
}

/** Percent as a fraction of the bar's full length. */
function shareSize(percent: number): string {
  return (Math.min(100, Math.max(0, percent)) / 100).toFixed(3);
}
