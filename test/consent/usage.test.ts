import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reportOpened, requestUrl } from '../../src/beacon/payload.ts';
import { parseEndpoint } from '../../src/consent/endpoint.ts';
import { usageOf } from '../../src/consent/usage.ts';

const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/mnist-profilerreport-1';
const endpoint = 'https://stats.example.org/';

describe('a report may ask', () => {
  it('where there is somebody to tell, a job to name and nobody who said no', () => {
    expect(usageOf({ endpoint }, arn)).toEqual({ kind: 'asking', endpoint, hashed: false, arn });
  });

  it('by the hash of the ARN where its maker chose so', () => {
    const hash = createHash('sha256').update(arn).digest('hex');
    expect(usageOf({ endpoint, arn: 'hashed' }, arn)).toEqual({ kind: 'asking', endpoint, hashed: true, arn: hash });
  });

  it.each([
    [{}, arn, 'no endpoint is configured: there is nobody to tell'],
    [{ opt_out_telemetry: true }, arn, 'no endpoint is configured: there is nobody to tell'],
    [{ endpoint, opt_out_telemetry: true }, arn, "the job's owner opted out (opt_out_telemetry)"],
    [{ endpoint, override: true }, arn, 'an administrator or the project has switched usage statistics off'],
    [{ endpoint, OPT_OUT_TRACKING: true }, arn, 'OPT_OUT_TRACKING is set in the environment'],
    [{ endpoint }, 'a&b=c', 'the processing job is not known: there is nothing to count by'],
    [{ endpoint }, undefined, 'the processing job is not known: there is nothing to count by'],
  ])('not with %j for %s', (settings, job, reason) => {
    expect(usageOf(settings, job)).toEqual({ kind: 'silent', reason });
  });
});

it('the request is the two fields, as they are', () => {
  const event = reportOpened('12.3.4', arn);
  expect(event).toEqual({ 'x-artifact-id': 'profiler-report/12', 'x-arn': arn });
  const url = requestUrl(endpoint, event);
  expect(url).toBe(`https://stats.example.org/?x-artifact-id=profiler-report/12&x-arn=${arn}`);
  expect(new URL(url).href).toBe(url);
});

describe('an endpoint', () => {
  it.each([
    ['https://stats.example.org', 'https://stats.example.org/'],
    ['HTTPS://Stats.Example.org:443/a/b', 'https://stats.example.org/a/b'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ])('%s has the form %s', (text, form) => expect(parseEndpoint(text, '--beacon-endpoint')).toBe(form));

  it.each([
    ['stats.example.org', 'is not a URL'],
    ['', 'is not a URL'],
    ['ftp://stats.example.org/', 'neither https nor http'],
    ['javascript:alert(1)', 'neither https nor http'],
    ['https://ann:secret@stats.example.org/', 'holds a password'],
    ['https://stats.example.org/?a=1', 'has a query'],
    ['https://stats.example.org/?', 'has a query'],
    ['https://stats.example.org/#a', 'has a query or fragment'],
    ['http://[::1]:8080/', 'IPv6'],
    ['https://*.example.org/', 'host name'],
    ['https://example.org,https://other.example/', 'host name'],
    ["https://stats.example.org/;script-src 'unsafe-inline'", 'characters in its path'],
    ['https://stats.example.org/a,b', 'characters in its path'],
  ])('%s is refused', (text, what) => {
    expect(() => parseEndpoint(text, '--beacon-endpoint')).toThrow(what);
    expect(() => parseEndpoint(text, '--beacon-endpoint')).toThrow(
      /^--beacon-endpoint ".*, as in https:\/\/stats\.example\.org\/\.$/,
    );
  });
});
