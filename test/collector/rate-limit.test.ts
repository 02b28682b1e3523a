import { afterEach, describe, expect, test } from 'vitest';
import { rateLimit } from '../../src/collector/rate-limit.ts';
import { newFolder } from '../cli/command.ts';
import { ARN, type Collector, startCollector } from './collector.ts';

describe('rateLimit', () => {
  let time = 0;
  const limited = (perMinute: number) => {
    time = 0;
    return rateLimit(perMinute, () => time);
  };

  test.each([1, 7, 60, 999])('lets %i through at once, and gives them back evenly over a minute', (perMinute) => {
    const wait = limited(perMinute);
    for (let i = 0; i < perMinute; i++) expect(wait('a')).toBe(0);
    expect(wait('a')).toBe(Math.ceil(60 / perMinute));
    time += 60_000 / perMinute;
    expect(wait('a')).toBe(0);
    expect(wait('a')).toBeGreaterThan(0);
    time += 60_000;
    for (let i = 0; i < perMinute; i++) expect(wait('a')).toBe(0);
    expect(wait('a')).toBeGreaterThan(0);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', true],
    ['2001:db8::1', '2001:db8:0:0:5:6:7:8', true],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
    ['::1', '1::', false],
  ])('%s and %s are one client: %s', (one, other, same) => {
    const wait = limited(1);
    wait(one);
    expect(wait(other) > 0).toBe(same);
  });

  test('limits nobody with 0', () => {
    const wait = limited(0);
    for (let i = 0; i < 1_000; i++) expect(wait('a')).toBe(0);
  });

  test('forgets who was not seen for longest: its memory is bounded', () => {
    const wait = limited(1);
    wait('first');
    wait('second');
    for (let i = 0; i < 99_999; i++) wait(`${i}`);
    expect([wait('first'), wait('second') > 0]).toEqual([0, false]);
    expect(wait('99998')).toBeGreaterThan(0);
  });
});

describe('the collector', () => {
  let collector: Collector;
  afterEach(() => collector?.end('SIGKILL'));
  const from = (address: string) => collector.open(ARN, { 'x-forwarded-for': address });

  test('answers 429 with the time to wait, and does not count', async () => {
    collector = await startCollector(`${newFolder()}/usage.db`, { more: ['--rate-limit', '3'] });
    const statuses: number[] = [];
    // Without --trust-proxy, what a client says of its address is not believed.
    for (let i = 0; i < 5; i++) statuses.push((await from(`192.0.2.${i}`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await collector.open();
    const seconds = refused.headers.get('retry-after');
    expect(seconds).toMatch(/^(1\d|20)$/);
    expect(await refused.text()).toBe(`Too many requests from your address: wait ${seconds} s.\n`);
    expect((await fetch(`${collector.url}healthz`)).status).toBe(200);
  });

  test('behind a proxy goes by the address that the proxy saw', async () => {
    collector = await startCollector(`${newFolder()}/usage.db`, { more: ['--rate-limit', '1', '--trust-proxy'] });
    const statuses: number[] = [];
    for (const address of ['192.0.2.1', '192.0.2.9, 192.0.2.1', '192.0.2.2']) statuses.push((await from(address)).status);
    expect(statuses).toEqual([200, 429, 200]);
  });
});
