import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { reportFailure } from '../../src/cli/failure.ts';
import { UsageError } from '../../src/model/errors.ts';

function told(error: unknown, env: Record<string, string> = {}): { code: number; stderr: string } {
  const stderr = new PassThrough({ encoding: 'utf8' });
  const code = reportFailure(error, { stdout: new PassThrough(), stderr, env });
  return { code, stderr: stderr.read() };
}

test('wrong use is one line, whatever is in it', () => {
  expect(told(new UsageError('no\n  such\u001b[2J \u202eplace'))).toEqual({
    code: 2,
    stderr: 'profiler-report: no such\\u001b[2J \\u202eplace\n',
  });
});

test('anything else is our fault, and says how to tell us', () => {
  const line = 'profiler-report: this is a bug of profiler-report, please report it:';
  const hint = 'Run it again with PROFILER_REPORT_DEBUG=1 and report what it prints.';
  expect(told(new TypeError('x is not a function'))).toEqual({ code: 3, stderr: `${line} x is not a function. ${hint}\n` });
  expect(told('thrown text')).toEqual({ code: 3, stderr: `${line} thrown text. ${hint}\n` });
});

test.each([[{ PROFILER_REPORT_DEBUG: '1' }], [{ DEBUG: '*' }]])('a stack comes with %j, of the cause as well', (env) => {
  const { code, stderr } = told(new UsageError('no such place.', { cause: new Error('ENOENT') }), env);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^profiler-report: no such place\.\nUsageError: no such place\.\n {4}at [\s\S]+\ncaused by Error: ENOENT\n {4}at /,
  );
});
