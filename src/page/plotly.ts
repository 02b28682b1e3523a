import bar from 'plotly.js/lib/bar.js';
import box from 'plotly.js/lib/box.js';
import core from 'plotly.js/lib/core.js';
import heatmap from 'plotly.js/lib/heatmap.js';

core.register([bar, box, heatmap]);
// plotly has a button that opens its maker's site to send the chart there, and an address for maps. Here it has neither.
core.setPlotConfig({ showSendToCloud: false, plotlyServerURL: '', topojsonURL: '' });

/** plotly with the traces our charts use; scatter is part of its core. */
export const plotly = core;
