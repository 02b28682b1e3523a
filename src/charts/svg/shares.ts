import type { SharesChart } from '../../model/chart.ts';
import { LIST_UNITS, SHARES_BAR_PX, SHARES_ROW_PX, SHARES_TOP_PX } from '../frame.ts';
import { needsDarkInk, seriesColour } from '../palette.ts';
import { stack } from '../stack.ts';
import type { Canvas } from './canvas.ts';
import { label, writer } from './canvas.ts';
import { share } from './pen.ts';

/** One stacked bar, and below it a line per part that names it. */
export function shares(chart: SharesChart, { pen }: Canvas): string {
  const write = writer('.1f', 100);
  const { stacked, length } = stack(chart);
  const bars = stacked.map(({ index, start, size, thin, numbered }) => {
    const place = { x: share(start / length), width: share(size / length), y: 0, height: SHARES_BAR_PX };
    const bar = pen.el('rect', { class: thin ? 'c-part c-thin' : 'c-part', fill: seriesColour(index), ...place });
    if (!numbered) return bar;
    const kind = needsDarkInk(index) ? 'c-inside c-dark' : 'c-inside';
    const middle = { x: share((start + size / 2) / length), y: SHARES_BAR_PX / 2 + 4, 'text-anchor': 'middle' };
    return bar + pen.el('text', { class: kind, ...middle }, pen.text(`${write(chart.parts[index]?.value ?? 0)} %`));
  });
  const list = chart.parts.map(({ label: name, value, detail }, index) => {
    const y = SHARES_TOP_PX + index * SHARES_ROW_PX;
    return (
      pen.el('rect', { fill: seriesColour(index), x: 0, y: y + 2, width: 10, height: 10, rx: 2 }) +
      pen.el('text', { class: 'c-number', x: 66, y: y + 11, 'text-anchor': 'end' }, pen.text(`${write(value)} %`)) +
      label(pen, { class: 'c-label', x: 76, y: y + 11 }, detail === undefined ? name : `${name} · ${detail}`, LIST_UNITS)
    );
  });
  return bars.join('') + list.join('');
}
