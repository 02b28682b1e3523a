import type { Config, Data, Frame, Layout } from 'plotly.js';
import { type Plotly, runPlotly } from '../../../src/page/plotly-loader.ts';
import { readTheme, themed } from '../../../src/page/plotly-theme.ts';
import { isZoomable, type SafeFigure } from './figure.ts';

/** The lab's style variables, by what the charts use them for. */
const LAB = {
  text: '--jp-content-font-color1',
  quiet: '--jp-content-font-color2',
  grid: '--jp-border-color2',
  line: '--jp-border-color1',
  surface: '--jp-layout-color2',
  background: '--jp-layout-color0',
};

let loading: Promise<Plotly> | undefined;
let loaded: Plotly | undefined;

/** plotly comes with the first chart that is seen, and not again. */
function loadPlotly(): Promise<Plotly> {
  loading ??= import('../../../src/generated/plotly.ts')
    .then(({ packed }) => runPlotly(document, packed))
    .then((plotly) => {
      loaded = plotly;
      return plotly;
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Draws a figure, or draws it anew, in the colours of the lab. */
export async function draw(area: HTMLElement, figure: SafeFigure, isOver: () => boolean): Promise<void> {
  const plotly = await loadPlotly();
  if (isOver()) return;
  const { data, layout } = figure.hasOwnLook ? figure : themed(figure, readTheme(document, LAB));
  const touch = matchMedia('(pointer: coarse)').matches;
  const zoomable = !touch && isZoomable(figure);
  await plotly.react(
    area,
    data as Data[],
    { ...layout, autosize: true, ...(touch ? { dragmode: false } : {}) } as Partial<Layout>,
    {
      displaylogo: false,
      displayModeBar: touch ? false : 'hover',
      modeBarButtons: [['toImage', ...(zoomable ? (['zoom2d', 'pan2d', 'resetScale2d'] as const) : [])]],
      toImageButtonOptions: { filename: 'chart', scale: 2 },
      showTips: false,
    } as Partial<Config>,
  );
  if (figure.frames.length > 0 && !isOver()) await plotly.addFrames(area, figure.frames as unknown as Frame[]);
}

/** To the width that the area has now. */
export function resize(area: HTMLElement): void {
  // Rejects where the area was hidden again meanwhile: it is fitted when it comes back.
  if ('data' in area) void (loaded?.Plots.resize(area) as unknown as Promise<void>)?.catch(() => undefined);
}

/** Takes plotly's listeners and drawings away. */
export function purge(area: HTMLElement): void {
  loaded?.purge(area);
}
