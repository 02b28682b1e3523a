import type { Table } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { cellTexts, columnTitle, isNumeric } from '../cells.ts';
import { escapeMarkdown } from './escape.ts';

/** Rows beyond this stay in the html: a comment is no place to read them. */
const MAX_ROWS = 25;

export function markdownTable(table: Table): string {
  const { columns, rows, totalRows = rows.length } = table;
  if (rows.length === 0) return '';
  const lines = [
    rowLine(columns.map((column) => escapeMarkdown(columnTitle(column)))),
    rowLine(columns.map((column) => (isNumeric(column) ? '---:' : '---'))),
    ...cellTexts({ ...table, rows: rows.slice(0, MAX_ROWS) }).map((cells) => rowLine(cells.map(escapeMarkdown))),
  ];
  const left = totalRows - Math.min(rows.length, MAX_ROWS);
  return left > 0 ? `${lines.join('\n')}\n\n… and ${count(left)} more rows` : lines.join('\n');
}

export function rowLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
