import type { SharesChart } from '../model/chart.ts';

/** Percent below which a part is thin: without a gap around it, and drawn over its neighbours, so that it is seen on a phone. */
const THIN_PERCENT = 2;
/** Shortest a part is drawn, percent: nearly two px on a phone. */
const SHORTEST_PERCENT = 0.5;
/** Parts below carry no number inside the bar: it would not fit on a phone. */
const ROOM_FOR_NUMBER_PERCENT = 14;
/** Gap between two parts. */
export const GAP_PX = 1.5;

/** A part of the stacked bar; `start` and `size` in percent of all that is drawn up to rounding. */
export interface StackedPart {
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly thin: boolean;
  readonly numbered: boolean;
}

/** The parts in the order they are drawn, thin ones last, and how long they are together. */
export function stack({ parts }: SharesChart): { readonly stacked: StackedPart[]; readonly length: number } {
  let length = 0;
  const stacked = parts.map(({ value }, index) => {
    const size = value > 0 ? Math.max(value, SHORTEST_PERCENT) : 0;
    const start = length;
    length += size;
    return { index, start, size, thin: size < THIN_PERCENT, numbered: size >= ROOM_FOR_NUMBER_PERCENT };
  });
  return { stacked: [...stacked.filter(({ thin }) => !thin), ...stacked.filter(({ thin }) => thin)], length: length || 1 };
}
