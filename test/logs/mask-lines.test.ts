import { expect, test } from 'vitest';
import { lineMasker } from '../../src/logs/mask-lines.ts';

const masked = (...lines: readonly string[]) =>
  lines
    .map((line) => ({ seconds: 1, stream: line.startsWith('b:') ? 'b' : 'a', message: line.replace(/^b:/, '') }))
    .map(lineMasker())
    .map(({ message }) => message);

test('masks a private key over the lines of its stream, up to its end', () => {
  const key = [
    '-----BEGIN RSA PRIVATE KEY-----',
    'b:started',
    `MIIE${'vQIBADANBgkqhkiG9w0B'}`.repeat(3),
    'c2hvcnQ=',
    'worker died',
  ];
  const rest = ['-----END RSA PRIVATE KEY-----', 'c2hvcnQ='];
  const expected = [
    '[masked: beginning of a private key]',
    'started',
    '[masked: encoded text]',
    '[masked: private key]',
    'worker died',
    ...rest,
  ];
  expect(masked(...key, ...rest)).toEqual(expected);
  expect(masked(...expected.map((line, i) => (i === 1 ? `b:${line}` : line)))).toEqual(expected);
});

test('a private key without its end does not go on for ever', () => {
  const lines = masked('-----BEGIN PRIVATE KEY-----', ...Array.from({ length: 300 }, () => 'c2hvcnQ='));
  expect(lines.filter((line) => line.includes('masked'))).toHaveLength(151);
});

test('masks names of streams', () => {
  const [line] = [{ seconds: 1, stream: 'a/password=Sesame1', message: 'x' }].map(lineMasker());
  expect(line?.stream).toBe('a/password=[masked: password]');
});
