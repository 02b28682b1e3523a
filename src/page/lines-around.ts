import { isDate } from '../charts/time.ts';
import type { Report } from '../model/report.ts';
import { count, plural, utc } from '../model/text.ts';
import { tablesOf } from './report-data.ts';
import type { Narrow } from './table-search.ts';

/** Goes to the lines around a moment, seconds since the epoch; `from` is where people came from. */
export type LinesAround = (seconds: number, from: HTMLElement) => void;

/** Seconds before and after a moment; at least one period of the metrics. */
const AROUND_SECONDS = 300;
/** Lines shown where there are none so near. */
const NEAREST = 10;

/**
 * The first table whose rows have moments can be narrowed to those around one; undefined in a report without such a table. `reveal` goes to
 * an element by its id, whatever hides it.
 */
export function linesAround(
  document: Document,
  report: Report,
  narrow: Narrow,
  reveal: (id: string, offset: number) => void,
): LinesAround | undefined {
  const found = [...tablesOf(report).values()].find((one) => one.moments);
  const table = document.getElementById(found?.id ?? '');
  const box = table?.closest<HTMLElement>('.scroll');
  if (!found?.moments || !(table instanceof HTMLTableElement) || !box) return undefined;
  const moments = new Map([...(table.tBodies[0]?.rows ?? [])].map((row, i) => [row, found.moments?.[i] ?? Number.NaN]));
  const half = Math.max(AROUND_SECONDS, report.job.samplingIntervalSeconds ?? 0);
  let cameFrom: HTMLElement | undefined;

  const bar = document.createElement('div');
  bar.className = 'around';
  bar.id = `${table.id}-around`;
  // Beside the buttons, so that it is there before it says something.
  const told = document.createElement('output');
  told.textContent =
    'A click on a point of a chart over time shows the lines around it. On a chart the key L shows those around its highest point: choose the time shown with the arrows, + and −.';
  const all = button(document, 'Show all', () => {
    mark(undefined);
    narrow(table);
    told.textContent = '';
    all.hidden = back.hidden = true;
    box.focus({ preventScroll: true });
  });
  const back = button(document, 'Back to the chart', () => {
    cameFrom?.scrollIntoView({ block: 'center' });
    cameFrom?.focus({ preventScroll: true });
  });
  bar.append(told, all, back);
  (box.closest('.block') ?? box).before(bar);

  function mark(row: HTMLTableRowElement | undefined): void {
    for (const one of moments.keys()) one.removeAttribute('aria-current');
    row?.setAttribute('aria-current', 'true');
  }

  return (seconds, from) => {
    cameFrom = from;
    const distance = (row: HTMLTableRowElement) => Math.abs((moments.get(row) ?? Number.NaN) - seconds);
    const nearest = [...moments.keys()].sort((a, b) => distance(a) - distance(b));
    const within = nearest.filter((row) => distance(row) <= half);
    const shown = new Set(within.length > 0 ? within : nearest.slice(0, NEAREST));
    narrow(table, (row) => shown.has(row));
    mark(nearest[0]);
    const when = `${isDate([seconds, seconds]) ? utc(seconds) : `${seconds} s`} (±${Math.round(half / 60)} min)`;
    told.textContent =
      within.length > 0
        ? `Lines around ${when}: ${count(within.length)} of ${count(moments.size)}`
        : `No lines around ${when}: the ${plural(shown.size, 'nearest line')} of ${count(moments.size)}`;
    all.hidden = back.hidden = false;
    reveal(bar.id, 0);
    box.focus({ preventScroll: true });
    const [first] = nearest;
    if (first) box.scrollTop = first.offsetTop - box.clientHeight / 2;
  };
}

function button(document: Document, text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet';
  made.textContent = text;
  made.hidden = true;
  made.addEventListener('click', press);
  return made;
}
