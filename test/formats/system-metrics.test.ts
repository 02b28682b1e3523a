import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../shared.ts';
import { line, read, readFiles, rows } from './system-metrics.ts';

const cpu = (name: string, value: unknown, seconds = 1_700_000_040.5) => line({ Name: name, Value: value, Timestamp: seconds });

describe('systemMetricsReader', () => {
  test('keeps every row, metric by metric within a moment', () => {
    const { metrics, damage } = read(
      [
        cpu('cpu0', 97.87),
        line({ Name: 'cpu0', Dimension: 'I/OWaitPercentage', Value: 0.0 }),
        cpu('cpu1', 163107247.84),
        line({ Name: 'cpu1', Dimension: 'I/OWaitPercentage', Value: 1 / 3 }),
        line({ Type: 'new', Name: 'tpu0', Dimension: 'Heat', Value: -0, NodeId: 'algo-2', Timestamp: 1_700_000_041 }),
      ].join(''),
    );
    expect(rows(metrics)).toEqual([
      ['cpu', 'cpu0', 'CPUUtilization', 97.87, 'algo-1', 1_700_000_040.5],
      ['cpu', 'cpu1', 'CPUUtilization', 163107247.84, 'algo-1', 1_700_000_040.5],
      ['cpu', 'cpu0', 'I/OWaitPercentage', 0, 'algo-1', 1_700_000_040.5],
      ['cpu', 'cpu1', 'I/OWaitPercentage', 1 / 3, 'algo-1', 1_700_000_040.5],
      ['new', 'tpu0', 'Heat', -0, 'algo-2', 1_700_000_041],
    ]);
    expect(metrics.batchCount).toBe(3);
    expect(damage.map(({ kind }) => kind)).toEqual(['misplaced rows']);
  });

  test('values stay as they are, in more rows than a block holds', () => {
    const values = Array.from({ length: 70_000 }, (_, i) => (i % 7 === 0 ? i * 1.37 + 0.001 : (i % 33_000) / 100));
    const { metrics } = read(values.map((value, i) => cpu('cpu0', value, 1_700_000_040 + i / 1000)).join(''));
    expect(rows(metrics).map((row) => row[3])).toEqual(values);
  });

  test.each([
    ['no Type', { Type: undefined }],
    ['no Dimension', { Dimension: undefined }],
    ['no Value', { Value: undefined }],
    ['no NodeId', { NodeId: undefined }],
    ['no Timestamp', { Timestamp: undefined }],
    ['a value that is no number', { Value: 'much' }],
    ['an empty value', { Value: '' }],
    ['a name that is no text', { Name: 4 }],
    ['a time beyond all clocks', { Timestamp: 1e15 }],
  ])('%s makes a bad line', (_, record) => {
    const { metrics, damage } = read(`${line({})}${line(record)}${line({ Timestamp: 1_700_000_041 })}`);
    expect(rows(metrics)).toHaveLength(2);
    expect(damage).toEqual([
      expect.objectContaining({
        kind: 'bad lines',
        file: 'f0',
        node: 'algo-1',
        count: 1,
        detail: 'Line 2 could not be read as a sample and was left out.',
      }),
    ]);
  });

  test.each([
    'null',
    '3',
    '[]',
    '"x"',
    '{',
    '{}',
    line({}).replace('12.5', 'NaN'),
    line({}).replace('12.5', '1e999'),
    `${line({}).trim()},`,
  ])('%s is a bad line', (text) => {
    expect(read(`${line({})}${text.trim()}\n${line({ Timestamp: 1_700_000_041 })}`).damage).toEqual([
      expect.objectContaining({ kind: 'bad lines', count: 1 }),
    ]);
  });

  test('of many bad lines the first are named', () => {
    expect(read(`${'x\n'.repeat(1_007)}${line({})}`).damage[0]).toMatchObject({
      count: 1_007,
      detail: 'Lines 1, 2, 3, 4, 5 and 1,002 more could not be read as a sample and were left out.',
    });
  });

  test.each([
    ['a value as text', { Value: '12.5' }],
    ['no name', { Name: undefined }],
    ['a null name', { Name: null }],
    ['one more key', { Unit: { of: ['this', 1] } }],
  ])('%s is accepted', (_, record) => {
    const { metrics, damage } = read(line(record));
    const name = 'Name' in record ? '' : 'cpu0';
    expect(rows(metrics)).toEqual([['cpu', name, 'CPUUtilization', 12.5, 'algo-1', 1_700_000_040.5]]);
    expect(damage).toEqual([]);
  });

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['no final newline', (text: string) => text.trimEnd()],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['blank lines', (text: string) => `\n${text.replaceAll('\n', '\n \t\n')}`],
  ])('%s is accepted', (_, change) => {
    const { metrics, damage } = read(change(`${line({})}${cpu('cpu1', 3)}`));
    expect(rows(metrics)).toHaveLength(2);
    expect(damage).toEqual([]);
  });

  test('a cut last line is dropped and told', () => {
    const { metrics, damage } = read(`${line({})}${line({ Name: 'cpu1' }).slice(0, 60)}`);
    expect(rows(metrics)).toHaveLength(1);
    expect(damage).toEqual([expect.objectContaining({ kind: 'cut tail', file: 'f0', count: 1 })]);
  });

  test('an empty file is told and stays a file', () => {
    const { metrics, damage } = read('');
    expect(metrics.files).toEqual([{ path: 'f0', node: 'algo-1', minuteSeconds: 1_700_000_040, firstBatch: 0, endBatch: 0 }]);
    expect(damage).toEqual([expect.objectContaining({ kind: 'empty file', file: 'f0' })]);
  });

  test('repeats are marked, whatever lies between them', () => {
    const { metrics, damage } = readFiles([
      { text: `${cpu('cpu0', 1)}${cpu('cpu0', 2)}${cpu('cpu0', 1)}${cpu('cpu1', 1)}` },
      { text: cpu('cpu0', 5, 1_700_000_100), minuteSeconds: 1_700_000_100 },
      { text: `${cpu('cpu1', 1)}${cpu('cpu1', 2)}` },
    ]);
    expect(rows(metrics).map((_, row) => metrics.isRepeat(row))).toEqual([false, false, true, false, false, true, false]);
    expect(damage).toEqual([expect.objectContaining({ kind: 'repeated rows', node: 'algo-1', count: 2 })]);
  });

  test('a row far outside its minute or of another node is kept and told', () => {
    const { metrics, damage } = read(
      `${cpu('cpu0', 1, 1_700_000_160)}${cpu('cpu0', 1, 1_700_000_160.1)}${line({ NodeId: 'algo-7' })}`,
    );
    expect(rows(metrics)).toHaveLength(3);
    expect(damage.map(({ kind, count, detail }) => [kind, count, detail])).toEqual([
      ['misplaced rows', 1, expect.stringContaining('1 row outside the file')],
      ['misplaced rows', 1, expect.stringContaining('of another node')],
    ]);
  });

  test('gaps and clocks that go back are told with their spans', () => {
    const ticks = [...Array(20).keys()].map((i) => 1_700_000_040 + i / 2 + (i >= 8 ? 4 : 0) - (i >= 15 ? 3 : 0));
    const { damage } = read(ticks.map((at, i) => cpu('cpu0', i, at)).join(''));
    expect(damage).toEqual([
      {
        kind: 'gap',
        node: 'algo-1',
        count: 1,
        detail: 'On algo-1 no sample for 4.5 s from 2023-11-14 22:14:03 UTC.',
        span: { startSeconds: 1_700_000_043.5, endSeconds: 1_700_000_048 },
      },
      {
        kind: 'clock jump',
        node: 'algo-1',
        count: 1,
        detail: 'On algo-1 the clock went back by 2.5 s at 2023-11-14 22:14:11 UTC.',
        span: { startSeconds: 1_700_000_048.5, endSeconds: 1_700_000_051 },
      },
    ]);
  });

  test('very many gaps are summed up', () => {
    const ticks = [...Array(3_000).keys()].map((i) => 1_700_000_040 + i / 100 + Math.floor(i / 10) * 0.3);
    const { damage } = read(ticks.map((at) => cpu('cpu0', 1, at)).join(''));
    const gaps = damage.filter(({ kind }) => kind === 'gap');
    expect(gaps).toHaveLength(21);
    expect(gaps.reduce((sum, { count }) => sum + count, 0)).toBe(299);
  });
});

