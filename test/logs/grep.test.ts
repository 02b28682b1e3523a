import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grepLines, grepOf } from '../../src/logs/grep.ts';

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
  ['(a)\\1', 'could take for ever: leave out what looks ahead'],
  ['a(?=b)', 'could take for ever'],
  ['(?<!a)b', 'could take for ever'],
  ['(a{1,99}){1,99}', 'could take for ever'],
  ['password=Sesame1', '--grep holds what looks like a secret'],
])('says in one line what is wrong with %j', (pattern, message) => {
  expect(() => found(pattern)).toThrow(message);
});

test.each(['(a+)b+', '[(a+)+]+', '\\(a+\\)+', '(abc)+', '(?:a|b)c*', '(a|b){3}', 'password=\\S+', 'token'])(
  'takes %s',
  (pattern) => {
    expect(() => found(pattern)).not.toThrow();
  },
);

test.each(['(a+)+$', '(a|aa)*b', '((a+)b?){2,}', 'a*a*a*a*a*a*b', '(\\w+\\s?){20}$', '(a?){28}a{28}b', '(.*)(.*)(.*)(.*)(.*)z'])(
  'is quick with %s on long lines that nearly match',
  (pattern) => {
    const matches = grepOf(pattern);
    const started = performance.now();
    for (let i = 0; i < 20; i++) matches('a'.repeat(50_000 + i));
    expect(performance.now() - started).toBeLessThan(5000);
  },
);

test('finds what a regular expression of JavaScript finds', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '\\d',
    '[ab]',
    '[^a]',
    '\\b',
    '^',
    '$',
    '\\.',
    '(a|b1)',
    '(?:b|)',
    '(?<n>a1)',
    '[\\]a]',
    '{',
  );
  const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '*?');
  const pattern = fc.array(fc.tuple(atom, times), { minLength: 1, maxLength: 5 }).map((parts) => parts.flat().join(''));
  const whole = fc.oneof(
    pattern,
    fc.tuple(pattern, pattern).map(([one, other]) => `(${one}|${other})+${one}`),
  );
  fc.assert(
    fc.property(whole, fc.string({ unit: fc.constantFrom(...'ab1. ]{\n'), maxLength: 12 }), (source, text) => {
      let expected: RegExp;
      try {
        expected = new RegExp(source);
      } catch {
        fc.pre(false);
        return;
      }
      expect(grepOf(source)(text)).toBe(expected.test(text));
    }),
    { numRuns: 5000 },
  );
});
