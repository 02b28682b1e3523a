import type { PlotlyFigure } from '../charts/plotly.ts';

/** Colours and type of the page, as the browser computed them. */
export interface Theme {
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly line: string;
  /** Behind labels that float over the page. */
  readonly surface: string;
  /** Behind the chart. */
  readonly background: string;
  readonly family: string;
}

const AXIS = /^[xy]axis\d*$/;

/** The page's own style variables, by what they are for. */
const PAGE: Readonly<Record<Exclude<keyof Theme, 'family'>, string>> = {
  text: '--text',
  quiet: '--quiet',
  grid: '--chart-grid',
  line: '--line-strong',
  surface: '--surface-raised',
  background: '--chart-surface',
};

/** Reads the theme of the page: styles of all elements may have to be computed for it, which is too slow to be done chart by chart. */
export function readTheme({ body }: Document, variables: typeof PAGE = PAGE): Theme {
  const probe = body.ownerDocument.createElement('span');
  body.append(probe);
  const resolve = (use: keyof typeof PAGE) => {
    probe.style.color = `var(${variables[use]})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    text: resolve('text'),
    quiet: resolve('quiet'),
    grid: resolve('grid'),
    line: resolve('line'),
    surface: resolve('surface'),
    background: resolve('background'),
    family: getComputedStyle(body).fontFamily,
  };
  probe.remove();
  return theme;
}

/** The figure in the colours of the page; what the figure sets itself is kept. */
export function themed(figure: PlotlyFigure, theme: Theme): PlotlyFigure {
  const layout: Record<string, unknown> = {
    autosize: true,
    ...figure.layout,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.family, size: 12, color: theme.text },
    hoverlabel: { bgcolor: theme.surface, bordercolor: theme.line, font: { family: theme.family, size: 12, color: theme.text } },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: theme.quiet, activecolor: theme.text },
  };
  for (const name of Object.keys(layout).filter((key) => AXIS.test(key))) {
    layout[name] = { gridcolor: theme.grid, zerolinecolor: theme.grid, linecolor: theme.line, ...(layout[name] as object) };
  }
  return { data: figure.data, layout };
}
