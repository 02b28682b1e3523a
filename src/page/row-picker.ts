import { withRow } from '../charts/rows-as-lines.ts';
import type { Chart, SeriesChart } from '../model/chart.ts';
import type { LiveChart } from './live-chart.ts';

/** Lets people add one row of a grid, a core or a GPU, to the lines of a chart. */
export async function rowPicker(
  live: LiveChart,
  chart: SeriesChart,
  read: (id: string) => Promise<Chart | undefined>,
): Promise<void> {
  const select = live.figure.querySelector<HTMLSelectElement>('.pick select');
  const grid = select && chart.pickFrom !== undefined ? await read(chart.pickFrom) : undefined;
  if (!select || grid?.kind !== 'grid') return;
  select.append(...grid.rows.map((name) => new Option(name)));
  select.addEventListener('change', () => {
    const row = select.selectedIndex - 1;
    void live.draw({ chart: row < 0 ? chart : withRow(chart, grid, row) });
  });
  select.parentElement?.removeAttribute('hidden');
}
