// The last line of CI: what the test runner counted.
import { testCounts } from './test-counts.mjs';

console.log(testCounts());
