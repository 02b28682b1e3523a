import { WIDE_SCREEN } from './labels.ts';
import { ACCENT, INK, MARK, QUANTILE } from './palette.ts';
import { GAP_PX } from './stack.ts';

const accent = `var(--chart-accent, ${ACCENT})`;

/**
 * Style of the drawings. SVG cannot subtract px from a percentage, so the space left of the plot is the padding of the drawing; a page
 * without inline styles gets its length by the one property that is an attribute as well, the font size. The page sets `--chart-text`, `--chart-muted`, `--chart-grid`, `--chart-axis` and `--chart-surface` (its
 * background, between the parts of a bar) for light and dark, and may set `--chart-accent` and `--chart-mark`.
 */
export const chartCss = `svg.chart-svg {
  display: block;
  box-sizing: border-box;
  overflow: visible;
  font-family: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  line-height: 1;
  font-variant-numeric: tabular-nums;
}
.chart-svg.c-in-page { padding-left: 1em; }
.chart-svg.c-right-14 { padding-right: 14px; }
.chart-svg.c-right-96 { padding-right: 96px; }
.chart-svg text { font-size: 12px; fill: var(--chart-text); }
.chart-svg .c-tick, .chart-svg .c-title, .chart-svg .c-note { font-size: 11px; fill: var(--chart-muted); }
.chart-svg .c-label, .chart-svg .c-lane, .chart-svg .c-note, .chart-svg .c-tick { paint-order: stroke; stroke: var(--chart-surface); stroke-width: 3px; stroke-linejoin: round; }
@media ${WIDE_SCREEN} { .chart-svg .c-narrow { display: none; } }
@media not ${WIDE_SCREEN} { .chart-svg .c-wide { display: none; } }
.chart-svg .c-value, .chart-svg .c-number { font-weight: 500; }
.chart-svg .c-inside { font-size: 11px; font-weight: 600; fill: #fff; }
.chart-svg .c-dark { fill: ${INK}; }
.chart-svg .c-in-cell { font-size: 11px; }
.chart-svg line { shape-rendering: crispEdges; }
.chart-svg .c-grid { stroke: var(--chart-grid); }
.chart-svg .c-base { stroke: var(--chart-axis); }
.chart-svg .c-bar, .chart-svg .c-cell, .chart-svg .c-area { fill: ${accent}; }
.chart-svg .c-cell { shape-rendering: crispEdges; }
.chart-svg .c-part { stroke: var(--chart-surface); stroke-width: ${GAP_PX}; }
.chart-svg .c-thin { stroke: none; }
.chart-svg .c-box { fill: ${accent}; fill-opacity: 0.28; stroke: ${accent}; }
.chart-svg .c-median { stroke: ${accent}; stroke-width: 2.5; }
.chart-svg .c-line { stroke: ${accent}; stroke-opacity: 0.75; }
.chart-svg .c-dot { fill: var(--chart-surface); stroke: ${accent}; stroke-width: 1.75; }
.chart-svg .c-mark { stroke: var(--chart-mark, ${MARK}); stroke-width: 1.5; stroke-dasharray: 4 3; }
.chart-svg .c-stroke { fill: none; stroke-width: 1.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.chart-svg .c-dots { fill: none; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.chart-svg .c-heat { fill: none; stroke: ${accent}; shape-rendering: crispEdges; }
.chart-svg .c-lane, .chart-svg .c-in-frame { font-size: 11px; }
.chart-svg .c-quantile { stroke: ${QUANTILE}; }
`;

const LIGHT = '--chart-text:#1d2229;--chart-muted:#5b6470;--chart-grid:#e7eaee;--chart-axis:#a9b1bb;--chart-surface:#fff';
const DARK = '--chart-text:#e4e7eb;--chart-muted:#9aa4b0;--chart-grid:#2a3038;--chart-axis:#5a6470;--chart-surface:#14171c';

/** The variables for a drawing that stands alone: a picture knows nothing of the page around it. */
export const standaloneCss = `.chart-svg { ${LIGHT}; background: #fff; }
@media (prefers-color-scheme: dark) {
  .chart-svg { ${DARK}; background: #14171c; }
}
`;
