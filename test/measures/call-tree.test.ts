import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallNode, callTree, sampledTree, sumOf } from '../../src/measures/call-tree.ts';
import { flameFrames } from '../../src/measures/flame.ts';
import type { PythonFrame, PythonFunction } from '../../src/model/python-profile.ts';

/** Functions from own seconds and seconds of each call; cumulative is what is consistent without recursion. */
function functions(own: Record<string, number>, calls: Record<string, number>): PythonFunction[] {
  const names = Object.keys(own);
  const edges = Object.entries(calls).map(([edge, seconds]) => ({ edge: edge.split('>'), seconds }));
  return names.map((name) => ({
    ...{ name, file: `${name}.py`, line: 1, primitiveCalls: 1, totalCalls: 1, ownSeconds: own[name] ?? 0 },
    cumulativeSeconds: (own[name] ?? 0) + edges.reduce((sum, { edge, seconds }) => sum + (edge[0] === name ? seconds : 0), 0),
    callers: edges
      .filter(({ edge }) => edge[1] === name)
      .map(({ edge: [caller = ''], seconds }) => ({
        ...{ caller: names.indexOf(caller), primitiveCalls: 1, totalCalls: 1, ownSeconds: 0, cumulativeSeconds: seconds },
      })),
  }));
}

/** `a 10(2) b 8(8)` as text: seconds and own seconds, what is called in brackets. */
function told(nodes: readonly CallNode[]): string {
  return nodes
    .map(({ name, seconds, ownSeconds, children }) => {
      const inner = children.length > 0 ? ` [${told(children)}]` : '';
      return `${name} ${Number(seconds.toFixed(3))} own ${Number(ownSeconds.toFixed(3))}${inner}`;
    })
    .join(', ');
}

describe('the tree behind functions and their callers', () => {
  test('time below a function with several callers is shared out in their proportions', () => {
    const shared = functions({ a: 1, b: 1, work: 0, deep: 8 }, { 'a>work': 6, 'b>work': 2, 'work>deep': 8 });
    expect(told(callTree(shared, 60))).toBe('a 7 own 1 [work 6 own 0 [deep 6 own 6]], b 3 own 1 [work 2 own 0 [deep 2 own 2]]');
  });

  test('functions that call each other stand once; what they call has all of its time', () => {
    // PyTorch: _call_impl > forward > _call_impl > conv; each is below itself as well, in the seconds as cProfile counts them.
    const modules = functions(
      { main: 0, impl: 1, block: 1, conv: 8 },
      { 'main>impl': 10, 'impl>block': 9, 'block>impl': 8, 'impl>conv': 8 },
    );
    const tree = callTree(modules, 60);
    expect(told(tree)).toMatch(/^main 10 own 0 \[impl 10 own 1 \[conv 8 own (8|7\.99\d), block 1(\.00\d)? own 1\]\]$/);
  });

  test('a function that calls itself has one frame', () => {
    const recursive = functions({ f: 3, g: 1 }, { 'f>f': 2, 'f>g': 1 }).map((f) =>
      f.name === 'f' ? { ...f, cumulativeSeconds: 4 } : f,
    );
    expect(told(callTree(recursive, 60))).toBe('f 4 own 3 [g 1 own 1]');
  });

  test('where every function has a caller, the longest is the root', () => {
    const circle = functions({ a: 1, b: 3 }, { 'a>b': 5, 'b>a': 5 }).map((f) => ({
      ...f,
      cumulativeSeconds: f.name === 'b' ? 5 : 4.9,
    }));
    expect(told(callTree(circle, 60))).toMatch(/^b 4 own 3\.1\d* \[a 0\.8\d* own 0\.8\d*\]$/);
  });

  test('no functions give no tree', () => {
    expect(callTree([], 60)).toEqual([]);
    expect(callTree(functions({ idle: 0 }, {}), 60)).toEqual([]);
  });
});

