import { drillDownOf } from '../charts/activity.ts';
import type { ActivityChart } from '../model/chart.ts';
import type { SharedTime } from './shared-time.ts';

/** Keeps the list below the chart to what is shown of the job. */
export function drillDown(figure: HTMLElement, chart: ActivityChart, time: SharedTime): void {
  const told = figure.querySelector('.drill-range');
  const rows = [...figure.querySelectorAll<HTMLTableRowElement>('.drill tbody tr')];
  time.follow((range) => {
    const { title, lanes } = drillDownOf(chart, range);
    if (told) told.textContent = title;
    rows.forEach((row, index) => {
      const [name, busy, share] = row.cells;
      const lane = lanes[index];
      if (!lane || !name || !busy || !share) return;
      name.textContent = lane.name;
      busy.textContent = lane.busy;
      share.textContent = lane.share;
      share.style.setProperty('--size', lane.size);
    });
  });
}
