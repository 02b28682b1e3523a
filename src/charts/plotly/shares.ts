import type { SharesChart } from '../../model/chart.ts';
import { type Frame, SHARES_BAR_PX, SHARES_ROW_PX, SHARES_TOP_PX } from '../frame.ts';
import { shorten } from '../labels.ts';
import { seriesColour } from '../palette.ts';
import type { PlotlyFigure, TextGate } from '../plotly.ts';
import { HOVER_LABEL, hoverName } from './parts.ts';

/** One stacked bar, and a list that names the parts: coloured squares with text, placed in px like all rows. */
export function shares({ parts }: SharesChart, at: Frame, gate: TextGate): PlotlyFigure {
  // With a base, plotly's own x in a tooltip is where the part ends: the share itself travels with the names.
  let start = 0;
  const bars = parts.map(({ label, value, detail }, index) => {
    const size = Math.max(0, value);
    const base = start;
    start += size;
    return {
      type: 'bar',
      orientation: 'h',
      base: [base],
      x: [size],
      y: [SHARES_BAR_PX / 2],
      width: SHARES_BAR_PX,
      marker: { color: seriesColour(index) },
      hoverlabel: HOVER_LABEL,
      customdata: [[hoverName(label, gate), detail === undefined ? '' : ` · ${gate(detail)}`, value]],
      hovertemplate: '%{customdata[0]}<br>%{customdata[2]:.1f} %%{customdata[1]}<extra></extra>',
    };
  });
  const list = {
    type: 'scatter',
    mode: 'markers+text',
    x: parts.map(() => 0),
    y: parts.map((_, index) => SHARES_TOP_PX + index * SHARES_ROW_PX + 7),
    marker: { color: parts.map((_, index) => seriesColour(index)), symbol: 'square', size: 10 },
    text: parts.map(({ label, detail }) => gate(shorten(detail === undefined ? label : `${label} · ${detail}`, 44))),
    customdata: parts.map(({ value }) => value),
    texttemplate: '  %{customdata:.1f} %  %{text}',
    textposition: 'middle right',
    cliponaxis: false,
    hoverinfo: 'skip',
  };
  const hidden = { visible: false, fixedrange: true };
  const layout = {
    margin: { l: 6, r: 6, t: at.top, b: at.bottom },
    xaxis: { ...hidden, range: [0, start > 0 ? start : 1] },
    yaxis: { ...hidden, range: [at.plot, 0] },
    dragmode: false,
  };
  return { data: [...bars, list], layout };
}
