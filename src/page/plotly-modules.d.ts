/** The parts of plotly the bundle takes one by one; they carry no types of their own. */
declare module 'plotly.js/lib/core.js' {
  import type * as Plotly from 'plotly.js';

  const core: typeof Plotly & { register(modules: readonly object[]): void };
  export default core;
}
declare module 'plotly.js/lib/bar.js' {
  const trace: object;
  export default trace;
}
declare module 'plotly.js/lib/box.js' {
  const trace: object;
  export default trace;
}
declare module 'plotly.js/lib/heatmap.js' {
  const trace: object;
  export default trace;
}
