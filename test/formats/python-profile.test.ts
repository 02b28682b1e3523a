import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPythonProfile } from '../../src/formats/python-profile.ts';
import { pythonDumps, smallDump } from '../python-profiles.ts';
import { hasShared, shared } from '../shared.ts';

const FOLDER =
  'framework/pytorch/cprofile/47-algo-2/train-6-forwardpassend-1682903400205520.8_train-7-stepstart-1682903400483592.5';
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const pyinstrument = (value: unknown) => readPythonProfile({ path: `${FOLDER}/python_stats.json`, bytes: json(value) });

describe.skipIf(!hasShared)('real profiles', () => {
  const paths = hasShared ? globSync(`${shared('samples')}/**/python_stats`) : [];

  test('are read as Python reads them: functions, counts, times, callers', () => {
    expect(paths).toHaveLength(45);
    const expected = pythonDumps(paths);
    for (const [i, path] of paths.entries()) {
      const { profile, damage } = readPythonProfile({ path, bytes: readFileSync(path) });
      expect(damage).toEqual([]);
      const functions = profile?.functions ?? [];
      const asPython = functions.map((f) => [
        ...[f.file, f.line, f.name, f.primitiveCalls, f.totalCalls, f.ownSeconds, f.cumulativeSeconds],
        f.callers.map((c) => {
          const { file, line, name } = functions[c.caller] ?? {};
          return [file, line, name, c.totalCalls, c.primitiveCalls, c.ownSeconds, c.cumulativeSeconds];
        }),
      ]);
      expect(asPython).toEqual(expected[i]);
    }
  });

  test('cut or changed anywhere they give no profile or a whole one, and never throw', () => {
    const bytes = readFileSync(paths.find((path) => path.includes('train-9-stepstart')) as string);
    const path = `${FOLDER}/python_stats`;
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const changed = cut ? bytes.subarray(0, at) : bytes.with(at, value);
        const { profile, damage } = readPythonProfile({ path, bytes: changed });
        expect(profile === undefined ? damage.length : profile.functions.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

test('worker and span come from the folder', () => {
  const { profile } = readPythonProfile({ path: `${FOLDER}/python_stats`, bytes: smallDump() });
  expect(profile).toMatchObject({
    framework: 'pytorch',
    profiler: 'cProfile',
    worker: 'algo-2-47',
    start: { mode: 'train', step: 6, phase: 'forwardpassend', micros: 1682903400205520.8 },
    end: { mode: 'train', step: 7, phase: 'stepstart', micros: 1682903400483592.5 },
  });
  expect(profile?.functions.find(({ name }) => name === 'recursive')).toMatchObject({ primitiveCalls: 1, totalCalls: 6 });
});

test.each([
  ['prestepzero-*-start-10_train-0-stepstart-20.5', { mode: 'prestepzero', phase: 'start', micros: 10 }],
  ['posthookclose-*-start-30_posthookclose-*-end-40', { mode: 'posthookclose', phase: 'start', micros: 30 }],
  ['anything', undefined],
  ['train-1-stepstart-10_train-2', undefined],
])('span %s', (span, start) => {
  const path = `framework/pytorch/cprofile/1-algo-1/${span}/python_stats`;
  const { profile } = readPythonProfile({ path, bytes: smallDump() });
  expect(profile?.worker).toBe('algo-1-1');
  expect(profile?.start).toEqual(start);
});

test.each([
  ['3', { mode: 'global', step: 3, phase: 'start', micros: 15.5 }],
  ['-1', { mode: 'prestepzero', phase: 'start', micros: 15.5 }],
])('folders of mid-2020 name times, worker and step %s', (step, start) => {
  const path = `profiler-output/framework/tensorflow/cProfile/15.5_20.0_151-algo-1_${step}/python_stats`;
  const { profile } = readPythonProfile({ path, bytes: smallDump() });
  expect(profile).toMatchObject({
    framework: 'tensorflow',
    worker: 'algo-1-151',
    start,
    end: { ...start, phase: 'end', micros: 20 },
  });
});

describe('pyinstrument', () => {
  test('a tree of frames', () => {
    const leaf = { function: 'b', file_path_short: 'b.py', file_path: '/x/b.py', line_no: 4, time: 0.5, children: [] };
    const { profile, damage } = pyinstrument({
      root_frame: { function: 'a', file_path: '/x/a.py', line_no: 1, time: 2, children: [leaf] },
    });
    expect(damage).toEqual([]);
    expect(profile).toMatchObject({ profiler: 'pyinstrument', worker: 'algo-2-47', functions: [] });
    expect(profile?.root).toEqual({
      name: 'a',
      file: '/x/a.py',
      line: 1,
      seconds: 2,
      children: [{ name: 'b', file: '/x/b.py', line: 4, seconds: 0.5, children: [] }],
    });
  });

  test('no frames after a fault of the profiler', () => {
    const { profile, damage } = pyinstrument({ root_frame: null });
    expect(profile).toBeDefined();
    expect(profile?.root).toBeUndefined();
    expect(damage).toMatchObject([{ kind: 'empty file', node: 'algo-2-47' }]);
  });

  test('frames deeper than Python goes are left out and counted', () => {
    const deep = (depth: number): string => '{"function":"f","time":1,"children":['.repeat(depth) + ']}'.repeat(depth);
    const bytes = new TextEncoder().encode(`{"root_frame":${deep(50_000)}}`);
    const { profile, damage } = readPythonProfile({ path: `${FOLDER}/python_stats.json`, bytes });
    expect(profile?.root?.children).toHaveLength(1);
    expect(damage).toMatchObject([{ kind: 'events left out', count: 1 }]);
  });
});

test.each([
  ['an empty file', 'python_stats', '', 'empty'],
  ['no dictionary', 'python_stats', 'N', 'no table of functions'],
  ['a file cut off', 'python_stats', '{)', 'the file ends in the middle of a value at byte 2'],
  ['JSON cut off', 'python_stats.json', '{"root_frame": {', 'cannot be read'],
  ['JSON of something else', 'python_stats.json', '[]', 'no root_frame'],
  ['a frame without time', 'python_stats.json', '{"root_frame": {"function": "f"}}', 'lacks its function, time'],
])('%s is told, with what is wrong', (_, name, text, message) => {
  const bytes = new TextEncoder().encode(text);
  const { profile, damage } = readPythonProfile({ path: `${FOLDER}/${name}`, bytes });
  expect(profile).toBeUndefined();
  expect(damage).toMatchObject([{ file: `${FOLDER}/${name}`, count: 1, detail: expect.stringContaining(message) }]);
});

test('functions that share one forged list of callers do not multiply it', () => {
  const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
  const int = (value: number) => [...ascii('i'), value & 255, value >> 8, 0, 0];
  const zeros = [0, 0, 0, 0].flatMap(int);
  const name = ascii('r\0\0\0\0');
  const place = (line: number) => [...ascii(')\x03'), ...name, ...int(line), ...name];
  const forged = (count: number) => {
    const rest = Array.from({ length: count - 1 }, (_, i) => i + 1);
    const callers = [0, ...rest].flatMap((line) => [...place(line), ...ascii(')\x04'), ...zeros]);
    const first = [...ascii(')\x03\xda\x01f'), ...int(0), ...name, ...ascii(')\x05'), ...zeros, ...ascii('\xfb'), ...callers];
    const others = rest.flatMap((line) => [...place(line), ...ascii(')\x05'), ...zeros, ...ascii('r\x01\0\0\0')]);
    const bytes = Uint8Array.from([...ascii('{'), ...first, ...ascii('0'), ...others, ...ascii('0')]);
    return readPythonProfile({ path: `${FOLDER}/python_stats`, bytes });
  };
  expect(forged(3).profile?.functions.map(({ callers }) => callers.length)).toEqual([3, 3, 3]);
  expect(forged(3000).damage[0]?.detail).toContain('more callers than bytes');
});
