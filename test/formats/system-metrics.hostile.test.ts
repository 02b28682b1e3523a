import { describe, expect, test } from 'vitest';
import { line, read, rows } from './system-metrics.ts';

const cpu = (record: Record<string, unknown>) => line({ Type: 'cpu', ...record });

describe('systemMetricsReader bears', () => {
  test('a line without end, in one piece or many, and reads on behind it', () => {
    const text = `${cpu({})}{"Type":"${'x'.repeat(3_000_000)}\n${cpu({ Name: 'cpu1' })}`;
    for (const chunkBytes of [undefined, 100_000]) {
      const { metrics, damage } = read(text, {}, chunkBytes);
      expect(rows(metrics)).toHaveLength(2);
      expect(damage).toEqual([
        expect.objectContaining({ kind: 'bad lines', count: 1, detail: expect.stringContaining('Line 2 ') }),
      ]);
    }
  });

  test('a long line that is JSON: too long however it comes', () => {
    const text = `${cpu({ Unit: 'x'.repeat(2 ** 20) })}${cpu({ Name: 'cpu1' })}`;
    for (const chunkBytes of [undefined, 2 ** 16]) expect(rows(read(text, {}, chunkBytes).metrics)).toHaveLength(1);
  });

  test('values within values, very deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { metrics, damage } = read(
      cpu({ Unit: 'deep' }).replace('"deep"', deep) + cpu({ Unit: 'deep' }).replace('"deep"', `${deep}]`),
    );
    expect(rows(metrics)).toHaveLength(1);
    expect(damage).toEqual([expect.objectContaining({ kind: 'cut tail' })]);
  });

  test('names of what every object has', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const text = names.map((name) => cpu({ Name: name, Type: name, Dimension: name, NodeId: name })).join('');
    const { metrics } = read(`${text}${text}{"__proto__":{"Type":"cpu"}}\n`);
    expect(rows(metrics).map(([type, name, dimension, , node]) => [type, name, dimension, node])).toEqual(
      [...names, ...names].map((name) => Array(4).fill(name)),
    );
  });

  test.each([
    ['names', (i: number) => cpu({ Name: `cpu${i}` })],
    ['nodes', (i: number) => cpu({ NodeId: `algo-${i}` })],
    ['types', (i: number) => cpu({ Type: `cpu${i}` })],
    ['dimensions', (i: number) => cpu({ Dimension: `d${i}` })],
  ])('70,000 different %s: those beyond 65,536 are told, none is taken for another', (_, record) => {
    const { metrics, damage } = read(Array.from({ length: 70_000 }, (_, i) => record(i)).join('') + record(7));
    const all = rows(metrics);
    expect(all).toHaveLength(65_537);
    expect(new Set(all.map((row) => row.join())).size).toBe(65_536);
    expect(damage).toContainEqual(expect.objectContaining({ kind: 'bad lines', count: 4_464 }));
  });

  test('bytes that are no UTF-8, in names that read alike', () => {
    const [before, after] = cpu({ Name: '|', Value: 12345 }).split('|') as [string, string];
    const encoder = new TextEncoder();
    const names = [[0xef, 0xbf, 0xbd], [0xff], [0xfe], [0xc3]];
    const bytes = Array.from({ length: 400 }, (_, i) => [
      ...encoder.encode(before),
      ...(names[i % 4] as number[]),
      ...encoder.encode(after),
    ]).flat();
    const { metrics, damage } = read(Uint8Array.from(bytes));
    expect(rows(metrics).map(([, name, , value]) => [name, value])).toEqual(Array(400).fill(['\ufffd', 12345]));
    expect(damage).toEqual([expect.objectContaining({ kind: 'repeated rows', count: 399 })]);
  });

  test('very many gaps and bad lines, told in few words', () => {
    const text = Array.from(
      { length: 5_000 },
      (_, i) => `${cpu({ Timestamp: 1_700_000_040 + i / 1000 + Math.floor(i / 5) / 20 })}?\n`,
    ).join('');
    const { damage } = read(text);
    expect(damage.length).toBeLessThan(30);
    expect(JSON.stringify(damage).length).toBeLessThan(10_000);
  });
});
