import { expect, test } from 'vitest';
import { awsError, isDenied } from '../../src/stores/aws-errors.ts';

const request = { action: 'cloudwatch:GetMetricData', verb: 'read', resource: 'the metrics of endpoint shop-search' };
const refusal = (name: string, httpStatusCode: number) => Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });

test.each([
  ['AccessDenied', 400, true],
  ['AccessDeniedException', 400, true],
  ['Forbidden', 403, true],
  ['ExpiredTokenException', 403, false],
  ['ValidationError', 400, false],
])('%s with status %i is a missing permission: %s', (name, status, denied) => {
  expect(isDenied(refusal(name, status))).toBe(denied);
});

test.each([
  ['AccessDenied', 'access denied: your credentials need cloudwatch:GetMetricData there.'],
  ['Throttling', 'the service kept asking to slow down: try again in some minutes.'],
  ['InvalidParameterValue', 'the service answered 400 InvalidParameterValue: no.'],
])('CloudWatch’s %s is told in one line', (name, text) => {
  const { message } = awsError(refusal(name, 400), request) as Error;
  expect(message).toBe(`cannot read the metrics of endpoint shop-search: ${text}`);
});

test('what a server tells of the request shows no credentials, no control characters, and has an end', () => {
  const told = 'Credential=AKIA0, Signature=abc x-amz-security-token: tok \u001b[31m';
  const error = Object.assign(refusal('ValidationException', 400), { message: `${told}${'z'.repeat(5000)}` });
  const { message } = awsError(error, request) as Error;
  expect(message).toContain('Credential=***, Signature=*** x-amz-security-token: *** \\u001b[31mzzz');
  expect(message.length).toBeLessThan(650);
});
