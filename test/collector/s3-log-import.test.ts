import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/collector/ledger.ts';
import { openLedger } from '../../src/collector/open-ledger.ts';
import { importLogs } from '../../src/collector/s3-log-import.ts';
import type { Store } from '../../src/model/store.ts';
import { memoryStore } from '../memory-store.ts';
import { onEachDatabase } from './databases.ts';
import { arnOf, beaconQuery, logLine } from './log-lines.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;
const span = { from: noon - 365 * day, to: noon + day };

/** The line of request `i`, for one of three jobs on one of three days. */
const beacon = (i: number, at = noon - (i % 3) * day) =>
  logLine({ requestId: `R${i}`, at, request: `GET /?${beaconQuery(arnOf(i % 3))} HTTP/1.1` });
const beacons = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => beacon(from + i)).join('\n');

onEachDatabase('an import', ({ fresh }) => {
  const ledgers: Ledger[] = [];
  async function newLedger(database?: string): Promise<Ledger> {
    const ledger = await openLedger(database ?? (await fresh()));
    ledgers.push(ledger);
    return ledger;
  }
  afterEach(async () => {
    for (const ledger of ledgers.splice(0)) await ledger.close();
  });

  test('counts each request once: told twice, in objects that overlap, in a second run', async () => {
    const ledger = await newLedger();
    const files = { a: beacons(0, 6), 'b/c': `${beacons(3, 9)}\n${beacon(3)}\n` };
    expect(await importLogs(memoryStore(files), ledger, span)).toMatchObject({ objects: 2, added: 9, known: 4 });
    const counts = [await ledger.perDay(), await ledger.perJob()];
    expect(counts[0]).toEqual(['2026-11-19', '2026-11-20', '2026-11-21'].map((on) => ({ day: on, opens: 3 })));
    expect(await importLogs(memoryStore(files), ledger, span)).toMatchObject({ added: 0, known: 13 });
    expect([await ledger.perDay(), await ledger.perJob()]).toEqual(counts);
  });

  test('goes on where a run was cut off', async () => {
    const database = await fresh();
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`log-${i}`, beacons(i * 100, i * 100 + 150)]));
    const whole = memoryStore(files);
    const breaking: Store = {
      ...whole,
      read: (path) => (path === 'log-33' ? Promise.reject(new Error('the network is gone')) : whole.read(path)),
    };
    await expect(importLogs(breaking, await newLedger(database), span)).rejects.toThrow('the network is gone');
    const ledger = await newLedger(database);
    const before = (await ledger.perDay()).reduce((sum, { opens }) => sum + opens, 0);
    expect(before).toBeGreaterThan(0);
    const { added } = await importLogs(whole, ledger, span);
    expect(added).toBe(4050 - before);
    expect((await ledger.perDay()).map(({ opens }) => opens)).toEqual([1350, 1350, 1350]);
  });

  test('two runs at once count each request once', async () => {
    const database = await fresh();
    const store = memoryStore({ a: beacons(0, 3000), b: beacons(1000, 4000) });
    const runs = await Promise.all([1, 2].map(async () => importLogs(store, await newLedger(database), span)));
    expect(runs.reduce((sum, { added }) => sum + added, 0)).toBe(4000);
    const perDay = await (await newLedger(database)).perDay();
    expect(perDay.reduce((sum, { opens }) => sum + opens, 0)).toBe(4000);
  });

  test('what was forgotten does not come back with the same logs', async () => {
    const ledger = await newLedger();
    const store = memoryStore({ a: beacons(0, 9) });
    await importLogs(store, ledger, span);
    expect(await ledger.forget([arnOf(1)])).toBe(3);
    expect(await importLogs(store, ledger, span)).toMatchObject({ added: 0 });
    expect((await ledger.perJob()).map(({ arn }) => arn)).toEqual([arnOf(0), arnOf(2)]);
  });
});

