import { existsSync, readFileSync } from 'node:fs';

/** `N passed, N failed, N skipped` from the test runner's results; a test file that did not load counts as one failure. */
export function testCounts(file = 'test-results/vitest.json') {
  const { testResults: files } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  const unloaded = files.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const skipped = count('skipped', 'pending', 'todo', 'disabled');
  return `${count('passed')} passed, ${count('failed') + unloaded.length} failed, ${skipped} skipped`;
}
