/**
 * What documents under it may do, however hostile: run their own scripts and styles, show pictures they hold; nothing is fetched, sent
 * or gone to. Documents without an address of their own inherit it, and `frame-src` of the one around keeps them from going elsewhere.
 */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src 'none'; " +
  "frame-src 'none'; worker-src 'none'; form-action 'none'; base-uri 'none'";

/**
 * Before anything of a report: no policy that browsers know keeps WebRTC from sending packets. What a hostile page puts into a frame of its
 * own, or behind a `javascript:` address, still has it.
 */
const WITHOUT_WEBRTC = '<script>delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection</script>';

/** A page as it is shown; the attributes go to its root element. */
export function framed(page: string, attributes: string): string {
  return `<!doctype html><html ${attributes}>${WITHOUT_WEBRTC}${page}`;
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
 * both ways. What comes from the report is marked as such.
 */
export const RELAY = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<style>html,body,iframe{display:block;width:100%;height:100%;margin:0;border:0;overflow:hidden}</style></head><body><script>
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
parent.postMessage('${READY}', '*');
</script></body></html>`;
