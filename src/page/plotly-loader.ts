import type * as Bundle from './plotly.ts';
import { unpack } from './unpack.ts';

export type Plotly = typeof Bundle.plotly;

declare global {
  /** Set by the packed script once it has run. */
  var profilerReportPlotly: typeof Bundle | undefined;
}

let loading: Promise<Plotly> | undefined;

/** plotly as it stands packed in the page, unpacked when the first chart needs it. */
export function loadPlotly(document: Document): Promise<Plotly> {
  loading ??= runPlotly(document, document.getElementById('plotly')?.textContent ?? '');
  return loading;
}

/**
 * Unpacks plotly and runs it as an inline script: the page's policy names its hash, so that these bytes run and no others. Rejects where
 * the browser cannot unpack it or may not run it.
 */
export async function runPlotly(document: Document, packed: string): Promise<Plotly> {
  const data = await unpack(packed, 'deflate-raw');
  const script = document.createElement('script');
  script.textContent = await data.text();
  document.head.append(script);
  if (!globalThis.profilerReportPlotly) throw new Error('plotly did not run');
  return globalThis.profilerReportPlotly.plotly;
}
