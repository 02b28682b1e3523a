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
  const last = lengthOf(texts.map((row) => row[columns.length - 1] ?? ''));
  const lines = columns.length === STACKED_COLUMNS && (last === 'words' || last === 'sentences');
  const classes = [lines ? 'lines' : '', columns.length >= DENSE_COLUMNS ? 'dense' : ''].filter((name) => name !== '');
  const uniform = columns.every(({ kind }, c) => kind === (c === 0 ? 'text' : 'number'));
  return {
    id: table.id,
    title: table.title,
    searchable: table.searchable,
    cut: totalRows === undefined ? undefined : `The first ${count(rows.length)} of ${count(totalRows)} rows.`,
    classes: [...(uniform ? ['uniform'] : []), ...classes].join(' '),
    columns: columns.map((column, c) => ({
      title: columnTitle(column),
      kind: isNumeric(column) ? 'numeric' : lengthOf(texts.map((row) => row[c] ?? '')),
    })),
    rows: rows.map((row, r) => ({
      head: texts[r]?.[0] ?? '',
      long: isLong(texts[r]?.[0] ?? ''),
      numeric: columns[0] !== undefined && isNumeric(columns[0]),
      cells: columns.slice(1).map((column, c) => ({
        text: texts[r]?.[c + 1] ?? '',
        long: isLong(texts[r]?.[c + 1] ?? ''),
        numeric: !uniform && isNumeric(column),
        share: shareSize(row[c + 1] ?? null, largest[c + 1]),
      })),
    })),
  };
}

/** From so many columns on the letters are smaller. */
const DENSE_COLUMNS = 8;
/** A table of so many columns, the last of which holds words, stands as lines on a phone. */
const STACKED_COLUMNS = 3;
/** A longer word may be broken anywhere: others keep their column as wide as they are. */
const LONGEST_WORD = 32;

/** `2026-11-02 09:00:00`, or nothing. */
const MOMENT = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})?$/;
const MOMENT_LENGTH = 19;

function isLong(text: string): boolean {
  return text.length > LONGEST_WORD && text.split(/\s/).some((word) => word.length > LONGEST_WORD);
}

/** Whether the texts of a column are names or moments, which a browser would break at a hyphen or blank, words or whole sentences; undefined where they are short. */
function lengthOf(texts: readonly string[]): 'name' | 'long-name' | 'words' | 'sentences' | undefined {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  if (longest === MOMENT_LENGTH && texts.every((text) => MOMENT.test(text))) return 'name';
  const isName = longest > 12 && longest <= LONGEST_WORD && texts.some((text) => text.includes('-'));
  if (isName && !texts.some((text) => /\s/.test(text))) return longest > 20 ? 'long-name' : 'name';
  if (longest > 60) return 'sentences';
  return longest > 12 ? 'words' : undefined;
}

/** A share as a fraction of the longest bar, that of the largest share of its column: few columns ever come near to 100 %. */
function shareSize(percent: Cell, largest: number | undefined): string | undefined {
  return largest && typeof percent === 'number' ? Math.max(0, percent / largest).toFixed(3) : undefined;
}
