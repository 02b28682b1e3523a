import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { GroupCommit } from './group-commit.ts';
import { readEvent } from './read-event.ts';

type Request = Context<{ Bindings: HttpBindings }>;

export interface IngestOptions {
  readonly commit: GroupCommit;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told what fails, as a clause; of counting once when it begins, and once more, without an error, when it goes on. */
  readonly onTrouble: (what: string, error?: unknown) => void;
}

export const RULE = 'An event is one GET with x-artifact-id and x-arn, each once, and nothing else';

/** Answers a beacon once it is on disk. Nothing of it is kept but the two parameters and the time. */
export function ingest({ commit, now, onTrouble }: IngestOptions): (c: Request) => Promise<Response> {
  let failing = false;

  return async (c) => {
    // Somebody who asks for privacy was not to be asked: the event is not even looked at.
    if (
      c.req
        .header('sec-gpc')
        ?.split(',')
        .some((value) => value.trim() === '1')
    )
      return c.body(null, 204);
    if (c.req.method !== 'GET') return c.text(`${RULE}.\n`, 405, { Allow: 'GET' });
    if (hasBody(c)) return c.text(`The request has a body. ${RULE}.\n`, 400, { Connection: 'close' });
    const read = readEvent(queryOf(c) ?? '');
    if ('problem' in read) return c.text(`Not counted: ${read.problem}. ${RULE}.\n`, 400);

    const { 'x-artifact-id': artifactId, 'x-arn': arn } = read.event;
    try {
      await commit.add({ receivedAt: now(), artifactId, arn });
    } catch (error) {
      if (!failing) onTrouble('opens cannot be counted', error);
      failing = true;
      return c.text('Not counted: the database cannot be written to now.\n', 503);
    }
    if (failing) onTrouble('opens are counted again');
    failing = false;
    return c.text('Counted.\n');
  };
}

/** What follows the first `?` of the request as it was sent; undefined where there is none. */
export function queryOf({ env }: Request): string | undefined {
  const target = env.incoming.url ?? '';
  const start = target.indexOf('?');
  return start < 0 ? undefined : target.slice(start + 1);
}

function hasBody({ req }: Request): boolean {
  return req.header('transfer-encoding') !== undefined || (req.header('content-length') ?? '0') !== '0';
}
