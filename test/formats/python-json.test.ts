import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePythonJson } from '../../src/formats/python-json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('parsePythonJson', () => {
  test('reads the tokens JSON lacks as null and counts them', () => {
    expect(parsePythonJson(bytes('{"a": NaN, "b": [Infinity, -Infinity, -1.5], "c": "x"}'))).toEqual({
      value: { a: null, b: [null, null, -1.5], c: 'x' },
      nonFinite: 3,
    });
  });

  test('leaves such words alone inside strings, also behind escaped quotes', () => {
    const text = String.raw`{"NaN": "Infinity \" NaN", "\\": NaN, "x\\\"": "-Infinity"}`;
    expect(parsePythonJson(bytes(text))).toEqual({
      value: { NaN: 'Infinity " NaN', '\\': null, 'x\\"': '-Infinity' },
      nonFinite: 1,
    });
  });

  test('refuses a file that is cut off, with and without such tokens', () => {
    expect(() => parsePythonJson(bytes('{"a": [1, 2'))).toThrow(SyntaxError);
    expect(() => parsePythonJson(bytes('{"a": NaN, "b": "'))).toThrow(SyntaxError);
  });

  test('reads whatever JSON.stringify writes, with NaN put among it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const parsed = parsePythonJson(bytes(`[NaN, ${text}]`));
        expect(parsed).toEqual({ value: [null, JSON.parse(text)], nonFinite: 1 });
      }),
    );
  });

  test('skips a string of 20 MB', () => {
    const long = 'x'.repeat(20_000_000);
    expect(parsePythonJson(bytes(`{"${long}": NaN}`)).value).toEqual({ [long]: null });
  });
});
