import type { Data, Layout } from 'plotly.js';
import { WIDE_SCREEN } from '../charts/labels.ts';
import { plotlyFigure } from '../charts/plotly.ts';
import { dateText, isDate } from '../charts/time.ts';
import { isTimeChart, type Range } from '../charts/time-chart.ts';
import type { Chart } from '../model/chart.ts';
import { loadPlotly } from './plotly-loader.ts';
import { type Theme, themed } from './plotly-theme.ts';

/** Charts with axes worth a closer look; on the others the buttons of plotly would only be in the way. */
const ZOOMED: ReadonlySet<Chart['kind']> = new Set(['histogram', 'timeline', 'series', 'grid', 'points', 'activity']);

/** An interactive chart in the place of a static one. */
export interface LiveChart<C extends Chart = Chart> {
  readonly figure: HTMLElement;
  readonly element: PlotElement;
  /** What is drawn, and of which part of its axis. */
  readonly chart: C;
  readonly range: Range | undefined;
  /** Draws it anew, with what is given changed. */
  draw(change?: { readonly chart?: C; readonly range?: Range | undefined }): Promise<void>;
  /** Shows another part of a time axis. */
  move(range: Range): Promise<void>;
}

/** The element plotly draws in. */
export interface PlotElement extends HTMLElement {
  on?(event: string, listener: (event: Readonly<Record<string, unknown>>) => void): void;
}

/** A chart that cannot be drawn leaves the static one where it is. `theme` is that of the page at the time. */
export async function enliven(
  figure: HTMLElement,
  chart: Chart,
  range: Range | undefined,
  theme: () => Theme,
): Promise<LiveChart | undefined> {
  const area = figure.querySelector<HTMLElement>('.figure-area');
  if (!area) return undefined;
  const element = figure.ownerDocument.createElement('div');
  element.className = 'figure-live';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', chart.alt);
  area.append(element);
  const live = liveChart(figure, element, chart, range, theme);
  try {
    await live.draw();
  } catch {
    element.remove();
    return undefined;
  }
  area.classList.add('is-live');
  keepSize(live);
  return live;
}

function liveChart(
  figure: HTMLElement,
  element: PlotElement,
  chart: Chart,
  range: Range | undefined,
  theme: () => Theme,
): LiveChart {
  let shown = { chart, range };
  return {
    figure,
    element,
    get chart() {
      return shown.chart;
    },
    get range() {
      return shown.range;
    },
    async draw(change = {}) {
      shown = { ...shown, ...change };
      await draw(element, shown.chart, shown.range, theme());
    },
    async move(to) {
      shown = { ...shown, range: to };
      const plotly = await loadPlotly(element.ownerDocument);
      const ends = isDate(to) ? to.map(dateText) : to;
      await plotly.relayout(element, { 'xaxis.range': ends } as Partial<Layout>);
    },
  };
}

/** Picking one panel of several, a turned phone or a wider window: the chart goes along. On paper it has no size to take. */
function keepSize(live: LiveChart): void {
  const { element } = live;
  let drawn = element.clientWidth;
  new ResizeObserver(() => {
    const width = element.clientWidth;
    if (width === 0 || width === drawn) return;
    drawn = width;
    // How much of a name is shown in a flame graph depends on the width.
    if (live.chart.kind === 'flame') void live.draw();
    else void loadPlotly(element.ownerDocument).then((plotly) => plotly.Plots.resize(element));
  }).observe(element);
}

async function draw(element: HTMLElement, chart: Chart, range: Range | undefined, theme: Theme): Promise<void> {
  const plotly = await loadPlotly(element.ownerDocument);
  const matches = (query: string) => element.ownerDocument.defaultView?.matchMedia(query).matches === true;
  const look = {
    width: element.clientWidth,
    text: theme.text,
    quiet: theme.quiet,
    surface: theme.background,
    wide: matches(WIDE_SCREEN),
    ...(range ? { range } : {}),
  };
  const { data, layout } = themed(plotlyFigure(chart, look), theme);
  const touch = matches('(pointer: coarse)');
  const overTime = isTimeChart(chart);
  element.style.height = `${layout.height}px`;
  await plotly.react(element, data as Data[], { ...layout, ...(touch ? { dragmode: false } : {}) } as Partial<Layout>, {
    displaylogo: false,
    displayModeBar: !touch && ZOOMED.has(chart.kind) ? 'hover' : false,
    // Charts over time are set back together, by a control of their own.
    modeBarButtons: [['toImage', 'zoom2d', ...(overTime ? ['pan2d' as const] : ['resetScale2d' as const])]],
    ...(overTime ? { doubleClick: false as const } : {}),
    toImageButtonOptions: { filename: chart.id, scale: 2 },
    showTips: false,
  });
}
