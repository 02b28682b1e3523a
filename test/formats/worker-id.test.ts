import { expect, test } from 'vitest';
import { workerId } from '../../src/formats/worker-id.ts';

test('host first, then rank or process; other ids stay', () => {
  expect(['27-algo-1', '0-algo-12', '1234-testhost', 'algo-1', 'a-b-algo-3'].map(workerId)).toEqual([
    'algo-1-27',
    'algo-12-0',
    '1234-testhost',
    'algo-1',
    'algo-3-a-b',
  ]);
});
