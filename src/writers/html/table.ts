import type { Cell, Table } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { cellTexts, columnTitle, isNumeric } from '../cells.ts';

/**
 * A table with every cell as text; the rows keep their order, by which the page finds the values again. Where all columns but the
 * first hold plain numbers the table says so once and its cells carry no attributes: they are most of the bytes of a report.
 */
export function tableView(table: Table) {
  const { columns, rows, totalRows } = table;
  const texts = cellTexts(table);
  const largest = columns.map(({ kind }, c) =>
    kind === 'share' ? Math.max(0, ...rows.map((row) => Number(row[c]) || 0)) : undefined,
  );
  const uniform = columns.every(({ kind }, c) => kind === (c === 0 ? 'text' : 'number'));
  return {
    id: table.id,
    title: table.title,
    searchable: table.searchable,
    cut: totalRows === undefined ? undefined : `The first ${count(rows.length)} of ${count(totalRows)} rows.`,
    uniform,
    columns: columns.map((column, c) => ({
      title: columnTitle(column),
      kind: isNumeric(column) ? 'numeric' : lengthOf(texts.map((row) => row[c] ?? '')),
    })),
    rows: rows.map((row, r) => ({
      head: texts[r]?.[0] ?? '',
      numeric: columns[0] !== undefined && isNumeric(columns[0]),
      cells: columns.slice(1).map((column, c) => ({
        text: texts[r]?.[c + 1] ?? '',
        numeric: !uniform && isNumeric(column),
        share: shareSize(row[c + 1] ?? null, largest[c + 1]),
      })),
    })),
  };
}

/** Whether the texts of a column are words or whole sentences; undefined where they are short. */
function lengthOf(texts: readonly string[]): 'words' | 'sentences' | undefined {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  if (longest > 60) return 'sentences';
  return longest > 12 ? 'words' : undefined;
}

/** A share as a fraction of the longest bar, that of the largest share of its column: few columns ever come near to 100 %. */
function shareSize(percent: Cell, largest: number | undefined): string | undefined {
  return largest && typeof percent === 'number' ? Math.max(0, percent / largest).toFixed(3) : undefined;
}
