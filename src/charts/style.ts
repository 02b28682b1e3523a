import { ACCENT, MARK } from './palette.ts';

/**
 * Style of the drawings. The page sets `--chart-text`, `--chart-muted`, `--chart-grid`, `--chart-axis` and `--chart-surface` (its
 * background, between the parts of a bar) for light and dark, and may set `--chart-accent` and `--chart-mark`.
 */
export const chartCss = [
  '.chart{display:block;overflow:hidden;font:12px/1 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}',
  '.chart text{fill:var(--chart-text)}',
  '.chart .chart-tick,.chart .chart-title,.chart .chart-note{font-size:11px;fill:var(--chart-muted)}',
  '.chart .chart-value,.chart .chart-number{font-weight:500}',
  '.chart .chart-inside{fill:#fff;font-size:11px;font-weight:600}',
  '.chart .chart-in-cell{font-size:11px}',
  '.chart line{shape-rendering:crispEdges}',
  '.chart .chart-grid{stroke:var(--chart-grid)}',
  '.chart .chart-base{stroke:var(--chart-axis)}',
  `.chart .chart-bar,.chart .chart-cell{fill:var(--chart-accent,${ACCENT})}`,
  '.chart .chart-cell{shape-rendering:crispEdges}',
  '.chart .chart-part{stroke:var(--chart-surface);stroke-width:1.5}',
  `.chart .chart-box{fill:var(--chart-accent,${ACCENT});fill-opacity:.28;stroke:var(--chart-accent,${ACCENT})}`,
  `.chart .chart-median{stroke:var(--chart-accent,${ACCENT});stroke-width:2.5}`,
  `.chart .chart-line{stroke:var(--chart-accent,${ACCENT});stroke-opacity:.75}`,
  `.chart .chart-dot{fill:var(--chart-surface);stroke:var(--chart-accent,${ACCENT});stroke-width:1.75}`,
  `.chart .chart-area{fill:var(--chart-accent,${ACCENT})}`,
  `.chart .chart-mark{stroke:var(--chart-mark,${MARK});stroke-width:1.5;stroke-dasharray:4 3}`,
].join('\n');

const LIGHT = '--chart-text:#1d2229;--chart-muted:#5b6470;--chart-grid:#e7eaee;--chart-axis:#a9b1bb;--chart-surface:#fff';
const DARK = '--chart-text:#e4e7eb;--chart-muted:#9aa4b0;--chart-grid:#2a3038;--chart-axis:#5a6470;--chart-surface:#14171c';

/** The variables for a drawing that stands alone: a picture knows nothing of the page around it. */
export const standaloneCss = `.chart{${LIGHT};background:#fff}\n@media (prefers-color-scheme:dark){.chart{${DARK};background:#14171c}}\n`;
