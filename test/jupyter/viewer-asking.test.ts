import { describe, expect, test } from 'vitest';
import { askingOf } from '../../jupyter-extension/src/viewer/asking.ts';

const ENDPOINT = 'https://stats.example.org/in';
const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/a';
const url = (arn = ARN, artifact = 'profiler-report/1') => `${ENDPOINT}?x-artifact-id=${artifact}&x-arn=${arn}`;

describe('the request of a report', () => {
  test.each([url(), url('0'.repeat(64)), url(ARN, 'profiler-report/12')])('%s is made anew as it is shown', (shown) => {
    expect(askingOf(ENDPOINT, shown)).toEqual({ endpoint: ENDPOINT, url: shown });
  });

  test.each([
    ['no URL', ENDPOINT, 'hello'],
    ['another address', ENDPOINT, url().replace('stats', 'other')],
    ['a parameter more', ENDPOINT, `${url()}&name=me`],
    ['a fragment', ENDPOINT, `${url()}#me`],
    ['a parameter twice', ENDPOINT, `${url('me')}&x-arn=${ARN}`],
    ['a name in the place of the ARN', ENDPOINT, url('someone@example.org')],
    ['another kind of ARN', ENDPOINT, url(ARN.replace('processing-job', 'training-job'))],
    ['something after the ARN', ENDPOINT, url(`${ARN}%20me`)],
    ['another artifact', ENDPOINT, url(ARN, 'me/1')],
    ['data for a version', ENDPOINT, url(ARN, 'profiler-report/1234567890')],
    ['a version in another form', ENDPOINT, url(ARN, 'profiler-report/01')],
    ['an endpoint in another form', 'https://stats.example.org:443/in', url()],
    ['an endpoint with a query', `${ENDPOINT}?a=b`, url()],
    ['a password', 'https://me:secret@stats.example.org/in', url()],
    ['no endpoint', '', url()],
    ['another scheme', 'javascript:in', url().replace('https://stats.example.org/', 'javascript:')],
  ])('%s is none', (_, endpoint, shown) => {
    expect(askingOf(endpoint, shown)).toBeUndefined();
  });
});
