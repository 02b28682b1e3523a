import { once } from 'node:events';
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { UsageError } from '../model/errors.ts';
import type { collectorApp } from './app.ts';

export interface Listening {
  /** `http://127.0.0.1:8080/`, to be shown. */
  readonly url: string;
  /** Takes no more connections, answers what has arrived, and after `milliseconds` cuts what is still open. */
  stop(milliseconds: number): Promise<void>;
}

/** Rejects with a UsageError where the port cannot be had. Port 0 is any free one. */
export async function listen(app: ReturnType<typeof collectorApp>, host: string, port: number): Promise<Listening> {
  const listener = getRequestListener(app.fetch, {
    hostname: 'localhost',
    overrideGlobalObjects: false,
    errorHandler: (error) =>
      new Response(`The request cannot be read: ${error instanceof Error ? error.message : error}.\n`, { status: 400 }),
  });
  const server = createServer({ requireHostHeader: false }, listener);
  server.on('clientError', refuse);
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error) => {
    throw portError(error, host, port);
  });
  return {
    url: urlOf(server.address() as AddressInfo),
    stop: (milliseconds) => stop(server, open, milliseconds),
  };
}

/** Where clients find it. All addresses of the machine are none that a client could use. */
export function urlOf({ address, family, port }: AddressInfo): string {
  const isAll = address === '0.0.0.0' || address === '::';
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `http://${isAll ? '<name of this machine>' : host}:${port}/`;
}

async function stop(server: Server, open: ReadonlySet<Socket>, milliseconds: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const deadline = Date.now() + milliseconds;
  while (!(await Promise.race([closed, sleep(20)]))) {
    if (Date.now() > deadline) server.closeAllConnections();
    else server.closeIdleConnections();
    // A connection that a browser opened in advance is not idle to Node.
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  }
}

/** What Node itself cannot read as a request: it is told why, in one line. */
function refuse(error: NodeJS.ErrnoException & { reason?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const text = `The request cannot be read: ${error.reason ?? error.message}.\n`;
  const head = ['Content-Type: text/plain', `Content-Length: ${Buffer.byteLength(text)}`, 'Connection: close'].join('\r\n');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n\r\n${text}`);
}

function portError(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there. Stop it, or choose another --port.',
    EACCES: 'ports below 1024 are for administrators. Choose another --port.',
    EADDRNOTAVAIL: 'this machine does not have the address. Choose another --host.',
    ENOTFOUND: 'the name is not known. Choose another --host.',
  };
  const reason = reasons[error.code ?? ''];
  return reason === undefined ? error : new UsageError(`cannot listen on ${host}:${port}: ${reason}`, { cause: error });
}
