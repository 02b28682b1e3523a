import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOpened, requestUrl } from '../../src/beacon/payload.ts';
import { readEvent } from '../../src/collector/read-event.ts';
import { hashOfArn } from '../../src/consent/usage.ts';

const ARN = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/train-1-profilerreport-0a1b2c3d';
const event = { 'x-artifact-id': 'profiler-report/0', 'x-arn': ARN };

describe('readEvent', () => {
  test.each([ARN, hashOfArn(ARN)])('reads what a report sends: %s', (arn) => {
    const sent = reportOpened('0.1.0', arn);
    expect(readEvent(new URL(requestUrl('https://stats.example.org/', sent)).search.slice(1))).toEqual({ event: sent });
  });

  test('reads it in any order and with any escapes', () => {
    expect(readEvent(`x-arn=${encodeURIComponent(ARN)}&x%2Dartifact-id=profiler-report%2F0`)).toEqual({ event });
  });

  const query = `x-artifact-id=profiler-report/0&x-arn=${ARN}`;
  test.each([
    ['', 'x-artifact-id is missing'],
    ['x-artifact-id=profiler-report/0', 'x-arn is missing'],
    [`x-arn=${ARN}`, 'x-artifact-id is missing'],
    [`${query}&user=me`, 'there is no parameter "user"'],
    [`${query}&__proto__=1`, 'there is no parameter "__proto__"'],
    [`${query}&x-arn=${ARN}`, 'x-arn is given more than once'],
    [query.replace('/0&', '/&'), 'x-artifact-id is not profiler-report/<major version>'],
    [query.replace('/0&', '/00&'), 'x-artifact-id is not profiler-report/<major version>'],
    [query.replace('profiler-report/0', 'profiler_report_v1'), 'x-artifact-id is not profiler-report/<major version>'],
    [query.replace('processing-job', 'training-job'), /^x-arn is neither the ARN/],
    [query.replace(ARN, hashOfArn(ARN).toUpperCase()), /^x-arn is neither the ARN/],
    [`${query}+`, /^x-arn is neither the ARN/],
    [`${query}%0A`, /^x-arn is neither the ARN/],
    [`${query}%ff`, /^x-arn is neither the ARN/],
    [`${query}${'x'.repeat(2048)}`, 'the query is longer than 2048 characters'],
  ])('refuses %s', (text, problem) => {
    expect(readEvent(text)).toEqual({ problem: problem instanceof RegExp ? expect.stringMatching(problem) : problem });
  });

  test('never throws, and reads nothing but the two fields', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('x-arn=', 'x-artifact-id=', 'profiler-report/1', ARN, '&', '%', '=', '+'));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const read = readEvent(parts.join(''));
        if ('event' in read) expect(Object.keys(read.event).sort()).toEqual(['x-arn', 'x-artifact-id']);
        else expect(read.problem).toMatch(/^[^\n]+$/);
      }),
    );
  });
});
