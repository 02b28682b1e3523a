import type { Cell, Column, Table } from '../model/report.ts';
import { number } from '../model/text.ts';

const DEFAULT_DIGITS = 2;

/** The table's cells as text, `texts[row][column]`; the numbers of a column share their count of decimals, so that they line up. */
export function cellTexts(table: Table): string[][] {
  const formats = table.columns.map((column, index) => formatOf(column, table.rows, index));
  return table.rows.map((row) => table.columns.map((_, index) => formats[index]?.(row[index] ?? null) ?? ''));
}

/** `Time (s)`. */
export function columnTitle(column: Column): string {
  return column.unit ? `${column.label} (${column.unit})` : column.label;
}

/** True for the kinds that are right-aligned. */
export function isNumeric(column: Column): boolean {
  return column.kind === 'number' || column.kind === 'share';
}

function formatOf(column: Column, rows: Table['rows'], index: number): (cell: Cell) => string {
  if (!isNumeric(column)) return textOf;
  const whole = rows.every((row) => typeof row[index] !== 'number' || Number.isInteger(row[index]));
  const digits = whole ? 0 : (column.digits ?? DEFAULT_DIGITS);
  return (cell) => (typeof cell === 'number' ? numberText(cell, digits) : textOf(cell));
}

function textOf(cell: Cell): string {
  return cell === null ? '–' : String(cell);
}

/** A number too small for its column keeps two significant digits: a duration of 0.004 is not 0.00. */
function numberText(value: number, digits: number): string {
  const vanishes = value !== 0 && Math.abs(value) < 0.5 * 10 ** -digits;
  return vanishes ? String(Number(value.toPrecision(2))) : number(value, digits, true);
}
