import { expect, test } from 'vitest';
import { addFrames, addFunctions, topFunctions, totalSeconds } from '../../src/measures/python-functions.ts';
import type { PythonFunction } from '../../src/model/python-profile.ts';

const amounts = (calls: number, seconds: number) => ({
  primitiveCalls: calls,
  totalCalls: calls,
  ownSeconds: seconds,
  cumulativeSeconds: seconds,
});
const place = (name: string) => ({ name, file: 'a.py', line: 1 });

const first: PythonFunction[] = [
  { ...place('main'), ...amounts(1, 1), callers: [] },
  { ...place('work'), ...amounts(3, 6), callers: [{ caller: 0, ...amounts(3, 6) }] },
];
// The same functions in another order, and one more caller.
const second: PythonFunction[] = [
  {
    ...place('work'),
    ...amounts(4, 2),
    callers: [
      { caller: 1, ...amounts(1, 0.5) },
      { caller: 2, ...amounts(3, 1.5) },
    ],
  },
  { ...place('other'), ...amounts(1, 0.25), callers: [] },
  { ...place('main'), ...amounts(1, 0.75), callers: [] },
];

test('profiles are added up function by function, wherever these stand in their files', () => {
  const sum = addFunctions([{ functions: first }, { functions: second }]);
  expect(sum).toEqual([
    { ...place('main'), ...amounts(2, 1.75), callers: [] },
    {
      ...place('work'),
      ...amounts(7, 8),
      callers: [
        { caller: 0, ...amounts(6, 7.5) },
        { caller: 2, ...amounts(1, 0.5) },
      ],
    },
    { ...place('other'), ...amounts(1, 0.25), callers: [] },
  ]);
  expect(totalSeconds(sum)).toBe(10);
});

test('the function table is led by own time and tells who called how often', () => {
  const [top, ...rest] = topFunctions(addFunctions([{ functions: first }, { functions: second }]), 2);
  expect(top).toMatchObject({ name: 'work', ownSeconds: 8, totalCalls: 7 });
  expect(top?.callers.map(({ name, share }) => `${name} ${share.toFixed(1)}`)).toEqual(['main 85.7', 'other 14.3']);
  expect(rest).toHaveLength(1);
});

test('sampled trees are added up below equal callers', () => {
  const leaf = (seconds: number) => ({ ...place('leaf'), seconds, children: [] });
  const tree = (seconds: number) => ({ ...place('main'), seconds: seconds + 1, children: [leaf(seconds)] });
  expect(addFrames([tree(1), tree(2), leaf(5)])).toEqual([{ ...place('main'), seconds: 5, children: [leaf(3)] }, leaf(5)]);
});
