import type { FlameChart } from '../../model/chart.ts';
import { fileColour } from '../flame.ts';
import { FLAME_DEPTH, FLAME_KEY, type Frame } from '../frame.ts';
import { NARROW_PX, shorten, UNIT_PX } from '../labels.ts';
import { valueFormat } from '../numbers.ts';
import { over } from '../palette.ts';
import type { Look, PlotlyFigure } from '../plotly.ts';
import { axisTitle, HOVER_LABEL, hoverName, margin, note, valueAxis } from './parts.ts';
import { fromTop } from './time-plot.ts';

/** Frames narrower than this part of what is shown are left out. */
const NARROWEST = 1 / 1500;
const LEAST_UNITS = 3;

/** Frames that reach into the shown range, cut to it, so that their names stay in sight. The last of `customdata` is the frame's index. */
export function flame(chart: FlameChart, at: Frame, look: Look): PlotlyFigure {
  const { gate, range = at.domain, width: figure = NARROW_PX, surface, text } = look;
  const [low, high] = range;
  const length = high - low;
  const px = figure - at.right - at.rows.gutter;
  const all = chart.frames.reduce((most, { widthSeconds }) => Math.max(most, widthSeconds), 0);
  const format = valueFormat(all, 's');
  const shown = chart.frames.flatMap((frame, index) => {
    const from = Math.max(low, frame.startSeconds);
    const width = Math.min(high, frame.startSeconds + frame.widthSeconds) - from;
    return width / length >= NARROWEST && frame.depth < FLAME_DEPTH ? [{ ...frame, index, from, width }] : [];
  });
  const trace = {
    type: 'bar',
    orientation: 'h',
    base: shown.map(({ from }) => from),
    x: shown.map(({ width }) => width),
    y: shown.map(({ depth }) => depth * at.rows.pitch + at.rows.middle),
    width: at.rows.size,
    marker: {
      color: shown.map(({ place }) => over(fileColour(place), 0.34)),
      line: { color: surface, width: surface === undefined ? 0 : 1 },
    },
    text: shown.map(({ label, width }) => {
      const room = Math.floor(((width / length) * px - 6) / UNIT_PX);
      return room < LEAST_UNITS ? '' : gate(shorten(label, room));
    }),
    texttemplate: '%{text}',
    textposition: 'inside',
    insidetextanchor: 'start',
    constraintext: 'none',
    textangle: 0,
    textfont: { size: 11, color: text },
    hoverlabel: HOVER_LABEL,
    customdata: shown.map(({ label, place, widthSeconds, ownSeconds, index }) => [
      hoverName(label, gate, 1),
      gate(shorten(place, 60)),
      widthSeconds,
      ownSeconds,
      index,
    ]),
    hovertemplate: `%{customdata[0]}<br>%{customdata[1]}<br>total %{customdata[2]:${format}} s · own %{customdata[3]:${format}} s<extra></extra>`,
  };
  const hidden = { visible: false, fixedrange: true, range: [at.plot, 0] };
  const key = { ...note(FLAME_KEY, look), ...fromTop(at, -at.rows.gutter, 8) };
  return {
    data: [trace],
    layout: {
      margin: margin(at),
      xaxis: { ...valueAxis(range, look), showgrid: false, fixedrange: true },
      yaxis: hidden,
      annotations: [key, axisTitle('time (s)', look)],
      dragmode: false,
    },
  };
}
