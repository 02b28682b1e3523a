import bar from 'plotly.js/lib/bar.js';
import box from 'plotly.js/lib/box.js';
import core from 'plotly.js/lib/core.js';
import heatmap from 'plotly.js/lib/heatmap.js';

core.register([bar, box, heatmap]);

/** plotly with the traces our charts use; scatter is part of its core. */
export const plotly = core;
