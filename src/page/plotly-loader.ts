import type * as Bundle from './plotly.ts';
import { unpack } from './unpack.ts';

export type Plotly = typeof Bundle.plotly;

declare global {
  /** Set by the packed script once it has run. */
  var profilerReportPlotly: typeof Bundle | undefined;
}

let loading: Promise<Plotly> | undefined;

/**
 * plotly, unpacked when the first chart needs it. It runs as an inline script: the page's policy names its hash, so that these bytes
 * run and no others. Rejects where the browser cannot unpack it.
 */
export function loadPlotly(document: Document): Promise<Plotly> {
  loading ??= unpack(document.getElementById('plotly')?.textContent ?? '', 'deflate-raw').then(async (data) => {
    const text = await data.text();
    const script = document.createElement('script');
    script.textContent = text;
    document.head.append(script);
    if (!globalThis.profilerReportPlotly) throw new Error('plotly did not run');
    return globalThis.profilerReportPlotly.plotly;
  });
  return loading;
}
