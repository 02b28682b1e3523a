import type { Box, BoxesChart, Mark } from '../model/chart.ts';
import { MAX_CHART_ROWS } from './section.ts';

/** A box plot of percentages, of the first MAX_CHART_ROWS boxes; tables and titles tell of the others. */
export function boxChart(parts: {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly valueTitle: string;
  readonly boxes: readonly Box[];
  readonly threshold?: Mark;
}): BoxesChart {
  const boxes = parts.boxes
    .slice(0, MAX_CHART_ROWS)
    .map(({ label, lower, p25, p50, p75, p95, upper }) => ({ label, lower, p25, p50, p75, p95, upper }));
  return { kind: 'boxes', unit: '%', range: [0, 100], ...parts, boxes };
}
