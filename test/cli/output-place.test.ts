import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { defaultPlace, placeWithin, withoutHome } from '../../src/cli/output-place.ts';

test.each([
  ['/job/profiler-output/profiler-reports', '/job/profiler-output'],
  ['/profiler-reports', '/'],
  ['/job/flat', '/job/flat/profiler-report'],
  ['/job/my-profiler-reports', '/job/my-profiler-reports/profiler-report'],
  ['s3://bucket/job/profiler-reports', 's3://bucket/job'],
  ['s3://bucket/profiler-reports', 's3://bucket'],
  ['s3://bucket/flat', 's3://bucket/flat/profiler-report'],
  ['s3://profiler-reports', 's3://profiler-reports/profiler-report'],
])('the report of rule files in %s goes to %s', (ruleFolder, place) => {
  expect(defaultPlace(ruleFolder)).toBe(place);
});

test.each([
  ['/job', '/job', ''],
  ['/job', '/job/a/b', 'a/b'],
  ['/', '/job', 'job'],
  ['/job', '/job-2', undefined],
  ['/job/a', '/job', undefined],
  ['s3://bucket', 's3://bucket/a', 'a'],
  ['s3://bucket/a', '/a', undefined],
])('within %s, %s is %s', (outer, inner, within) => {
  expect(placeWithin(outer, inner)).toBe(within);
});

describe('withoutHome', () => {
  test.each([
    [`${homedir()}/jobs/a`, '~/jobs/a'],
    [homedir(), '~'],
    [`${homedir()}-of-somebody/jobs`, `${homedir()}-of-somebody/jobs`],
    ['s3://bucket/jobs', 's3://bucket/jobs'],
  ])('%s as %s', (location, shown) => {
    expect(withoutHome(location)).toBe(shown);
  });
});
