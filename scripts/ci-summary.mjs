// Prints `N passed, N failed, N skipped` from the test runner's results; a test file that did not load counts as one failure.
import { existsSync, readFileSync } from 'node:fs';

const file = 'test-results/vitest.json';
const { testResults: files } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
if (files.length === 0) console.log('The test runner left no results.');

const tests = files.flatMap((file) => file.assertionResults);
const count = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
const unloaded = files.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
);
console.log(
  `${count('passed')} passed, ${count('failed') + unloaded.length} failed, ${count('skipped', 'pending', 'todo', 'disabled')} skipped`,
);
