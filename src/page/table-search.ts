/** Shows only the rows that hold the searched text, and says how many of those shown at all: a long table was cut before. */
export function tableSearch(document: Document): void {
  for (const box of document.querySelectorAll<HTMLElement>('.search')) {
    const input = box.querySelector('input');
    const output = box.querySelector('output');
    const table = document.getElementById(input?.dataset.search ?? '');
    if (!input || !output || !(table instanceof HTMLTableElement)) continue;
    const none = box.parentElement?.querySelector<HTMLElement>('.no-match');
    const cut = box.parentElement?.querySelector('.cut-rows');
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    const texts = new Map(rows.map((row) => [row, (row.textContent ?? '').toLowerCase()]));
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of rows) row.hidden = wanted !== '' && texts.get(row)?.includes(wanted) === false;
      const left = rows.filter((row) => !row.hidden).length;
      output.textContent = wanted === '' ? '' : `${left} of ${cut ? `the ${rows.length} shown` : `${rows.length} rows`}`;
      if (none) none.hidden = left > 0;
    });
    box.hidden = false;
  }
}
