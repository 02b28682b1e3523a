import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../src/collector/s3-log.ts';
import { hashOfArn } from '../../src/consent/usage.ts';
import { arnOf, beaconQuery, logLine } from './log-lines.ts';

const at = Date.UTC(2026, 10, 21, 9, 8, 7);
const fields = { requestId: '3E57427F3EXAMPLE', at };
const open = { receivedAt: at, requestId: '3E57427F3EXAMPLE', artifactId: 'profiler-report/0', arn: arnOf(1) };
const line = logLine(fields);
const refused = (query: string) => readLogLine(logLine({ ...fields, request: `GET /?${query} HTTP/1.1` }));

describe('a beacon', () => {
  test('is read, and nothing is taken of who sent it', () => {
    expect(readLogLine(line)).toEqual({ kind: 'open', open });
    expect(JSON.stringify(readLogLine(line))).not.toMatch(/192\.0\.2\.3|Mozilla|79a59df9/);
  });

  test.each([
    ['for an object', logLine({ ...fields, request: `GET /pixel.gif?${beaconQuery(arnOf(1))} HTTP/1.1` })],
    ['for a bucket in the path', logLine({ ...fields, request: `GET /stats-bucket?${beaconQuery(arnOf(1))} HTTP/2.0` })],
    [
      'with escapes',
      logLine({ ...fields, request: `GET /?x-artifact-id=profiler-report%2F0&x-arn=${encodeURIComponent(arnOf(1))} HTTP/1.1` }),
    ],
    ['of a user agent with quotes', logLine({ ...fields, userAgent: 'A "quoted" thing" 200 - "' })],
    ['of an old log, with less fields', `${line.split(' "-" ')[0]} "-" "Mozilla/5.0"`],
    ['of a later log, with more fields', `${line} more - "and more"`],
    ['with the end of a line of Windows', `${line}\r`],
    ['of somebody with a name', line.replace(' - 3E57', ' arn:aws:sts::123456789012:assumed-role/viewer/me 3E57')],
    ['that was answered', line.replace('403 AccessDenied', '200 -')],
    ['whose answer is not known', line.replace('403 AccessDenied', '- -')],
    ['from another zone', line.replace('21/Nov/2026:09:08:07 +0000', '21/Nov/2026:14:38:07 +0530')],
  ])('%s', (_, text) => expect(readLogLine(text)).toEqual({ kind: 'open', open }));

  test('of a hashed ARN', () => {
    const hash = hashOfArn(arnOf(1));
    const text = logLine({ ...fields, request: `GET /?${beaconQuery(hash)} HTTP/1.1` });
    expect(readLogLine(text)).toEqual({ kind: 'open', open: { ...open, arn: hash } });
  });
});

test.each([
  ['another method', line.replace('"GET', '"HEAD')],
  ['a put', line.replace('"GET', '"PUT')],
  ['no query', logLine({ ...fields, request: 'GET /favicon.ico HTTP/1.1' })],
  ['another query', logLine({ ...fields, request: 'GET /stats-bucket?versioning HTTP/1.1' })],
  ['an own parameter of somebody else', logLine({ ...fields, request: 'GET /?x-id=GetObject HTTP/1.1' })],
  ['no request, as of a batch', line.replace(/"GET [^"]*"/, '-')],
  ['no request, in quotes', line.replace(/"GET [^"]*"/, '"-"')],
  ['quotes in the request', logLine({ ...fields, request: 'GET /?a="b" HTTP/1.1' })],
])('no beacon: %s', (_, text) => expect(readLogLine(text)).toEqual({ kind: 'other' }));

describe('refused, with the reason', () => {
  test.each([
    [`${beaconQuery(arnOf(1))}&user=me`, 'there is no parameter "user"'],
    [beaconQuery('me'), expect.stringMatching(/^x-arn is neither/)],
    ['x-artifact-id=profiler-report/0', 'x-arn is missing'],
    // Sent by reports of the service without asking anybody.
    [`x-artifact-id=profiler_report_v1&x-arn=${arnOf(1)}`, 'x-artifact-id is not profiler-report/<major version>'],
  ])('%s', (query, problem) => expect(refused(query)).toEqual({ kind: 'refused', problem }));
});

test.each([
  ['text', 'hello'],
  ['JSON of CloudTrail', '{"Records": []}'],
  ['cut off', line.slice(0, line.indexOf(' 403'))],
  ['cut off in front', line.slice(80)],
  ['a request whose quote is not closed', line.replace(' HTTP/1.1"', '')],
  ['a month there is none of', line.replace('/Nov/', '/Now/')],
  ['an hour there is none of', line.replace(':09:08:07', ':29:08:07')],
  ['a time without zone', line.replace(' +0000]', ']')],
  ['no request id', line.replace('3E57427F3EXAMPLE', '-')],
  ['a day that is in no calendar', line.replace('21/Nov/2026', '31/Feb/2026')],
])('damaged: %s', (_, text) => expect(readLogLine(text)).toMatchObject({ kind: 'damaged', problem: expect.any(String) }));

describe('any line', () => {
  test('is read as something', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom(...line.split(/(?<= )/), '"', '[', ']', ' - ', ' 200 '));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { kind } = readLogLine(parts.join(''));
        expect(['open', 'other', 'refused', 'damaged']).toContain(kind);
      }),
    );
  });

  test('counts as what its request is, whatever the client wrote in the fields of its own', () => {
    const query = fc.oneof(fc.constant(beaconQuery(arnOf(1))), fc.webQueryParameters());
    fc.assert(
      fc.property(query, fc.string(), (text, userAgent) => {
        const read = readLogLine(
          logLine({ ...fields, request: `GET /?${text} HTTP/1.1`, userAgent: userAgent.replaceAll('\n', '') }),
        );
        expect(read.kind === 'open').toBe(text === beaconQuery(arnOf(1)));
      }),
    );
  });

  test('takes no longer the more quotes and spaces it has', () => {
    const start = performance.now();
    for (const text of [
      '" '.repeat(50_000),
      `${line.slice(0, 200)}${'" 20 '.repeat(50_000)}`,
      ' '.repeat(100_000),
      'a '.repeat(50_000),
    ])
      readLogLine(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
