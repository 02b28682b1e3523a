import { type Frame, LANE_PX, ROW_UNITS } from '../frame.ts';
import { shorten, wrap } from '../labels.ts';
import type { Json, Look, TextGate } from '../plotly.ts';

/** Longest line of a tooltip, and how many a name may take: plotly drops a tooltip that is higher than its figure. */
const LINE_UNITS = 60;
const NAME_LINES = 2;
/** Numbers on one line of a tooltip. */
const NUMBERS_PER_LINE = 2;

/** Tooltips hold several lines. */
export const HOVER_LABEL = { align: 'left' };

/** Colour of a bar that is there for the pointer alone. */
export const UNSEEN = { color: 'rgba(0,0,0,0)' };

/** Ticks, titles and notes. */
export function smallFont({ quiet }: Look): Json {
  return { size: 11, color: quiet };
}

/** The value axis below the rows; its title is an annotation. */
export function valueAxis(range: readonly unknown[], look: Look): Json {
  return { range, zeroline: false, showline: true, exponentformat: 'SI', nticks: 6, tickangle: 0, tickfont: smallFont(look) };
}

/** The title at the right end of the value axis: plotly's own would stand in the middle. */
export function axisTitle(text: string, look: Look): Json {
  return { ...note(look.gate(text), look), x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -21 };
}

/** Rows are placed in px from the top of the plot, on a linear axis: equal labels stay two rows. */
export function rowAxis({ plot, rows }: Frame, labels: readonly string[], gate: TextGate): Json {
  const axis = { range: [plot, 0], fixedrange: true, showgrid: false, showline: false, zeroline: false };
  if (!rows.beside) return { ...axis, showticklabels: false };
  const tickvals = labels.map((_, index) => index * rows.pitch + rows.middle);
  return { ...axis, tickvals, ticktext: labels.map(gate), ticklabelstandoff: 4 };
}

/** Labels above their rows, where they are too long to stand beside them. */
export function labelsAbove({ plot, rows }: Frame, labels: readonly string[], { gate, wide }: Look, most = ROW_UNITS): Json[] {
  if (rows.beside) return [];
  return labels.map((label, index) => {
    const y = 1 - (index * rows.pitch + rows.middle - rows.size / 2) / plot;
    const text = gate(shorten(label, wide ? most.wide : most.narrow));
    const place = { x: 0, xanchor: 'left', xshift: -rows.gutter, y, yanchor: 'bottom' };
    return { text, xref: 'paper', yref: 'paper', showarrow: false, ...place };
  });
}

/** Space around the plot, px. */
export function margin({ top, bottom, right, rows }: Frame): Json {
  return { l: rows.gutter, r: right, t: top, b: bottom };
}

/** Value to what plotly takes on the axis. */
export type Position = (value: number) => number | string;

/** Lines across the plot, and their labels above it. */
export function marks(
  { marks }: Frame,
  color: string,
  look: Look,
  position: Position = (value) => value,
): { shapes: Json[]; annotations: Json[] } {
  const shapes = marks.map(({ value }) => {
    const x = position(value);
    return {
      type: 'line',
      x0: x,
      x1: x,
      xref: 'x',
      y0: 0,
      y1: 1,
      yref: 'paper',
      line: { color, width: 1.5, dash: '4px,3px' },
    };
  });
  const annotations = marks.map(({ label, value, lane, leftwards }) => ({
    ...note(look.gate(label), look),
    x: position(value),
    xref: 'x',
    xanchor: leftwards ? 'right' : 'left',
    y: 1,
    yanchor: 'bottom',
    yshift: lane * LANE_PX,
  }));
  return { shapes, annotations };
}

/** Small text that is placed on the whole plot, 0 to 1 from its lower left. The text has passed the gate. */
export function note(text: string, look: Look): Json {
  return { text, xref: 'paper', yref: 'paper', showarrow: false, font: smallFont(look) };
}

/** A label for a tooltip, in bold; the table below the chart has all of it. */
export function hoverName(label: string, gate: TextGate, lines = NAME_LINES): string {
  return `<b>${wrap(shorten(label, LINE_UNITS * lines), LINE_UNITS)
    .map(gate)
    .join('<br>')}</b>`;
}

/** Lines of a tooltip: names with the values of `customdata` from its first place on. */
export function hoverLines(names: readonly string[], format: string, suffix: string, gate: TextGate): string {
  const lines = names.map((name, index) => {
    const before = index % NUMBERS_PER_LINE === 0 ? '<br>' : ' · ';
    return `${before}${gate(name)} %{customdata[${index + 1}]:${format}}${gate(suffix)}`;
  });
  return `%{customdata[0]}${lines.join('')}<extra></extra>`;
}