const seconds = fc.double({ min: 0, max: 1000, noNaN: true });
const anyFunctions: fc.Arbitrary<PythonFunction[]> = fc.nat(12).chain((size) =>
  fc.array(
    fc.record({
      file: fc.constant('f.py'),
      line: fc.nat(9),
      name: fc.string({ maxLength: 3 }),
      primitiveCalls: fc.nat(9),
      totalCalls: fc.nat(9),
      ownSeconds: seconds,
      cumulativeSeconds: seconds,
      callers: fc.array(
        fc.record({
          caller: fc.nat(size),
          primitiveCalls: fc.nat(9),
          totalCalls: fc.nat(9),
          ownSeconds: seconds,
          cumulativeSeconds: seconds,
        }),
        { maxLength: 5 },
      ),
    }),
    { minLength: size + 1, maxLength: size + 1 },
  ),
);

const anyFrame = fc.memo(
  (depth): fc.Arbitrary<PythonFrame> =>
    fc.record({
      name: fc.string({ maxLength: 3 }),
      file: fc.constant('f.py'),
      line: fc.nat(9),
      seconds: fc.double({ min: -1, max: 10, noNaN: true }),
      children: depth > 1 ? fc.array(anyFrame(), { maxLength: 3 }) : fc.constant([]),
    }),
);

/** Each node is as long as its own time and what it calls, at most; own time is never negative. */
function expectNested(nodes: readonly CallNode[], above: readonly string[] = []): void {
  for (const { name, line, seconds, ownSeconds, children } of nodes) {
    expect(ownSeconds).toBeGreaterThanOrEqual(0);
    expect(sumOf(children) + ownSeconds).toBeLessThanOrEqual(seconds * (1 + 1e-9) + 1e-9);
    expectNested(children, [...above, `${name}:${line}`]);
  }
}

describe('whatever the profile says', () => {
  test('roots add up to the own times of all functions, and nothing is wider than its caller', () => {
    fc.assert(
      fc.property(anyFunctions, (given) => {
        const tree = callTree(given, 60);
        const own = given.reduce((sum, { ownSeconds }) => sum + ownSeconds, 0);
        expect(Math.abs(sumOf(tree) - own)).toBeLessThanOrEqual(1e-6 * own);
        expectNested(tree);
      }),
    );
  });

  test('sampled trees keep the times of their roots', () => {
    fc.assert(
      fc.property(fc.array(anyFrame(4), { maxLength: 3 }), (frames) => {
        const tree = sampledTree(frames);
        expect(sumOf(tree)).toBeCloseTo(
          frames.reduce((sum, frame) => sum + Math.max(0, frame.seconds), 0),
          6,
        );
        expectNested(tree);
      }),
    );
  });

  test('bars lie within the bar of their caller and beside each other', () => {
    fc.assert(
      fc.property(anyFunctions, (given) => {
        const frames = flameFrames(callTree(given, 60));
        const ends: number[] = [];
        const callers: { from: number; to: number }[] = [];
        for (const { depth, startSeconds: from, widthSeconds } of frames) {
          const to = from + widthSeconds;
          const caller = callers[depth - 1] ?? { from: 0, to: Number.POSITIVE_INFINITY };
          const slack = 1e-9 * (1 + to);
          expect(from).toBeGreaterThanOrEqual(Math.max(caller.from, ends[depth] ?? 0) - slack);
          expect(to).toBeLessThanOrEqual(caller.to + slack);
          ends[depth] = to;
          callers[depth] = { from, to };
        }
      }),
    );
  });
});

test('a function with a thousand callees that all call back is cut to what can be drawn, in time', () => {
  const names = Array.from({ length: 1000 }, (_, i) => `f${i}`);
  const own = Object.fromEntries([['hub', 0], ...names.map((name) => [name, 0.001])]);
  const calls = Object.fromEntries(
    names.flatMap((name) => [
      [`hub>${name}`, 1],
      [`${name}>hub`, 1],
    ]),
  );
  const frames = flameFrames(callTree(functions(own, calls), 60));
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.length).toBeLessThanOrEqual(400);
});

test('a chain deeper than is drawn ends there', () => {
  const names = Array.from({ length: 100 }, (_, i) => `f${i}`);
  const own = Object.fromEntries(names.map((name) => [name, 1]));
  const calls = Object.fromEntries(names.slice(1).map((name, i) => [`f${i}>${name}`, 99 - i]));
  const frames = flameFrames(callTree(functions(own, calls), 60));
  expect(frames.map(({ depth }) => depth)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  expect(frames[0]?.widthSeconds).toBeCloseTo(100);
});
