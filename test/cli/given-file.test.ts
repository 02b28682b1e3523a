import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpacked } from '../../src/cli/given-file.ts';

test('what is packed is unpacked, but no more than can be read', () => {
  const bytes = new TextEncoder().encode('{"a": 1}'.repeat(10_000));
  expect(unpacked('a.json', bytes)).toBe(bytes);
  expect([...unpacked('a.gz', gzipSync(bytes))]).toEqual([...bytes]);
  expect(() => unpacked('a.gz', gzipSync(bytes), 1000)).toThrow('a.gz holds more than 512 MB: fetch a shorter time.');
});
