import type { SharesChart } from '../../model/chart.ts';
import { type Frame, LIST_UNITS, SHARES_BAR_PX, SHARES_ROW_PX, SHARES_TOP_PX } from '../frame.ts';
import { shorten } from '../labels.ts';
import { INK, needsDarkInk, seriesColour } from '../palette.ts';
import type { Json, Look, PlotlyFigure } from '../plotly.ts';
import { GAP_PX, stack } from '../stack.ts';
import { HOVER_LABEL, hoverName } from './parts.ts';

/** One stacked bar, and a list that names the parts: coloured squares and text, placed in px like all rows. */
export function shares(chart: SharesChart, at: Frame, { gate, surface, wide }: Look): PlotlyFigure {
  const { stacked, length } = stack(chart);
  const bars = stacked.map(({ index, start, size, thin, numbered }) => {
    const { label = '', value = 0, detail } = chart.parts[index] ?? {};
    return {
      type: 'bar',
      orientation: 'h',
      base: [start],
      x: [size],
      y: [SHARES_BAR_PX / 2],
      width: SHARES_BAR_PX,
      marker: { color: seriesColour(index), line: { color: surface, width: thin || surface === undefined ? 0 : GAP_PX } },
      texttemplate: numbered ? '%{customdata[2]:.1f} %' : '',
      textposition: 'inside',
      insidetextanchor: 'middle',
      insidetextfont: { size: 11, weight: 600, color: needsDarkInk(index) ? INK : '#fff' },
      textangle: 0,
      constraintext: 'none',
      hoverlabel: HOVER_LABEL,
      // With a base, plotly's own x in a tooltip is where the part ends: the share itself travels with the names.
      customdata: [[hoverName(label, gate), detail === undefined ? '' : ` · ${gate(detail)}`, value]],
      hovertemplate: '%{customdata[0]}<br>%{customdata[2]:.1f} %%{customdata[1]}<extra></extra>',
    };
  });
  const hidden = { visible: false, fixedrange: true };
  const list = nameList(chart, gate, wide ? LIST_UNITS.wide : LIST_UNITS.narrow);
  const layout = {
    margin: { l: 0, r: 0, t: at.top, b: at.bottom },
    xaxis: { ...hidden, range: [0, length] },
    yaxis: { ...hidden, range: [at.plot, 0] },
    dragmode: false,
    ...list,
  };
  return { data: bars, layout };
}

function nameList({ parts }: SharesChart, gate: Look['gate'], most: number): { shapes: Json[]; annotations: Json[] } {
  const top = (index: number) => SHARES_TOP_PX + index * SHARES_ROW_PX;
  const shapes = parts.map((_, index) => ({
    type: 'rect',
    xref: 'x',
    yref: 'y',
    xsizemode: 'pixel',
    xanchor: 0,
    x0: 0,
    x1: 10,
    y0: top(index) + 2,
    y1: top(index) + 12,
    fillcolor: seriesColour(index),
    line: { width: 0 },
  }));
  const annotations = parts.flatMap(({ label, value, detail }, index) => {
    const place = { x: 0, y: top(index) + 7, xref: 'x', yref: 'y', yanchor: 'middle', showarrow: false };
    const name = gate(shorten(detail === undefined ? label : `${label} · ${detail}`, most));
    return [
      { ...place, text: `${value.toFixed(1)} %`, xanchor: 'right', xshift: 67 },
      { ...place, text: name, xanchor: 'left', xshift: 75 },
    ];
  });
  return { shapes, annotations };
}
