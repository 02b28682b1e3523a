import { expect, test } from 'vitest';
import { isError } from '../../src/logs/errors.ts';

test.each([
  '2026-11-02 09:31:07,123 ERROR root: could not read the model',
  'ERROR:root:could not read',
  '[2026-11-02 09:31:07 +0000] [12] [ERROR] Exception in worker process',
  '2026-11-02T09:31:07Z CRITICAL app - down',
  '[ERROR] 2026-11-02 09:31:07 com.amazonaws.ml.mms.wlm.WorkerThread - Backend worker died',
  '{"level":"error","msg":"no answer"}',
  '{"ts":1,"severity": "CRITICAL","msg":"x"}',
  '{"level":50,"msg":"x"}',
  'time="x" level=error msg="no answer"',
  'E1102 09:31:07.123456 123 server.cc:12] cannot bind',
  'F1102 09:31:07.123456 123 server.cc:12] check failed',
  '2026/11/02 09:31:07 [error] 12#12: *1 upstream prematurely closed connection',
  '2026/11/02 09:31:07 [crit] 12#12: x',
  'Traceback (most recent call last):',
  'ValueError: shapes do not match',
  'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB',
  'java.lang.NullPointerException: x',
  'java.lang.OutOfMemoryError: Java heap space',
  'Exception in thread "main" java.lang.IllegalStateException',
  '[INFO ] W-9000-model_1 com.amazonaws.ml.mms.wlm.WorkerLifeCycle - KeyError: "x"',
  '169.254.178.2 - - [02/Nov/2026:09:31:07 +0000] "POST /invocations HTTP/1.1" 500 290 "-" "AHC/2.0"',
  'panic: runtime error: index out of range',
  'Segmentation fault (core dumped)',
  'Worker exited with code 137',
  'Failed to load the model',
  'Error: cannot find module',
  'upload failed: s3://a to /b',
  '\u0000ERROR',
])('tells an error: %s', (line) => {
  expect(isError(line)).toBe(true);
});

test.each([
  '2026-11-02 09:31:07,123 INFO root: no error',
  'INFO: done, 0 errors',
  '0 errors',
  'finished with no errors',
  'error_rate=0',
  'error_rate: 0.02',
  'errors: 0, warnings: 2',
  '[10]#011train-error:0.31',
  '[10] validation-error:0.02',
  'mean squared error: 0.31',
  'error=0.3',
  'failed=0 passed=12',
  '{"level":"info","msg":"no error found"}',
  '{"level":30,"error":null}',
  'level=info msg="error handler set"',
  'I1102 09:31:07.123456 123 server.cc:12] errors are written to stderr',
  '2026/11/02 09:31:07 [warn] 12#12: conf',
  'WARNING: retrying after a failed attempt',
  '169.254.178.2 - - [02/Nov/2026:09:31:07 +0000] "GET /ping HTTP/1.1" 200 0',
  'Process exited with code 0',
  'exit status: 0',
  'Epoch 3: loss 0.2',
  'import errors.handlers',
  'using --error-log /dev/stderr',
  '',
])('tells no error: %s', (line) => {
  expect(isError(line)).toBe(false);
});

test.each(['error ', 'A', 'a.', 'no ', '[', 'Error', '0 ', '\t', 'exit '])('is quick with a long line of %j', (piece) => {
  const line = piece.repeat(1_000_000 / piece.length);
  const started = performance.now();
  isError(line);
  expect(performance.now() - started).toBeLessThan(3000);
});
