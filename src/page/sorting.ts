import type { Cell, Column, Report, Table } from '../model/report.ts';
import { tablesOf } from './report-data.ts';

/** Makes every table of the report sortable by its headings: by value, not by what is shown. */
export function sortableTables(document: Document, report: Report): void {
  for (const [id, table] of tablesOf(report)) {
    const element = document.getElementById(id);
    if (element instanceof HTMLTableElement && table.rows.length > 1) makeSortable(element, table);
  }
}

function makeSortable(element: HTMLTableElement, table: Table): void {
  const body = element.tBodies[0];
  const headings = [...(element.tHead?.rows[0]?.cells ?? [])];
  if (!body) return;
  const rows = [...body.rows].map((row, index) => ({ row, cells: table.rows[index] ?? [] }));
  headings.forEach((heading, index) => {
    const column = table.columns[index];
    if (!column) return;
    const button = element.ownerDocument.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const descending = nextDescending(heading.getAttribute('aria-sort'), column);
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const sorted = rows.toSorted((a, b) => compareCells(a.cells[index] ?? null, b.cells[index] ?? null, descending));
      body.append(...sorted.map(({ row }) => row));
    });
  });
}

/** Numbers start with the largest, names with the first; a second click turns it round. */
function nextDescending(current: string | null, column: Column): boolean {
  if (current === null) return column.kind === 'number' || column.kind === 'share';
  return current === 'ascending';
}

const texts = new Intl.Collator('en', { numeric: true });

/** Empty cells come last either way. */
function compareCells(a: Cell, b: Cell, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : texts.compare(String(a), String(b));
  return descending ? -order : order;
}
