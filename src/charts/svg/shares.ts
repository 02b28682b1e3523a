import type { SharesChart } from '../../model/chart.ts';
import { SHARES_BAR_PX, SHARES_ROW_PX, SHARES_TOP_PX } from '../frame.ts';
import { needsDarkInk, seriesColour } from '../palette.ts';
import type { Canvas } from './canvas.ts';
import { label, writer } from './canvas.ts';
import { share } from './pen.ts';

/** Parts below carry no number inside the bar: it would not fit on a phone. */
const ROOM_FOR_NUMBER_PERCENT = 14;

/** One stacked bar, and below it a line per part that names it. */
export function shares(chart: SharesChart, { pen, width }: Canvas): string {
  const write = writer('.1f', 100);
  const total = chart.parts.reduce((sum, { value }) => sum + Math.max(0, value), 0) || 1;
  let start = 0;
  const drawn = chart.parts.map(({ label: name, value, detail }, index) => {
    const size = Math.max(0, value) / total;
    const fill = seriesColour(index);
    const text = `${write(value)} %`;
    const bar = pen.el('rect', { class: 'c-part', fill, x: share(start), width: share(size), y: 0, height: SHARES_BAR_PX });
    const middle = {
      class: needsDarkInk(index) ? 'c-inside c-dark' : 'c-inside',
      x: share(start + size / 2),
      y: SHARES_BAR_PX / 2 + 4,
      'text-anchor': 'middle',
    };
    const inside = size * 100 >= ROOM_FOR_NUMBER_PERCENT ? pen.el('text', middle, pen.text(text)) : '';
    start += size;
    const y = SHARES_TOP_PX + index * SHARES_ROW_PX;
    return (
      bar +
      inside +
      pen.el('rect', { fill, x: 0, y: y + 2, width: 10, height: 10, rx: 2 }) +
      pen.el('text', { class: 'c-number', x: 66, y: y + 11, 'text-anchor': 'end' }, pen.text(text)) +
      label(pen, { class: 'c-label', x: 76, y: y + 11 }, detail === undefined ? name : `${name} · ${detail}`, width - 76)
    );
  });
  return drawn.join('');
}
