import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What arrived, as it arrived. */
export interface Received {
  readonly method: string;
  /** In full, as the page names it. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders;
}

/** What to do with a request: answer it with a status or a page, send it elsewhere, never answer, or break the connection. */
export type Answer = number | { readonly page: string } | { readonly redirect: string } | 'hang' | 'die';

/** A server on loopback that writes down every request made to it. */
export interface BeaconReceiver {
  /** Ends in a slash. */
  readonly url: string;
  /** Takes out what arrived so far. */
  received(): Received[];
  answer(how: Answer): void;
  /** From now on nobody listens there. */
  close(): Promise<void>;
}

export async function beaconReceiver(): Promise<BeaconReceiver> {
  let how: Answer = 204;
  const received: Received[] = [];
  const server = createServer(({ method = '', url: path = '', headers }, response) => {
    received.push({ method, url: `http://${headers.host}${path}`, headers });
    respond(response, how);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received: () => received.splice(0),
    answer: (next) => {
      how = next;
    },
    close: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function respond(response: ServerResponse, how: Answer): void {
  if (how === 'die') response.destroy();
  else if (typeof how === 'number') response.writeHead(how).end();
  else if (how === 'hang') return;
  else if ('page' in how) response.setHeader('content-type', 'text/html').end(how.page);
  else response.writeHead(302, { location: how.redirect }).end();
}
