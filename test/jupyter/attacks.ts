import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { networkInterfaces } from 'node:os';

/** WebRTC uses no loopback interface, and the tests run in a network that may have no other: there it shows nothing, and is left out. */
const hasOutwardInterface = Object.values(networkInterfaces()).some((all) => all?.some(({ internal }) => !internal));

/** What makes a page a report in the eyes of the viewer. */
const MARK = '<meta name="generator" content="profiler-report 9.9.9">';

/**
 * Ways by which a page reaches somebody else: `{to}` is their address, `{ws}` the same for a web socket, `{stun}` for WebRTC, `{tcp}` for
 * connections without a request.
 */
const STAYING: Readonly<Record<string, string>> = {
  fetch: `<script>fetch('{to}', { mode: 'no-cors' })</script>`,
  beacon: `<script>navigator.sendBeacon('{to}', 'x')</script>`,
  request: `<script>const r = new XMLHttpRequest(); r.open('GET', '{to}'); r.send()</script>`,
  picture: `<img src="{to}">`,
  style: `<div style="background: url({to}); width: 9px; height: 9px"></div>`,
  stylesheet: `<link rel="stylesheet" href="{to}">`,
  font: `<style>@font-face { font-family: f; src: url({to}) } p { font-family: f }</style><p>text</p>`,
  script: `<script src="{to}"></script>`,
  module: `<script>import('{to}').catch(() => 0)</script>`,
  media: `<video src="{to}" autoplay></video>`,
  object: `<object data="{to}"></object>`,
  frame: `<iframe src="{to}"></iframe>`,
  'frame in a frame': `<iframe srcdoc="<script>fetch('{to}', { mode: 'no-cors' })</script>"></iframe>`,
  ping: `<a id="pinged" href="#x" ping="{to}">go</a><script>pinged.click()</script>`,
  socket: `<script>new WebSocket('{ws}')</script>`,
  events: `<script>new EventSource('{to}')</script>`,
  worker: `<script>try { new Worker(URL.createObjectURL(new Blob(["fetch('{to}', { mode: 'no-cors' })"]))) } catch {}</script>`,
  prefetch: `<link rel="prefetch" href="{to}">`,
  preload: `<link rel="preload" as="fetch" href="{to}" crossorigin>`,
  ...(hasOutwardInterface ? { webrtc: webRtc('{stun}') } : {}),
};

function webRtc(stun: string): string {
  return `<script>{ const p = new RTCPeerConnection({ iceServers: [{ urls: '${stun}' }] }); p.createDataChannel('x');
    p.createOffer().then((o) => p.setLocalDescription(o)) }</script>`;
}

/** What gets out once somebody had the file's own scripts run: nothing takes WebRTC from a frame that the page makes. */
const NESTED: Readonly<Record<string, string>> = hasOutwardInterface
  ? { 'webrtc in a frame': `<iframe srcdoc="${webRtc('{nested}')}"></iframe>` }
  : {};

/** The same by leaving the page, which takes a document for each. */
const LEAVING: Readonly<Record<string, string>> = {
  form: `<form action="{to}" method="post"></form><script>document.forms[0].submit()</script>`,
  location: `<script>location = '{to}'</script>`,
  refresh: `<meta http-equiv="refresh" content="0; url={to}">`,
  // The second is text of an attribute to whoever reads the page with scripts off.
  connection: `<meta http-equiv="refresh" content="0; url={tcp}">
    <noscript><p title="</noscript><meta http-equiv='refresh' content='0; url={tcp}'>"></p></noscript>`,
  'location around': `<script>try { parent.location = '{to}' } catch {} try { top.location = '{to}' } catch {}</script>`,
  link: `<a id="a" href="{to}">go</a><script>a.click()</script>`,
};

