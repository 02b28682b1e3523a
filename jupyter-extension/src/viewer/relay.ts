import { scriptHashes } from '../../../src/generated/script-hashes.ts';
import { harmless } from './harmless.ts';
import type { Scripts } from './scripts.ts';

/**
 * What documents under it may do, however hostile: use styles, show pictures they hold, and run those scripts alone; nothing is fetched,
 * sent or gone to. Documents without an address of their own inherit it, and `frame-src` of the one around keeps them from going elsewhere.
 */
function policy(scripts: Scripts): string {
  const sources = scripts === 'known' ? scriptHashes.map((hash) => `'${hash}'`).join(' ') : "'unsafe-inline'";
  return (
    `default-src 'none'; script-src ${sources}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; ` +
    "connect-src 'none'; frame-src 'none'; worker-src 'none'; form-action 'none'; base-uri 'none'"
  );
}

/**
 * Before anything of a page whose own scripts run: no policy that browsers know keeps WebRTC from sending packets. What such a page puts
 * into a frame of its own, or behind a `javascript:` address, still has it.
 */
const WITHOUT_WEBRTC = '<script>delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection</script>';

/** Names of hosts in links are looked up by some browsers before anybody follows them; nothing later in the page can undo this. */
const WITHOUT_LOOKUPS = '<meta http-equiv="x-dns-prefetch-control" content="off">';

/** A page as it is shown, without what could tell of it by itself; the attributes go to its root element. */
export function framed(page: string, attributes: string, scripts: Scripts): string {
  return harmless(`<!doctype html><html ${attributes}>${WITHOUT_LOOKUPS}${scripts === 'all' ? WITHOUT_WEBRTC : ''}${page}`);
}

/** The relay is ready for a report. */
export const READY = 'ready for a report';

/** What the relay is told to show. */
export interface Show {
  readonly report: string;
}

/** What the relay passes on. */
export interface Passed {
  readonly passed: unknown;
}

/**
 * The document of the outer frame: it shows a report in a frame of its own, where it is bound by the policy above, and passes messages on
 * both ways. What comes from the report is marked as such. Its own script stands before the policy, so that it runs, and says that it is
 * ready after the policy holds.
 */
export function relay(scripts: Scripts): string {
  return `<!doctype html><html><head><script>
let frame;
addEventListener('message', ({ source, data }) => {
  if (source === parent && 'report' in data) {
    frame?.remove();
    frame = document.createElement('iframe');
    frame.title = 'Report';
    frame.srcdoc = data.report;
    document.body.append(frame);
  } else if (source === parent) frame?.contentWindow.postMessage(data, '*');
  else if (frame && source === frame.contentWindow) parent.postMessage({ passed: data }, '*');
});
addEventListener('DOMContentLoaded', () => parent.postMessage('${READY}', '*'));
</script><meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">
<style>html,body,iframe{display:block;width:100%;height:100%;margin:0;border:0;overflow:hidden}</style></head><body></body></html>`;
}
