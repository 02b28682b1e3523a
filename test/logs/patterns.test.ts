import { expect, test } from 'vitest';
import { patternOf, patternsOf } from '../../src/logs/patterns.ts';
import { joinTraces } from '../../src/logs/traces.ts';

const lines = (...messages: string[]) => messages.map((message, i) => ({ seconds: 100 + i, stream: 'blue/i-1', message }));

test.each([
  ['2026-11-02 09:31:07,123 ERROR: took 12.5 s of 3', '<time> ERROR: took <n> s of <n>'],
  ['E1102 09:31:07.1 12 a.cc:9] x', 'E<time> <n> a.cc:<n>] x'],
  ['request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed', 'request <id> failed'],
  ['at 0x7f00ab12 in 9f86d081884c7d65', 'at <n> in <id>'],
  ['request 5a17003d of 5e17003 at i-0d4e5f6a7b8c9d0e1, token Ab3dEf6hIj9', 'request <id> of <id> at i-<id>, token <id>'],
  ['Conv2DTranspose on cuda118 in facade of decade', 'Conv<n>DTranspose on cuda<n> in facade of decade'],
  ['cannot read /opt/ml/input/data/train/part-00012.csv', 'cannot read <path>'],
  ['cannot read s3://bucket/a/b.csv', 'cannot read <path>'],
  ['no key \'abc\' and "def ghi"', 'no key \'<text>\' and "<text>"'],
  ["can't reach 10.0.0.1:8080, it's gone", "can't reach <address>, it's gone"],
  ['worker algo-12 of 4', 'worker algo-<n> of <n>'],
  [
    '169.254.1.2 - - [02/Nov/2026:09:31:07 +0000] "POST /invocations HTTP/1.1" 500 290',
    '<address> - - [<time>] "<text>" <n> <n>',
  ],
])('makes of %s the pattern %s', (message, pattern) => {
  expect(patternOf(message)).toBe(pattern);
});

test('groups by pattern: count, first and last time, streams, the first as example', () => {
  const { patterns, more, moreLines } = patternsOf(
    [
      { seconds: 1, stream: 'a', message: 'ERROR took 5 s' },
      { seconds: 2, stream: 'a', message: 'ERROR once' },
      { seconds: 3, stream: 'b', message: 'ERROR took 7 s' },
      { seconds: 4, stream: 'a', message: 'ERROR late' },
    ],
    2,
  );
  expect(patterns).toEqual([
    { pattern: 'ERROR took <n> s', count: 2, firstSeconds: 1, lastSeconds: 3, streams: ['a', 'b'], example: 'ERROR took 5 s' },
    { pattern: 'ERROR late', count: 1, firstSeconds: 4, lastSeconds: 4, streams: ['a'], example: 'ERROR late' },
  ]);
  expect([more, moreLines]).toEqual([1, 1]);
});

test('a traceback belongs to its first line, and its pattern is that of its exception', () => {
  const joined = joinTraces(
    lines(
      'INFO start',
      'Traceback (most recent call last):',
      '  File "a.py", line 3, in f',
      '    x[4]',
      'IndexError: 4 is too much',
      'INFO on',
    ),
  );
  expect(joined.map(({ seconds }) => seconds)).toEqual([100, 101, 105]);
  expect(patternOf(joined[1]?.message ?? '')).toBe('IndexError: <n> is too much');
});

test('also where a server of models writes its own head before each line', () => {
  const head = '2026-11-02T09:31:07,123 [INFO ] W-9000-m com.amazonaws.ml.mms.wlm.WorkerLifeCycle - ';
  const joined = joinTraces(
    lines(`${head}Traceback (most recent call last):`, `${head}  File "a.py", line 3`, `${head}KeyError: 'x'`, `${head}next`),
  );
  expect(joined).toHaveLength(2);
  expect(patternOf(joined[0]?.message ?? '')).toBe("KeyError: '<text>'");
});

test('what happened while handling goes on', () => {
  const joined = joinTraces(
    lines(
      'Traceback (most recent call last):',
      'KeyError: 1',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "a.py", line 3',
      'ValueError: 2',
      'next',
    ),
  );
  expect(joined).toHaveLength(2);
  expect(patternOf(joined[0]?.message ?? '')).toBe('ValueError: <n>');
});

test('java: called from, caused by', () => {
  const joined = joinTraces(
    lines('java.lang.Exception: x', '\tat a.b.C.d(C.java:1)', 'Caused by: java.io.IOException: y', '\t... 12 more', 'next'),
  );
  expect(joined.map(({ message }) => message.split('\n').length)).toEqual([4, 1]);
});

test('streams are apart, and a trace that never ends is cut', () => {
  const other = { seconds: 101, stream: 'blue/i-2', message: '  indented' };
  const [trace, next, ...endless] = joinTraces([
    ...lines('Traceback (most recent call last):'),
    other,
    ...Array.from({ length: 500 }, () => ({ seconds: 102, stream: 'blue/i-1', message: '  deeper' })),
  ]);
  expect(trace?.message.split('\n')).toHaveLength(200);
  expect(next).toBe(other);
  expect(endless.length).toBe(301);
});

test.each(['1', 'a1', "'", '"', '/a', 'f', '-', '1.', '2026-', ' '])('is quick with a long line of %j', (piece) => {
  const line = piece.repeat(1_000_000 / piece.length);
  const started = performance.now();
  patternOf(line);
  joinTraces(lines(line, line));
  expect(performance.now() - started).toBeLessThan(3000);
});
