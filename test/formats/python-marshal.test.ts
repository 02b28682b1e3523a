import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MarshalError, readMarshal } from '../../src/formats/python-marshal.ts';
import { plainMarshals, smallDump } from '../python-profiles.ts';

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each([0, 1, 2, 3, 4])('reads plain data of version %i as Python wrote it', (version) => {
  const [bytes] = plainMarshals([version]) as [Uint8Array];
  const read = readMarshal(bytes) as Map<unknown, unknown>;
  const place = ['file.py', 7, 'naïve \u{1f40d}'];
  expect([...read.keys()]).toEqual([place, ['ref', place]]);
  const [numbers, others] = [...read.values()] as [unknown[], unknown[]];
  expect(numbers).toEqual([1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 40, -(2 ** 52), 0.1, -1e300, true, false, null]);
  expect(others.map((value) => (value instanceof Uint8Array ? [...value] : value))).toEqual([
    place,
    [0, 255],
    '',
    'x'.repeat(300),
    Array.from({ length: 300 }, (_, i) => i),
  ]);
});

test('what the file points at twice is one object', () => {
  // A tuple of a remembered tuple and a reference to it.
  const [first, second] = readMarshal(ascii(')\x02\xa9\x01Nr\0\0\0\0')) as [unknown, unknown];
  expect(first).toEqual([null]);
  expect(second).toBe(first);
});

describe('a damaged or forged file ends in one kind of error', () => {
  test('cut at every byte', () => {
    const whole = smallDump();
    expect(readMarshal(whole)).toBeInstanceOf(Map);
    for (let length = 0; length < whole.length; length++) {
      expect(() => readMarshal(whole.subarray(0, length)), `${length} bytes`).toThrow(MarshalError);
    }
  });

  test.each([
    ['a tuple of two thousand million items', '(\xff\xff\xff\x7f', 'a sequence is longer than the file at byte 5'],
    ['a tuple of fewer than no items', '(\xff\xff\xff\xff', 'longer than the file'],
    ['a text as long', 'u\xff\xff\xff\x7f', 'the file ends in the middle of a value'],
    ['a number of as many digits', 'l\xff\xff\xff\x7f', 'the file ends'],
    ['tuples in tuples', ')\x01'.repeat(100_000), 'too deep'],
    ['a reference to nothing', 'r\x05\0\0\0', 'points nowhere'],
    ['a tuple that holds itself', '\xa9\x01r\0\0\0\0', 'points nowhere'],
    ['code', 'c\0\0\0\0', 'a kind that is not read ("c") at byte 0'],
  ])('%s', (_, bytes, message) => {
    expect(() => readMarshal(ascii(bytes))).toThrow(message);
  });

  test('a dictionary that holds itself is read as such', () => {
    const read = readMarshal(ascii('\xfbNr\0\0\0\x000')) as Map<unknown, unknown>;
    expect(read.get(null)).toBe(read);
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readMarshal(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MarshalError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
