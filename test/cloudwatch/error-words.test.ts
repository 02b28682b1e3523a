import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_WORDS } from '../../src/cloudwatch/log-events.ts';
import { isError } from '../../src/logs/errors.ts';
import { filterPattern } from './filter-pattern.ts';

const passes = filterPattern(ERROR_WORDS);

test.each([
  '2026-11-02 ALERT disk is gone',
  'level=emerg msg=x',
  'EMERG x',
  'PROCESS KILLED',
  'ABORTED by user',
  'FAILURE of all',
  'TIMED OUT after 3 s',
  'return code 3',
  'Returned non-zero status 1',
  'RETURN STATUS: 12',
  '{"level":50,"msg":"x"}',
  '{"levelname": "60"}',
  '{"log.level":"50"}',
  '{"severity": 50}',
  '{"lvl":"dpanic"}',
  '"GET /ping HTTP/1.1" 520 -',
  '"POST /invocations HTTP/1.1" 599 1',
  'E1102 09:31:07.123456 1 x.cc:1] no',
  '[crit] x',
  'torch.cuda.OutOfMemoryError: x',
  'CUDA ERROR, CUDA error',
  'oom_reaper: reaped',
])('CloudWatch gives %s, which is an error', (line) => {
  expect(isError(line)).toBe(true);
  expect(passes(line)).toBe(true);
});

test('CloudWatch gives all that is an error', () => {
  const piece = fc.constantFrom(
    ...[
      'error',
      'err',
      'fatal',
      'critical',
      'crit',
      'severe',
      'emerg',
      'emergency',
      'alert',
      'panic',
      'dpanic',
      'failed',
      'failure',
    ],
    ...[
      'exception',
      'aborted',
      'killed',
      'timed out',
      'exited',
      'returned',
      'return',
      'with',
      'non-zero',
      'exit',
      'code',
      'status',
    ],
    ...[
      'Traceback (most recent call last)',
      'ValueError: ',
      'Caused by: ',
      'Exception in thread',
      'panic: ',
      'Segmentation fault',
    ],
    ...['core dumped', 'SIGSEGV', 'SIGABRT', 'SIGKILL', 'Out of memory', 'OutOfMemory', 'OOM-kill', 'OOM Kill', 'oom_reaper'],
    ...[
      'Cannot allocate memory',
      'CUDA error',
      'NCCL error',
      'NCCL WARN',
      'cuDNN error',
      '" 500 1',
      '" 599 -',
      'E1102 09:31',
      'F0101 00:00',
    ],
    ...[
      '{',
      '"level"',
      '"levelname"',
      '"log.level"',
      '"severity"',
      '"lvl"',
      '"loglevel"',
      ':',
      ': ',
      '50',
      '"60"',
      'level=',
      'lvl="',
      '[',
      ']',
    ],
    ...['1', '-3', ' = ', ':', 'INFO', 'x', ' ', '\n'],
  );
  const cased = fc.tuple(piece, fc.constantFrom(0, 1, 2, 3)).map(([text, how]) => {
    if (how === 0) return text.toUpperCase();
    return how === 1 ? text.replace(/[a-z]/, (letter) => letter.toUpperCase()) : text;
  });
  const line = fc
    .tuple(fc.array(cased, { maxLength: 6 }), fc.constantFrom('', ' '))
    .map(([words, between]) => words.join(between));
  fc.assert(
    fc.property(line, (text) => {
      if (isError(text)) expect(passes(text)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});