/** A ledger that counts nothing but how many requests it was told of. */
function countingLedger() {
  const requests = new Set<string>();
  const addLogged: Ledger['addLogged'] = async (opens) => {
    const before = requests.size;
    for (const { requestId } of opens) requests.add(requestId);
    return requests.size - before;
  };
  return { requests, ledger: { addLogged } as Ledger };
}

const run = (files: Record<string, string | Uint8Array>) => importLogs(memoryStore(files), countingLedger().ledger, span);

describe('tells of every line what became of it', () => {
  test('and where the first ones left out stand', async () => {
    const other = logLine({ requestId: 'X', at: noon, request: 'GET /favicon.ico HTTP/1.1' });
    const service = beacon(1).replace('profiler-report/0', 'profiler_report_v1');
    const log = [
      beacon(0),
      '',
      'nonsense',
      beacon(1, span.from - 1),
      beacon(2, span.from),
      other,
      service,
      beacon(3, span.to + 1000),
      '',
    ];
    expect(await run({ 'a/log': log.join('\r\n'), 'b.gz': gzipSync(beacon(5)), c: new Uint8Array() })).toEqual({
      objects: 3,
      compressed: 1,
      added: 2,
      known: 0,
      old: 1,
      other: 1,
      refused: 1,
      damaged: 2,
      problems: [
        'a/log:3: not a line of an S3 server access log',
        'a/log:7: x-artifact-id is not profiler-report/<major version>',
        'a/log:8: its time lies in the future',
        'b.gz: compressed, as no S3 server access log is: unpack it if it holds some',
      ],
    });
  });

  test('but of no more than a few', async () => {
    const { damaged, problems } = await run({ a: 'nonsense\n'.repeat(1000) });
    expect([damaged, problems.length]).toEqual([1000, 5]);
  });

  test('also where it is longer than any request, or not even text', async () => {
    const long = `${beacon(1)}${'x'.repeat(100_000)}`;
    const bytes = Buffer.concat([Buffer.from(`${long}\n`), Buffer.from([0, 0xff, 0xfe, 0x0a]), Buffer.from(beacon(2))]);
    expect(await run({ a: bytes })).toMatchObject({ added: 1, damaged: 2 });
  });

  test('whatever the log holds: all lines are counted, and each beacon is', async () => {
    const line = fc.oneof(
      fc.nat({ max: 50 }).map((i) => beacon(i)),
      fc.string().map((text) => text.replace(/[\r\n]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const { added, known, old, other, refused, damaged } = await run({ log: lines.join('\n') });
        expect(added + known + old + other + refused + damaged).toBe(lines.filter((text) => text.trimEnd() !== '').length);
        expect(added).toBe(new Set(lines.filter((text) => text.includes(beaconQuery('')))).size);
      }),
    );
  });
});

test('an object that memory may not hold is refused, before any is read', async () => {
  const store = {
    ...memoryStore({}),
    read: () => Promise.reject(new Error('read')),
    async *list() {
      yield { path: 'log', bytes: 2 ** 31 };
    },
  };
  await expect(importLogs(store, countingLedger().ledger, span)).rejects.toThrow(
    'log in /job is larger than 1 GiB: split it at the ends of lines.',
  );
});

test('keeps no more of 100,000 lines in memory than the objects it reads at once', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const used = () => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const lines = 500;
  let bytes = 0;
  let most = 0;
  const before = used();
  const ledger = { addLogged: async (opens: readonly unknown[]) => opens.length } as Ledger;
  const store: Store = {
    ...memoryStore({}),
    async *list() {
      for (let i = 0; i < 200; i++) yield { path: String(i), bytes: lines * 450 };
    },
    async read(path) {
      const content = new TextEncoder().encode(beacons(Number(path) * lines, (Number(path) + 1) * lines));
      bytes += content.length;
      if (Number(path) % 16 === 0) most = Math.max(most, used() - before);
      return content;
    },
  };
  expect(await importLogs(store, ledger, span)).toMatchObject({ objects: 200, added: 100_000 });
  expect(bytes).toBeGreaterThan(40e6);
  expect(most).toBeLessThan(10e6);
});
