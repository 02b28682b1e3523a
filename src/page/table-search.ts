/** Shows only those rows of a table that fit, whatever is searched in it besides; all of them again without a test. */
export type Narrow = (table: HTMLTableElement, fits?: (row: HTMLTableRowElement) => boolean) => void;

/**
 * Shows only the rows that hold the searched text, and says how many of those shown at all: a long table was cut before. What it gives
 * back narrows the rows of such a table further.
 */
export function tableSearch(document: Document): Narrow {
  const fitting = new Map<Element, (row: HTMLTableRowElement) => boolean>();
  const update = new Map<Element, () => void>();
  for (const box of document.querySelectorAll<HTMLElement>('.search')) {
    const input = box.querySelector('input');
    const output = box.querySelector('output');
    const table = document.getElementById(input?.dataset.search ?? '');
    if (!input || !output || !(table instanceof HTMLTableElement)) continue;
    const none = box.parentElement?.querySelector<HTMLElement>('.no-match');
    const cut = box.parentElement?.querySelector('.cut-rows');
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    const texts = new Map(rows.map((row) => [row, (row.textContent ?? '').toLowerCase()]));
    const show = () => {
      const wanted = input.value.trim().toLowerCase();
      const fits = fitting.get(table);
      const among = fits ? rows.filter(fits) : rows;
      const left = new Set(wanted === '' ? among : among.filter((row) => texts.get(row)?.includes(wanted)));
      for (const row of rows) row.hidden = !left.has(row);
      const all = fits ? `${among.length} around` : cut ? `the ${rows.length} shown` : `${rows.length} rows`;
      output.textContent = wanted === '' ? '' : `${left.size} of ${all}`;
      if (none) none.hidden = left.size > 0;
    };
    update.set(table, show);
    input.addEventListener('input', show);
    box.hidden = false;
  }
  return (table, fits) => {
    if (fits) fitting.set(table, fits);
    else fitting.delete(table);
    const show = update.get(table);
    if (show) show();
    else for (const row of table.tBodies[0]?.rows ?? []) row.hidden = fits?.(row) === false;
  };
}
