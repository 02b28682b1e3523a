import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { line, type Row, read, rows } from './system-metrics.ts';

/** An independent reading: JSON.parse line by line. */
function reference(text: string): { rows: Row[]; bad: number } {
  const samples: Row[] = [];
  let bad = 0;
  for (const one of text.split('\n')) {
    if (one.trim() === '') continue;
    try {
      const { Type, Name, Dimension, Value, NodeId, Timestamp } = JSON.parse(one);
      const [value, seconds] = [Value, Timestamp].map((of) => (typeof of === 'string' && of.trim() !== '' ? Number(of) : of));
      if (![Type, Dimension, NodeId, Name ?? ''].every((part) => typeof part === 'string')) throw new Error('parts');
      const isKnown = [value, seconds].every(Number.isFinite) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
      if (!isKnown || Math.abs(seconds) > 8.64e12) throw new Error('numbers');
      samples.push([Type, Name ?? '', Dimension, value, NodeId, seconds]);
    } catch {
      bad++;
    }
  }
  return { rows: byMoment(samples), bad };
}

/** Rows of one node and moment, metric by metric. */
function byMoment(samples: Row[]): Row[] {
  const moments: Row[][] = [];
  for (const row of samples) {
    const last = moments.at(-1)?.[0];
    if (last && last[4] === row[4] && last[5] === row[5]) moments.at(-1)?.push(row);
    else moments.push([row]);
  }
  return moments.flatMap((moment) => {
    const metrics = Map.groupBy(moment, ([type, , dimension]) => JSON.stringify([type, dimension]));
    return [...metrics.values()].flat();
  });
}

const sometimes = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: rare });

const anything = fc.oneof(fc.constantFrom('', '__proto__', 'é"\\', '12', '\u0000', undefined, null, true, 1, -0), fc.json());
const value = fc.oneof(
  fc.nat(10_000).map((hundredths) => (hundredths / 100).toFixed(2)),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.constantFrom(
    '0',
    '-0',
    '-0.00',
    '1e3',
    '1E-2',
    '00',
    '01.5',
    '1.',
    '.5',
    '-',
    '1e999',
    '163107247.84',
    '12345678901234567890',
    '"7.5"',
  ),
  fc.tuple(fc.nat(), fc.nat()).map(([whole, part]) => `${whole}.${part}`),
);
const sample = fc
  .record({
    Type: sometimes(fc.constantFrom('cpu', 'gpu'), anything),
    Name: sometimes(fc.constantFrom('cpu0', 'cpu1', 'cpu10', 'gpu0'), anything),
    Dimension: sometimes(fc.constantFrom('CPUUtilization', 'I/OWaitPercentage', ''), anything),
    NodeId: sometimes(fc.constantFrom('algo-1', 'algo-2'), anything),
    Timestamp: sometimes(fc.constantFrom(1_700_000_040.5, 1_700_000_041, 1_700_000_041.000001, 1591168699.4578893), anything),
  })
  .chain((record) => value.map((text) => line({ ...record, Value: 987 }).replace('987', text)));

type Change = (text: string) => string;
const change = sometimes<Change>(
  fc.constant((text) => text),
  fc.constantFrom<Change[]>(
    (text) => text.replaceAll(/[,:]/g, '$& '),
    (text) => ` \t${text.replace('\n', ' \r\n')}`,
    (text) => `${JSON.stringify(Object.fromEntries(Object.entries(parsed(text)).reverse()))}\n`,
    (text) => text.replace('{', '{"Unit":"percent","Rate":1.5,'),
    (text) => text.replace('{', '{"Unit":{"of":[1]},"Value":3,'),
    (text) => text.slice(0, -5),
    (text) => text.replace('"', "'"),
    (text) => text.replace('Value', 'V\\u0061lue'),
    () => '\n',
  ),
) as fc.Arbitrary<Change>;

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

const changed = fc.tuple(sample, change).map(([text, change]) => change(text));
const time = sometimes(
  fc.constantFrom('1700000041.5', '1700000041.123456', '1700000042', '1591168699.4578894'),
  fc.constantFrom(
    '1e9',
    '1.5E1',
    '01700000041',
    '00.5',
    '0.25',
    '17.',
    '.5',
    '1.5.5',
    '-1',
    '12345678901234567890',
    '9e12',
    '8',
    '8x',
  ),
);
const moment = fc.tuple(time, fc.array(fc.tuple(fc.constantFrom('cpu0', 'cpu1', 'cpu7'), value), { maxLength: 8 })).map(
  // Lines that differ in name, value and at times in time alone, as in real files.
  ([at, cores]) => {
    const text = (name: string, number: string) => line({ Name: name, Value: 987, Timestamp: 654 }).replace('987', number);
    return cores.map(([name, number]) => text(name, number).replace('654', String(at))).join('');
  },
);
const file = fc.array(fc.oneof(changed, moment), { maxLength: 60 }).map((lines) => lines.join(''));

describe('systemMetricsReader', () => {
  test('reads what JSON.parse reads, line by line, and counts the rest', () => {
    fc.assert(
      fc.property(file, (text) => {
        const { metrics, damage } = read(text);
        const expected = reference(text);
        const lost = damage.filter(({ kind }) => kind === 'bad lines' || kind === 'cut tail');
        expect(rows(metrics)).toEqual(expected.rows);
        expect(lost.reduce((sum, { count }) => sum + count, 0)).toBe(expected.bad);
      }),
      { numRuns: 300 },
    );
  });

  test('any cut into chunks gives the same', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 100 }), (text, chunkBytes) => {
        const [whole, pieces] = [read(text), read(text, {}, chunkBytes)];
        expect(rows(pieces.metrics)).toEqual(rows(whole.metrics));
        expect(pieces.damage).toEqual(whole.damage);
      }),
      { numRuns: 100 },
    );
  });
});
