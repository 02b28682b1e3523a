import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { listen, urlOf } from '../../src/collector/serve.ts';

const app = new Hono<{ Bindings: HttpBindings }>()
  .get('/slow', async (c) => {
    await sleep(300);
    return c.text('answered');
  })
  .get('/never', () => new Promise<never>(() => {}));

test.each([
  ['127.0.0.1', 'IPv4', 'http://127.0.0.1:8080/'],
  ['::1', 'IPv6', 'http://[::1]:8080/'],
  ['0.0.0.0', 'IPv4', 'http://<name of this machine>:8080/'],
  ['::', 'IPv6', 'http://<name of this machine>:8080/'],
])('an endpoint at %s is one that clients can use', (address, family, url) => {
  expect(urlOf({ address, family, port: 8080 })).toBe(url);
});

describe('stop', () => {
  test('lets requests under way be answered, and takes no more', async () => {
    const { url, stop } = await listen(app, '127.0.0.1', 0);
    const slow = fetch(`${url}slow`);
    await sleep(100);
    const stopped = stop(10_000);
    await expect(fetch(`${url}slow`)).rejects.toThrow();
    expect(await (await slow).text()).toBe('answered');
    await stopped;
  });

  test('waits for no connection that is merely open', async () => {
    const { url, stop } = await listen(app, '127.0.0.1', 0);
    const idle = createConnection(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    const start = performance.now();
    await stop(10_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('cuts what is not answered in time', async () => {
    const { url, stop } = await listen(app, '127.0.0.1', 0);
    const never = fetch(`${url}never`).catch(() => 'cut');
    await sleep(100);
    const start = performance.now();
    await stop(200);
    expect(performance.now() - start).toBeGreaterThan(199);
    expect(await never).toBe('cut');
  });
});
