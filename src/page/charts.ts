import type { Data, Layout } from 'plotly.js';
import { plotlyFigure } from '../charts/plotly.ts';
import { WIDE_SCREEN } from '../charts/style.ts';
import type { Chart } from '../model/chart.ts';
import type { Report } from '../model/report.ts';
import { loadPlotly } from './plotly-loader.ts';
import { readTheme, themed } from './plotly-theme.ts';
import { chartsOf } from './report-data.ts';

/** How far below the fold a chart is made ready. */
const MARGIN_PIXELS = 200;

/** Charts with axes worth a closer look; on the others the buttons of plotly would only be in the way. */
const ZOOMED: ReadonlySet<Chart['kind']> = new Set(['histogram', 'timeline']);

/**
 * Puts the interactive chart in the place of the static one as it scrolls into view, at the same height, so that nothing jumps.
 * A chart that cannot be drawn leaves the static one where it is.
 */
export function interactiveCharts(document: Document, report: Report): { retheme(): void } {
  const charts = chartsOf(report);
  const live = new Map<HTMLElement, Chart>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const chart = charts.get(target.id);
        if (!isIntersecting || !chart) continue;
        observer.unobserve(target);
        void enliven(target as HTMLElement, chart).then((element) => element && live.set(element, chart));
      }
    },
    { rootMargin: `${MARGIN_PIXELS}px 0px` },
  );
  for (const figure of document.querySelectorAll('figure.figure')) observer.observe(figure);
  return { retheme: () => live.forEach((chart, element) => void draw(element, chart)) };
}

async function enliven(figure: HTMLElement, chart: Chart): Promise<HTMLElement | undefined> {
  const area = figure.querySelector<HTMLElement>('.figure-area');
  const still = figure.querySelector<HTMLElement>('.figure-static');
  if (!area || !still) return undefined;
  const element = figure.ownerDocument.createElement('div');
  element.className = 'figure-live';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', chart.alt);
  element.style.height = `${still.getBoundingClientRect().height}px`;
  area.append(element);
  try {
    await draw(element, chart);
  } catch {
    element.remove();
    return undefined;
  }
  area.classList.add('is-live');
  keepSize(element);
  return element;
}

/** Picking one panel of several, a turned phone or a wider window: the chart goes along. On paper it has no size to take. */
function keepSize(element: HTMLElement): void {
  let drawn = element.clientWidth;
  new ResizeObserver(() => {
    const width = element.clientWidth;
    if (width === 0 || width === drawn) return;
    drawn = width;
    void loadPlotly(element.ownerDocument).then((plotly) => plotly.Plots.resize(element));
  }).observe(element);
}

async function draw(element: HTMLElement, chart: Chart): Promise<void> {
  const plotly = await loadPlotly(element.ownerDocument);
  const theme = readTheme(element);
  const matches = (query: string) => element.ownerDocument.defaultView?.matchMedia(query).matches === true;
  const figure = plotlyFigure(chart, { quiet: theme.quiet, surface: theme.background, wide: matches(WIDE_SCREEN) });
  const { data, layout } = themed(figure, theme);
  const touch = matches('(pointer: coarse)');
  await plotly.react(element, data as Data[], { ...layout, ...(touch ? { dragmode: false } : {}) } as Partial<Layout>, {
    displaylogo: false,
    displayModeBar: !touch && ZOOMED.has(chart.kind) ? 'hover' : false,
    modeBarButtons: [['toImage', 'zoom2d', 'resetScale2d']],
    toImageButtonOptions: { filename: chart.id, scale: 2 },
    showTips: false,
  });
}
