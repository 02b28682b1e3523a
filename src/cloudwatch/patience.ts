/** What the whole answer to one question may take with all tries: enough for a full page of values over a slow line. */
export const ANSWER_SECONDS = 120;

/** What a server gets to take a connection; after it, the SDK tries again. */
export const CONNECTION = { connectionTimeout: 10_000 };

type Send = (command: unknown, options?: object) => Promise<unknown>;

/** Gives up on a server that does not answer in time, or never ends its answer, with an AbortError: the SDK alone would wait for ever. */
export function withPatience<C extends { send: unknown }>(client: C, seconds: number): C {
  const send = (client.send as Send).bind(client);
  const bounded: Send = (command, options) => send(command, { ...options, abortSignal: AbortSignal.timeout(seconds * 1000) });
  client.send = bounded;
  return client;
}
