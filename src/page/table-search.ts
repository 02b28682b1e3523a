/** Shows only the rows that hold the searched text, and says how many. */
export function tableSearch(document: Document): void {
  for (const box of document.querySelectorAll<HTMLElement>('.search')) {
    const input = box.querySelector('input');
    const output = box.querySelector('output');
    const table = document.getElementById(input?.dataset.search ?? '');
    if (!input || !output || !(table instanceof HTMLTableElement)) continue;
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    const texts = new Map(rows.map((row) => [row, (row.textContent ?? '').toLowerCase()]));
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of rows) row.hidden = wanted !== '' && texts.get(row)?.includes(wanted) === false;
      output.textContent = wanted === '' ? '' : `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
    });
    box.hidden = false;
  }
}
