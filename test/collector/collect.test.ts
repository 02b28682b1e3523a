import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openLedger } from '../../src/collector/open-ledger.ts';
import { ARN, type Collector, startCollector, TOKEN } from './collector.ts';
import { onEachDatabase } from './databases.ts';

const HASH = 'ab'.repeat(32);
const JOB = ARN.replace(/.*\//, '');

onEachDatabase('the collector', (databases) => {
  let collector: Collector;
  let database: string;
  const get = (path: string, init?: RequestInit) => fetch(`${collector.url}${path}`, init);
  const authorized = { headers: { authorization: `Bearer ${TOKEN}` } };

  beforeAll(async () => {
    database = await databases.fresh();
    collector = await startCollector(database);
  });
  afterAll(() => collector?.end('SIGKILL'));

  test('counts each request, for an ARN as for a hash', async () => {
    const before = await collector.stats();
    for (const arn of [ARN, ARN, HASH]) {
      const answer = await collector.open(arn);
      expect([answer.status, answer.headers.get('cache-control'), await answer.text()]).toEqual([200, 'no-store', 'Counted.\n']);
    }
    const after = await collector.stats();
    expect(after.opens).toBe(before.opens + 3);
    expect(after.perJob).toEqual([
      expect.objectContaining({ arn: ARN, opens: 2 }),
      expect.objectContaining({ arn: HASH, opens: 1 }),
    ]);
  });

  test.each<[string, string, RequestInit, number, string]>([
    ['an unknown parameter', `?x-artifact-id=profiler-report/0&x-arn=${ARN}&user=me`, {}, 400, 'there is no parameter "user"'],
    ['a repeated one', `?x-artifact-id=profiler-report/0&x-arn=${ARN}&x-arn=${ARN}`, {}, 400, 'x-arn is given more than once'],
    ['a missing one', `?x-arn=${ARN}`, {}, 400, 'x-artifact-id is missing'],
    ['none', '?', {}, 400, 'x-artifact-id is missing'],
    ['a malformed ARN', '?x-artifact-id=profiler-report/0&x-arn=me', {}, 400, 'x-arn is neither the ARN of a processing job'],
    ['a malformed escape', '?x-artifact-id=profiler-report/0&x-arn=%', {}, 400, 'x-arn is neither the ARN of a processing job'],
    ['more than 2 kB', `?x-arn=${'a'.repeat(2048)}`, {}, 400, 'longer than 2048 characters'],
    ['another method', `?x-artifact-id=profiler-report/0&x-arn=${ARN}`, { method: 'POST', body: 'a' }, 405, 'Only GET'],
    ['another place', `open?x-artifact-id=profiler-report/0&x-arn=${ARN}`, {}, 404, '/ counts an opening'],
  ])('refuses %s, and says why', async (_, path, init, status, why) => {
    const { opens } = await collector.stats();
    const answer = await get(path, init);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(why)]);
    expect((await collector.stats()).opens).toBe(opens);
  });

  test('does not count a HEAD, nor what comes with a body', async () => {
    const { opens } = await collector.stats();
    const query = `?x-artifact-id=profiler-report/0&x-arn=${ARN}`;
    const head = await get(query, { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET']);
    for (const body of ['Content-Length: 1\r\n\r\na', 'Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n']) {
      const answer = await raw(collector, `GET /${query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${body}`);
      expect(answer).toMatch(/^HTTP\/1.1 400 .*The request has a body/s);
    }
    expect((await collector.stats()).opens).toBe(opens);
  });

  test('answers Global Privacy Control with 204 and keeps nothing', async () => {
    const { opens } = await collector.stats();
    for (const value of ['1', '1, 1', '0, 1']) expect((await collector.open(ARN, { 'sec-gpc': value })).status).toBe(204);
    expect((await collector.stats()).opens).toBe(opens);
    expect(await (await get('.well-known/gpc.json')).json()).toMatchObject({ gpc: true });
  });

  test('shows the counts only to whoever has the token', async () => {
    const basic = (password: string) => ({ headers: { authorization: `Basic ${btoa(`anybody:${password}`)}` } });
    for (const path of ['', 'stats.json']) {
      for (const wrong of [
        {},
        basic('wrong'),
        { headers: { authorization: 'Bearer wrong' } },
        { headers: { authorization: '?' } },
      ]) {
        const refused = await get(path, wrong);
        expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="usage statistics"']);
        expect(await refused.text()).not.toContain(JOB);
      }
      for (const right of [authorized, basic(TOKEN)]) {
        const shown = await get(path, right);
        expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(await shown.text()).toContain(JOB);
      }
    }
    const page = await get('', authorized);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await get(`stats.json?token=${TOKEN}`)).status).toBe(401);
  });

  test('makes a token for a run that was given none', async () => {
    const own = await startCollector(await databases.fresh(), { token: '' });
    const token = await vi.waitUntil(() => /^Read token {2}(\S{32}) \(of this run\)\n$/.exec(own.stderr())?.[1]);
    const status = async (bearer: string) =>
      (await fetch(`${own.url}stats.json`, { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect([await status(token), await status(TOKEN)]).toEqual([200, 401]);
    expect(own.greeting.join('')).not.toContain(token);
    await own.end('SIGTERM');
  });

  test('lets scripts of other origins read stats.json, and nothing else', async () => {
    const origin = { origin: 'https://dashboard.example.org' };
    const asked = { ...origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
    const preflight = await get('stats.json', { method: 'OPTIONS', headers: asked });
    expect(preflight.headers.get('access-control-allow-headers')).toBe('Authorization');
    const allowed = async (path: string) => (await get(path, { headers: origin })).headers.get('access-control-allow-origin');
    expect(await allowed('stats.json')).toBe('*');
    for (const path of ['', 'healthz', '.well-known/gpc.json', `?x-artifact-id=profiler-report/0&x-arn=${HASH}`]) {
      expect(await allowed(path)).toBeNull();
    }
  });

  test('keeps no address, browser, referrer or cookie, and prints none', async () => {
    const told = {
      'user-agent': 'Traceable/1',
      cookie: 'id=traceable',
      referer: 'http://traceable/',
      'x-forwarded-for': '203.0.113.77',
    };
    const own = await startCollector(await databases.fresh(), { more: ['--trust-proxy', '--rate-limit', '9'] });
    const arn = 'cd'.repeat(32);
    await own.open(arn, told);
    await own.open('wrong', told);
    const kept = filesBelow(databases.folder);
    expect(kept).toContain(arn);
    const { stderr } = await own.end('SIGTERM');
    expect(`${kept}${own.greeting.join('')}${stderr}`.match(/traceable|203\.0\.113\.77/i)).toBeNull();
  });

  test('stops in good order at a signal, and at once at a second', async () => {
    const own = await startCollector(await databases.fresh());
    const unfinished = createConnection(Number(new URL(own.url).port), '127.0.0.1');
    unfinished.on('error', () => {});
    await once(unfinished, 'connect');
    unfinished.write('GET /healthz HTTP/1.1\r\n');
    await sleep(100);
    process.kill(own.pid, 'SIGTERM');
    await sleep(500);
    expect(() => process.kill(own.pid, 0)).not.toThrow();
    expect((await own.end('SIGTERM')).code).toBe(143);
  });

  test('does the same once it is built', async () => {
    const own = await startCollector(await databases.fresh(), { program: join(import.meta.dirname, '../../dist/cli.js') });
    expect((await own.open()).status).toBe(200);
    expect((await own.stats()).opens).toBe(1);
    expect((await own.end('SIGTERM')).code).toBe(0);
  });

  test('removes what is too old at its start', async () => {
    const old = await databases.fresh();
    const ledger = await openLedger(old);
    const day = 86_400_000;
    const opens = [40, 20].map((days) => ({
      receivedAt: Date.now() - days * day,
      artifactId: 'profiler-report/0',
      arn: `${days}`,
    }));
    await ledger.add(opens);
    const own = await startCollector(old, { more: ['--keep-days', '30'] });
    expect((await ledger.perJob()).map(({ arn }) => arn)).toEqual(['20']);
    await own.end('SIGTERM');
    await ledger.close();
  });
});

/** All bytes of all files, one character each. */
function filesBelow(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
}

/** What the collector answers to these bytes. */
async function raw({ url }: Collector, request: string): Promise<string> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  socket.end(request);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}
