import { expect, test } from 'vitest';
import { grepLines } from '../../src/logs/grep.ts';

const lines = ['model loaded', 'Model failed: code 12', 'a'.repeat(50_000)].map((message) => ({ message }));
const found = (pattern: string) => grepLines(lines, pattern).map(({ message }) => message.slice(0, 5));

test('finds plain text and regular expressions', () => {
  expect(found('loaded')).toEqual(['model']);
  expect(found('[mM]odel .*(load|fail)ed')).toEqual(['model', 'Model']);
  expect(found('code \\d+$')).toEqual(['Model']);
  expect(found('nothing')).toEqual([]);
});

test.each([
  ['', '--grep is empty'],
  ['(', "--grep '(' is no regular expression (Unterminated group)"],
  ['(a+)+$', 'could take for ever'],
  ['(a|aa)*b', 'could take for ever'],
  ['((a+)b?){2,}', 'could take for ever'],
])('says in one line what is wrong with %j', (pattern, message) => {
  expect(() => found(pattern)).toThrow(message);
});

test.each(['(a+)b+', '[(a+)+]+', '\\(a+\\)+', '(abc)+', '(?:a|b)c*', '(a|b){3}'])('takes %s', (pattern) => {
  expect(() => found(pattern)).not.toThrow();
});

test('comes to an end on a long line', () => {
  const started = performance.now();
  found('a*a*b');
  expect(performance.now() - started).toBeLessThan(20_000);
});
