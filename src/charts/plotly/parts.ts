import { type Frame, LANE_PX } from '../frame.ts';
import { shorten, wrap } from '../labels.ts';
import { MARK } from '../palette.ts';
import type { Json, TextGate } from '../plotly.ts';

const NOTE = { size: 11 };
/** Longest label above a row. */
const LABEL_UNITS = 48;
/** Longest line of a tooltip, and how many a name may take: plotly drops a tooltip that is higher than its figure. */
const LINE_UNITS = 60;
const NAME_LINES = 2;
/** Numbers on one line of a tooltip. */
const NUMBERS_PER_LINE = 2;

/** Tooltips hold several lines. */
export const HOVER_LABEL = { align: 'left' };

/** Colour of a bar that is there for the pointer alone. */
export const UNSEEN = { color: 'rgba(0,0,0,0)' };

/** The value axis below the rows. */
export function valueAxis(title: string, range: readonly number[], gate: TextGate): Json {
  return { title: axisTitle(gate(title)), range, zeroline: false, showline: true, exponentformat: 'SI', nticks: 6, tickangle: 0 };
}

/** A title of an axis; the text has passed the gate. */
export function axisTitle(text: string): Json {
  return { text, standoff: 4, font: NOTE };
}

/** Rows are placed in px from the top of the plot, on a linear axis: equal labels stay two rows. */
export function rowAxis({ plot, rows }: Frame, labels: readonly string[], gate: TextGate): Json {
  const axis = { range: [plot, 0], fixedrange: true, showgrid: false, zeroline: false };
  if (!rows.beside) return { ...axis, showticklabels: false };
  const tickvals = labels.map((_, index) => index * rows.pitch + rows.middle);
  return { ...axis, tickvals, ticktext: labels.map(gate), ticklabelstandoff: 4 };
}

/** Labels above their rows, where they are too long to stand beside them. */
export function labelsAbove({ plot, rows }: Frame, labels: readonly string[], gate: TextGate, most = LABEL_UNITS): Json[] {
  if (rows.beside) return [];
  return labels.map((label, index) => {
    const y = 1 - (index * rows.pitch + rows.middle - rows.size / 2) / plot;
    return { ...note(gate(shorten(label, most))), x: 0, xanchor: 'left', y, yanchor: 'bottom' };
  });
}

/** Space around the plot, px. */
export function margin({ top, bottom, rows }: Frame, right: number): Json {
  return { l: rows.beside ? rows.gutter : 4, r: right, t: top, b: bottom };
}

/** Lines across the plot, and their labels above it. */
export function marks({ marks }: Frame, factor: number, gate: TextGate): { shapes: Json[]; annotations: Json[] } {
  const shapes = marks.map(({ value }) => {
    const x = value * factor;
    return {
      type: 'line',
      x0: x,
      x1: x,
      xref: 'x',
      y0: 0,
      y1: 1,
      yref: 'paper',
      line: { color: MARK, width: 1.5, dash: 'dash' },
    };
  });
  const annotations = marks.map(({ label, value, lane, leftwards }) => ({
    ...note(gate(label)),
    x: value * factor,
    xref: 'x',
    xanchor: leftwards ? 'right' : 'left',
    y: 1,
    yanchor: 'bottom',
    yshift: lane * LANE_PX,
  }));
  return { shapes, annotations };
}

/** Small text that is placed on the whole plot, 0 to 1 from its lower left. The text has passed the gate. */
export function note(text: string): Json {
  return { text, xref: 'paper', yref: 'paper', showarrow: false, font: NOTE };
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
