import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does to a request instead of passing it on. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly code: string; readonly headers?: Record<string, string> }
  /** The true answer, broken off after half its body. */
  | { readonly kind: 'cut' };

export interface FaultyProxy {
  readonly endpoint: string;
  /** `METHOD /path` of all requests, faulty or not, in order. */
  readonly requests: readonly string[];
  /** Most requests that were under way at once. */
  readonly mostAtOnce: () => number;
  stop(): Promise<void>;
}

/** Passes requests on to an S3 server; `fault` may spoil any of them. `seen` counts earlier requests for the same method and path. */
export async function startFaultyProxy(
  target: string,
  fault: (asked: { readonly method: string; readonly path: string; readonly seen: number }) => Fault | undefined,
): Promise<FaultyProxy> {
  const requests: string[] = [];
  let [open, most] = [0, 0];
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url: path = '/' } = incoming;
    const asked = `${method} ${path}`;
    const seen = requests.filter((earlier) => earlier === asked).length;
    requests.push(asked);
    most = Math.max(most, ++open);
    outgoing.once('close', () => open--);
    const spoiled = fault({ method, path, seen });
    if (spoiled?.kind === 'answer') refuse(incoming, outgoing, spoiled);
    else passOn(target, incoming, outgoing, spoiled?.kind === 'cut');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    mostAtOnce: () => most,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault & { kind: 'answer' }): void {
  incoming.resume();
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${fault.code}</Code><Message>${fault.code} by the proxy</Message></Error>`;
  outgoing.writeHead(fault.status, { 'content-type': 'application/xml', ...fault.headers }).end(body);
}

function passOn(target: string, incoming: IncomingMessage, outgoing: ServerResponse, cut: boolean): void {
  const onward = request(
    new URL(incoming.url ?? '/', target),
    { method: incoming.method, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!cut) answer.pipe(outgoing);
      else
        answer.once('data', (chunk: Buffer) => {
          outgoing.write(chunk.subarray(0, chunk.length >> 1), () => outgoing.destroy());
        });
    },
  );
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
