import { describe, expect, test } from 'vitest';
import { readFailure, writeFailure } from '../../jupyter-extension/src/contents/failures.ts';
import { below, nameOf, parentOf } from '../../jupyter-extension/src/contents/paths.ts';
import { concernText } from '../../jupyter-extension/src/generate/conflicts.ts';
import { freeName, placeFor } from '../../jupyter-extension/src/generate/place.ts';
import { progressShare, progressText } from '../../jupyter-extension/src/generate/progress.ts';
import { usageOf } from '../../jupyter-extension/src/generate/usage-of.ts';
import { UsageError } from '../../src/model/errors.ts';

test.each([
  ['a/b', 'a', 'b'],
  ['a', '', 'a'],
  ['', '', ''],
  ['s3:', 's3:', ''],
  ['s3:bucket', 's3:', 'bucket'],
  ['runs/12:30', 'runs', '12:30'],
  ['s3:bucket/a b/c', 's3:bucket/a b', 'c'],
])('%j lies in %j as %j', (path, parent, name) => {
  expect([parentOf(path), nameOf(path)]).toEqual([parent, name]);
  if (name !== '') expect(below(parent, name)).toBe(path);
});

describe('the report of', () => {
  test.each([
    ['jobs/a', 'jobs/a'],
    ['jobs/a/profiler-output', 'jobs/a'],
    ['jobs/a/profiler-reports', 'jobs/a'],
    ['r/ProfilerReport-1/profiler-output/profiler-reports', 'r/ProfilerReport-1/profiler-output'],
    ['s3:profiler-output', 's3:'],
    ['', ''],
  ])('the data in %j goes to %j', (data, place) => {
    expect(placeFor(data)).toBe(place);
  });
});

test('a new folder has a name that is free', () => {
  expect(freeName([])).toBe('profiler-report');
  expect(freeName(['profiler-report', 'profiler-report-2', 'x'])).toBe('profiler-report-3');
});

describe('what a drive refuses is one line', () => {
  test.each([
    [Object.assign(new Error('Forbidden'), { response: { status: 403 } }), 'permission is denied. Change'],
    [new TypeError('Failed to fetch'), 'the server does not answer. Check that it runs, then try again.'],
    [new Error('AccessDenied: s3:PutObject.\n  at line 3'), 'cannot write a/b: AccessDenied: s3:PutObject.'],
    ['odd', 'cannot write a/b: odd.'],
    [null, 'cannot write a/b: null.'],
  ])('%s', (error, text) => {
    const failure = writeFailure(error, 'a/b') as Error;
    expect(failure).toBeInstanceOf(UsageError);
    expect(failure.message).toContain(text);
    expect(failure.message).not.toContain('\n');
  });

  test('but a run that was cancelled stays cancelled, and our own words stay', () => {
    const cancelled = new DOMException('', 'AbortError');
    expect(readFailure(cancelled, 'a')).toBe(cancelled);
    const own = new UsageError('a is a file.');
    expect(readFailure(own, 'a')).toBe(own);
  });
});

describe('usage statistics of a report', () => {
  const endpoint = 'https://collector.example/';

  test.each([
    [{ optOut: true, endpoint: undefined, administrator: {} }, {}],
    [{ optOut: false, endpoint: undefined, administrator: {} }, {}],
    [
      { optOut: true, endpoint, administrator: {} },
      { endpoint, override: false, opt_out_telemetry: true },
    ],
    [
      { optOut: false, endpoint, administrator: { optOut: false } },
      { endpoint, override: false, opt_out_telemetry: false },
    ],
    [
      { optOut: true, endpoint, administrator: { optOut: true } },
      { endpoint, override: true, opt_out_telemetry: true },
    ],
  ])('%j', (settings, expected) => {
    expect(usageOf({ unreadable: true, ...settings }).opt_out_telemetry ?? true).toBe(true);
    expect(usageOf({ unreadable: false, ...settings })).toEqual(expected);
  });
});

test('progress tells what is done and only grows', () => {
  const steps = [
    { kind: 'found', files: 1 },
    { kind: 'read', done: 0, total: 1200, bytes: 0 },
    { kind: 'read', done: 1200, total: 1200, bytes: 3_400_000 },
    { kind: 'judging' },
    { kind: 'asking' },
    { kind: 'writing', done: 1, files: 3 },
    { kind: 'writing', done: 3, files: 3 },
  ] as const;
  expect(steps.map(progressText)).toEqual([
    'found 1 file',
    'read 0 of 1,200 files, 0 bytes',
    'read 1,200 of 1,200 files, 3.4 MB',
    'judging and drawing',
    'waiting for your answer',
    'wrote 1 of 3 files',
    'wrote 3 of 3 files',
  ]);
  const shares = steps.map(progressShare);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('a concern names its files', () => {
  expect(concernText({ kind: 'edited', paths: ['profiler-report.ipynb'] })).toBe(
    'profiler-report.ipynb: edited since it was made',
  );
  const two = concernText({ kind: 'rule files would be shown', paths: ['profiler-reports/A.json', 'profiler-reports/B.json'] });
  expect(two).toBe(
    'profiler-reports/A.json and profiler-reports/B.json: not of this run, and the notebook would show them; move them away to write here',
  );
});
