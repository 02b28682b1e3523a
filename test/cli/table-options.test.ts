import { expect, test } from 'vitest';
import { readTableOptions } from '../../src/cli/table-options.ts';
import { TABLE_NAMES } from '../../src/tables/table.ts';

const read = (options: object) => readTableOptions({ bands: '10,90', ...options });

test('nothing asked for: all tables, all times, the usual bands', () => {
  expect(read({})).toEqual({
    tables: TABLE_NAMES,
    window: { startSeconds: Number.NEGATIVE_INFINITY, endSeconds: Number.POSITIVE_INFINITY },
    bands: [10, 90],
  });
});

test('tables keep their order, whichever the list has', () => {
  expect(read({ tables: ' Steps, system' }).tables).toEqual(['system', 'steps']);
});

test.each([
  ['1700000000', 1_700_000_000],
  ['1700000000.5', 1_700_000_000.5],
  ['2023-11-14', 1_699_920_000],
  ['2023-11-14T22:13', 1_699_999_980],
  ['2023-11-14 22:13:20', 1_700_000_000],
  ['2023-11-14T22:13:20.000123Z', 1_700_000_000.000123],
  ['2023-11-14T23:13:20+01:00', 1_700_000_000],
])('%s is a time', (text, seconds) => {
  expect(read({ from: text }).window.startSeconds).toBe(seconds);
});

test('steps of any mode, or of one', () => {
  expect(read({ steps: '5-10' }).steps).toEqual({ from: 5, to: 10 });
  expect(read({ steps: 'eval:0-1' }).steps).toEqual({ mode: 'EVAL', from: 0, to: 1 });
});

test('instants and intervals go into one list', () => {
  expect(read({ at: '5, 7', between: '1/2,3/3' }).intervals).toEqual([
    { startSeconds: 5, endSeconds: 5 },
    { startSeconds: 7, endSeconds: 7 },
    { startSeconds: 1, endSeconds: 2 },
    { startSeconds: 3, endSeconds: 3 },
  ]);
});

test.each([
  [{ tables: 'system,stuff' }, /^--tables "system,stuff": "stuff" is none of system, framework, /],
  [{ tables: '' }, /^--tables "": "" is none of system, /],
  [{ from: 'yesterday' }, /^--from "yesterday" is no time: write seconds since 1970 or a date and time such as /],
  [{ to: '2023-13-40' }, /^--to "2023-13-40" is no time/],
  [{ from: '20', to: '10' }, /^--from 20 is later than --to 10: turn them around\.$/],
  [{ steps: '5' }, /^--steps "5" is no range: write it as 5-10 or train:5-10, the smaller number first\.$/],
  [{ steps: '7-7' }, /^--steps "7-7" is no range/],
  [{ steps: '1-2', from: '3' }, /^--steps names a time by itself: leave --from and --to out\.$/],
  [{ at: '1,soon' }, /^--at "soon" is no time/],
  [{ between: '1' }, /^--between "1" is no interval: write its begin and end as <begin>\/<end>\.$/],
  [{ between: '5/1' }, /^--between "5\/1" ends before it begins: turn it around\.$/],
  [{ bands: '90,10' }, /^--bands "90,10" are no limits: write percents from 0 to 100 in rising order, such as 10,90\.$/],
  [{ bands: 'a' }, /^--bands "a" are no limits/],
])('%j is refused', (options, message) => {
  expect(() => read(options)).toThrow(message);
});
