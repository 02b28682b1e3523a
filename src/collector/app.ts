import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { type IngestOptions, ingest, queryOf, RULE } from './ingest.ts';
import type { Ledger } from './ledger.ts';
import type { RateLimit } from './rate-limit.ts';
import { readAccess } from './read-access.ts';
import { statsOf } from './stats.ts';
import { STATS_POLICY, statsPage } from './stats-page.ts';

type Env = { Bindings: HttpBindings };

export interface CollectorOptions extends IngestOptions {
  readonly ledger: Ledger;
  readonly limit: RateLimit;
  readonly readToken: string;
  /** A proxy in front tells the address in X-Forwarded-For; it serves the limit only. */
  readonly trustProxy: boolean;
}

/** Longest request target, in characters; one with the declared event has less than 300. */
const MOST_CHARACTERS = 2048;

/** Jobs told one by one: anybody can make up names, and the answer must stay readable. `usage` tells all. */
const MOST_JOBS = 1_000;

const PLACES =
  '/ counts an opening or, without a query, shows the statistics; others are /stats.json, /healthz, /.well-known/gpc.json';

/** All that the collector answers. */
export function collectorApp(options: CollectorOptions): Hono<Env> {
  const { ledger, limit, readToken, trustProxy, now, onTrouble } = options;
  const count = ingest(options);
  const stats = () => statsOf(ledger, now(), MOST_JOBS);
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  app.use('/stats.json', cors({ origin: '*', allowMethods: ['GET'], allowHeaders: ['Authorization'] }));
  app.use(async (c, next) => {
    if ((c.env.incoming.url ?? '').length > MOST_CHARACTERS) {
      return c.text(`The request is longer than ${MOST_CHARACTERS} characters. ${RULE}.\n`, 400);
    }
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      return c.text(`Only GET is answered. ${RULE}.\n`, 405, { Allow: 'GET, HEAD' });
    return next();
  });
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/.well-known/gpc.json', (c) => c.json({ gpc: true, lastUpdate: '2026-11-21' }));

  app.use(async (c, next) => {
    const seconds = limit(addressOf(c, trustProxy));
    if (seconds === 0) return next();
    return c.text(`Too many requests from your address: wait ${seconds} s.\n`, 429, { 'Retry-After': String(seconds) });
  });
  app.get('/', (c, next) => (queryOf(c) === undefined ? next() : count(c)));
  app.use('/', readAccess(readToken));
  app.use('/stats.json', readAccess(readToken));
  app.get('/', async (c) => c.html(statsPage(await stats()), 200, { 'Content-Security-Policy': STATS_POLICY }));
  app.get('/stats.json', async (c) => c.json(await stats()));

  app.notFound((c) => c.text(`There is nothing here: ${PLACES}.\n`, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    onTrouble('counts cannot be read', error);
    return c.text('The counts cannot be read now.\n', 503);
  });
  return app;
}

/** The last address in X-Forwarded-For is the one that the proxy saw itself; those before are the client's claims. */
function addressOf({ req, env }: Context<Env>, trustProxy: boolean): string {
  const forwarded = trustProxy ? req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || (env.incoming.socket.remoteAddress ?? '');
}
