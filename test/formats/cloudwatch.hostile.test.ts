import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloudWatchFile } from '../../src/formats/cloudwatch.ts';
import { UsageError } from '../../src/model/errors.ts';
import { monitoredEndpoint } from '../monitored.ts';
import { details, ENDPOINT, query, read, result } from './cloudwatch-prints.ts';

const DATA = { MetricDataResults: [result('m1', 'blue Invocations Sum', 1, 2)] };

test.each([
  ['', 'data.json is empty: write what `aws cloudwatch get-metric-data` prints into it.'],
  ['\ufeff \n', 'data.json is empty'],
  ['{"MetricDataResults": [{"Id": "m1", "Lab', 'data.json ends in the middle of its JSON: it was cut off, fetch it again.'],
  [`${JSON.stringify(DATA)}\n{"MetricDataRes`, 'data.json ends in the middle of its JSON'],
  ['{"MetricDataResults": [}', 'data.json is not JSON'],
  ['no such thing', 'data.json is not JSON: give what `aws cloudwatch ... --output json` printed, unchanged.'],
  ['{"a": 1} and more', 'data.json is not JSON'],
  ['-----------\n|  GetMetricData  |', 'data.json was not printed as JSON: ask the AWS command again with `--output json`.'],
  ['None\nMETRICDATARESULTS\tm1\tModelLatency\tComplete', 'data.json was not printed as JSON'],
  ['ModelLatency\nDATAPOINTS\t9000.0\t1795286640\tMicroseconds', 'data.json was not printed as JSON'],
  ['Label: ModelLatency\nDatapoints:\n- Average: 1', 'data.json was not printed as JSON'],
  ['MetricDataResults:\n- Id: m1\n', 'data.json was not printed as JSON'],
  [new Uint8Array([0x1f, 0x8b, 8, 0]), 'data.json is compressed: unpack it first.'],
  ['null', 'data.json holds no answer of CloudWatch'],
  ['[1, 2]', 'data.json holds no answer of CloudWatch'],
  ['[]', 'data.json has no data points of the endpoint shop-search.'],
  [{ Metrics: [] }, 'data.json is not what `aws cloudwatch get-metric-data` or `get-metric-statistics` prints: it has Metrics.'],
  [{ MetricDataResults: [] }, 'data.json has no data points of the endpoint shop-search.'],
  [{ MetricDataResults: 'none' }, 'data.json: MetricDataResults: '],
  [{ MetricDataResults: [{ Id: 1 }] }, 'data.json: MetricDataResults.0.Id: '],
  [{ MetricDataResults: [{ Id: 'm1', Values: 5 }] }, 'data.json: MetricDataResults.0.Values: is no list'],
  [{ Label: 'ModelLatency', Datapoints: [] }, 'data.json has no data points of the endpoint shop-search: ModelLatency has'],
  [
    { MetricDataQueries: [query('m1', 'Invocations', 'Sum')] },
    'data.json holds queries only: give the file along that has their answer.',
  ],
  [{ MetricDataResults: [result('m1', 'ModelLatency', 1)] }, 'no variant can be made out: name it with --variant'],
])('%j is refused in one line', (content, message) => {
  const reading = () => read({ 'data.json': content });
  expect(reading).toThrow(UsageError);
  expect(reading).toThrow(message);
  expect(reading).not.toThrow(/\n/);
});

test('data points of another time are not those asked for', () => {
  const asked = { ...ENDPOINT, startSeconds: 1_893_610_000 };
  expect(() => read({ 'data.json': DATA }, asked)).toThrow(
    'data.json has no data points of the time asked for, only from 2026-11-02 09:00:00 UTC to 2026-11-02 09:02:00 UTC.',
  );
});

test('queries of two fetches are not mixed', () => {
  const files = {
    'a.json': [query('m1', 'Invocations', 'Sum')],
    'b.json': [query('m1', 'ModelLatency', 'p99')],
    'data.json': DATA,
  };
  expect(() => read(files)).toThrow('b.json: the query m1 stands for two metrics: give the files of one fetch only.');
});

test('UTF-16 as some shells write it, several values and lists of them are read', () => {
  const text = JSON.stringify(DATA);
  const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer)]);
  const expected = read({ 'data.json': DATA }).series;
  for (const content of [utf16, `${text}\n${text}`, [DATA], DATA.MetricDataResults]) {
    expect(read({ 'data.json': content }).series).toEqual(expected);
  }
});

test('names from outside are shown, not obeyed', () => {
  const evil = '\u001b[2J\u202e<script>';
  const MetricDataResults = [result('m1', 'blue Invocations Sum', 1), result('m2', evil, 1)];
  const text = details(read({ [`${evil}.json`]: { MetricDataResults } })).join();
  expect(text).toContain('\\u001b[2J\\u202e<script>');
  expect(text).not.toContain('\u001b');
});

test('labels beyond number are counted, not listed', () => {
  const many = Array.from({ length: 5000 }, (_, i) => result(`x${i}`, `thing ${i}`, 1));
  const { damage } = read({ 'data.json': { MetricDataResults: [...DATA.MetricDataResults, ...many] } });
  expect(damage).toHaveLength(21);
  expect(damage.at(-1)).toMatchObject({ kind: 'left out', count: 4980, detail: 'And 4,980 more like these.' });
});

test('long texts without end are refused in bounded time', () => {
  const before = performance.now();
  for (const text of [
    '{"a'.repeat(100_000),
    '"'.repeat(300_000),
    `[${'['.repeat(100_000)}`,
    '\\'.repeat(300_000),
    `"${'\\'.repeat(299_999)}`,
  ]) {
    expect(() => read({ 'data.json': text })).toThrow(UsageError);
  }
  expect(performance.now() - before).toBeLessThan(10_000);
});

test('whatever is in a file, it is read or refused with its name', () => {
  const part = fc.oneof(fc.json(), fc.string(), fc.constantFrom('{', '}', '[', ']', '"', ',', JSON.stringify(DATA)));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part).map((parts) => parts.join('')),
        fc.object(),
      ),
      (content) => {
        try {
          read({ 'data.json': content });
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect(String(error)).toContain('data.json');
        }
      },
    ),
  );
});

test('whatever CloudWatch is said to have printed, it is read or refused with its name', () => {
  const any = fc.anything({ maxDepth: 1 });
  const entry = fc.record({
    Id: fc.constantFrom('m1', 'p99', ''),
    Label: fc.oneof(fc.string(), fc.constant('blue ModelLatency p99')),
    Timestamps: fc.array(any),
    Values: fc.array(any),
  });
  const statistics = fc.record({ Label: fc.constantFrom('ModelLatency', ''), Datapoints: fc.array(any) });
  fc.assert(
    fc.property(fc.oneof(fc.record({ MetricDataResults: fc.array(entry) }), statistics), (content) => {
      try {
        for (const { seconds, values } of read({ 'data.json': content }).series) expect(seconds).toHaveLength(values.length);
      } catch (error) {
        expect(String(error)).toMatch(/^UsageError: data\.json/);
      }
    }),
  );
});

test.each(['startSeconds', 'endSeconds'])('a %s that no calendar has is refused', (key) => {
  const saved = JSON.parse(cloudWatchFile(monitoredEndpoint({ series: [] })));
  saved.ProfilerReport[key] = 1e300;
  expect(() => read({ 'data.json': JSON.stringify(saved) })).toThrow(`data.json: ProfilerReport.${key}: `);
});
