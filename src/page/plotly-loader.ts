import type * as Bundle from './plotly.ts';

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
  loading ??= unpack(document.getElementById('plotly')?.textContent ?? '').then((text) => {
    const script = document.createElement('script');
    script.textContent = text;
    document.head.append(script);
    if (!globalThis.profilerReportPlotly) throw new Error('plotly did not run');
    return globalThis.profilerReportPlotly.plotly;
  });
  return loading;
}

/** Base64 of raw deflate, as the build packed it. */
async function unpack(packed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
}