/** What takes a person's click. */
const CLICKED: Readonly<Record<string, string>> = {
  download: `<p><a href="{to}" download="x">download</a></p>`,
  'another tab': `<p><a href="{to}" target="_blank">another tab</a></p>`,
  'a window': `<p><button onclick="window.open('{to}')">a window</button></p>`,
  'out of all frames': `<p><a href="{to}" target="_top">out of all frames</a></p>`,
};

export const ATTACKS = [STAYING, NESTED, LEAVING, CLICKED].flatMap((ways) => Object.keys(ways)).sort();

/** What a page could get hold of in the lab. */
const GRABS: Readonly<Record<string, string>> = {
  'the document around': 'parent.document.title',
  'the lab': 'top.jupyterapp.version',
  'the document of the lab': 'top.document.title',
  'the storage of the lab': 'localStorage.length + 1',
  'the storage of the session': 'sessionStorage.length + 1',
  cookies: 'document.cookie + 1',
  databases: `await new Promise((yes, no) => { const r = indexedDB.open('x'); r.onsuccess = () => yes('open'); r.onerror = no })`,
  'files of the server': `(await (await fetch('{lab}api/contents')).json()).content.length + 1`,
  'a window': `window.open('about:blank').name + 'opened'`,
};

export const ALL_GRABS = Object.keys(GRABS).join(', ');

export function attackPage(body: string): string {
  const section = '<main><section class="section" id="s"><h2>Hostile</h2></section></main>';
  return `<!doctype html><html><head>${MARK}<title>x</title></head><body>${section}${body}</body></html>`;
}

/** Writes down in `data-got` what it got hold of. */
export function grabScript(lab: string): string {
  const tries = Object.entries(GRABS).map(
    ([name, code]) => `try { got.push([${JSON.stringify(name)}, String(${code.replace('{lab}', lab)})]) } catch {}`,
  );
  return `<script type="module">const got = []; ${tries.join('\n')};
    document.body.dataset.got = got.map(([name]) => name).join(', ')</script>`;
}

/** Who is told by the attacks: the names of those that arrived, by whichever way. */
export async function attackReceiver() {
  const told = new Set<string>();
  const note = (url = '') => url !== '/favicon.ico' && told.add(decodeURIComponent(url.slice(1)));
  const server = createServer(({ url }, response) => {
    note(url);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/plain' }).end();
  });
  server.on('upgrade', ({ url }, socket) => {
    note(url);
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  const udp = ['webrtc', 'webrtc in a frame'].map((name) => createSocket('udp4').on('message', () => told.add(name)));
  for (const socket of udp) socket.bind(0, '127.0.0.1');
  const tcp = createTcpServer((socket) => {
    told.add('connection');
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await Promise.all([server, tcp, ...udp].map((one) => once(one, 'listening')));
  const { port } = server.address() as AddressInfo;
  const [stun, nested] = udp.map((socket) => `stun:127.0.0.1:${socket.address().port}`) as [string, string];
  const body = ([name, text]: readonly [string, string]) =>
    text
      .replaceAll('{to}', `http://127.0.0.1:${port}/${encodeURIComponent(name)}`)
      .replaceAll('{ws}', `ws://127.0.0.1:${port}/${encodeURIComponent(name)}`)
      .replaceAll('{tcp}', `http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`)
      .replaceAll('{nested}', nested)
      .replaceAll('{stun}', stun);
  const each = (ways: typeof STAYING) => Object.fromEntries(Object.entries(ways).map((way) => [way[0], attackPage(body(way))]));
  return {
    told: () => [...told].sort(),
    /** Documents that attack when they are opened, by name. */
    pages: { staying: attackPage(Object.entries(STAYING).map(body).join('\n')), ...each(LEAVING) } as Readonly<
      Record<string, string>
    >,
    /** The same, of what needs scripts of the page's own. */
    nested: each(NESTED),
    /** Those that attack when the words of their name are clicked. */
    clicked: each(CLICKED),
    close: async () => {
      server.closeAllConnections();
      server.close();
      tcp.close();
      for (const socket of udp) socket.close();
    },
  };
}