describe.skipIf(!hasShared)('real samples', () => {
  const sample = (path: string) => readFileSync(shared(`samples/${path}`), 'utf8');
  const minutes = [1591160699, 1591748100, 1591748160];
  const traces = () =>
    readFiles(
      minutes.map((minuteSeconds) => ({
        text: sample(`reader-cases/test_traces/system/incremental/${minuteSeconds}.algo-1.json`),
        minuteSeconds,
      })),
    );

  test('counts of the original reader', () => {
    const { metrics } = traces();
    const all = rows(metrics);
    const within = (start: number, end: number) => all.filter(([, , , , , seconds]) => seconds >= start && seconds <= end).length;
    expect(all).toHaveLength(78);
    expect(all.filter(([type]) => type === 'cpu')).toHaveLength(68);
    expect(within(0, 1591167699)).toBe(10);
    expect(within(1591748165, 1600000000)).toBe(32);
  });

  test('its corrupt file gives 13 rows and a cut tail', () => {
    const { metrics, damage } = read(sample('reader-cases/1591160699.algo-1.json.corrupt'), { minuteSeconds: 1591160699 });
    expect(rows(metrics)).toHaveLength(13);
    expect(damage).toContainEqual(expect.objectContaining({ kind: 'cut tail', count: 1 }));
  });

  test('an excerpt of a real job reads without damage', () => {
    const text = sample('system-metrics-excerpt.algo-1.json');
    const { metrics, damage } = read(text, { minuteSeconds: 1783677660 });
    expect(rows(metrics)).toHaveLength(text.trimEnd().split('\n').length);
    expect(damage).toEqual([]);
  });
});
