import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readPythonProfile } from '../../src/formats/python-profile.ts';
import { jobFacts } from '../../src/measures/job-facts.ts';
import type { PythonProfile } from '../../src/model/python-profile.ts';
import type { RuleOutput } from '../../src/model/rule-output.ts';
import { pythonProfiles } from '../../src/sections/python-profiles.ts';
import { hasShared, shared } from '../shared.ts';
import { smallRun } from '../small-run.ts';

function sectionOf(profiles: readonly PythonProfile[]) {
  const nothing = { source: '/job', folder: '', reports: {}, files: new Map(), inputs: [], problems: [] };
  const output: RuleOutput = { ...nothing, analysis: { run: { ...smallRun({}), profiles }, mode: 'fixed', issues: new Map() } };
  return pythonProfiles(jobFacts(output));
}

const amounts = (calls: number, own: number, cumulative: number) => ({
  primitiveCalls: calls,
  totalCalls: calls,
  ownSeconds: own,
  cumulativeSeconds: cumulative,
});

function profile(start: string, end: string, worker = 'algo-1-27', step = 1): PythonProfile {
  return {
    path: `framework/pytorch/cprofile/${worker}/${start}-${end}/python_stats`,
    framework: 'pytorch',
    profiler: 'cProfile',
    worker,
    start: { mode: start, ...(start === 'train' ? { step } : {}), phase: 'start', micros: 1_700_000_000_000_000 },
    end: { mode: end, step: step + 1, phase: 'stepstart', micros: 1_700_000_002_000_000 },
    functions: [
      { name: 'main', file: '/x/train.py', line: 3, ...amounts(1, 0.5, 2), callers: [] },
      { name: '<method \u202e>', file: '~', line: 0, ...amounts(9, 1.5, 1.5), callers: [{ caller: 0, ...amounts(9, 1.5, 1.5) }] },
    ],
  };
}

test('no profiles, no section', () => {
  expect(sectionOf([])).toBeUndefined();
});

test('profiles of one part of the job are added up over workers: one graph, one table, a row for each profile', () => {
  const section = sectionOf([profile('train', 'train'), profile('train', 'train', 'algo-2-30', 4)]);
  const [sum, chart, functions, note, list] = section?.blocks ?? [];
  expect(sum).toMatchObject({ text: 'The sum of 2 profiles of 2 workers, together 4 s.' });
  expect(chart).toMatchObject({
    chart: {
      kind: 'flame',
      alt: 'Training loop, train: 4 s in Python, most of its own in <method \\u202e> (3 s) and main (1 s); the 2 widest frames of the call tree.',
      frames: [
        { label: 'main', place: '/x/train.py:3', depth: 0, startSeconds: 0, widthSeconds: 4, ownSeconds: 1 },
        { label: '<method \\u202e>', place: 'built-in', depth: 1, startSeconds: 0, widthSeconds: 3, ownSeconds: 3 },
      ],
    },
  });
  expect(functions).toMatchObject({
    table: {
      rows: [
        ['<method \\u202e>', 3, 75, 3, 18, 18, 'main 100 %', 'built-in'],
        ['main', 1, 25, 4, 2, 2, '', '/x/train.py:3'],
      ],
    },
  });
  expect(note).toMatchObject({ kind: 'note' });
  expect(list).toMatchObject({
    table: {
      rows: [
        ['algo-1-27', 'cProfile', 'train, step 1, start', 'train, step 2, stepstart', '2023-11-14 22:13:20 UTC', 2, 2],
        ['algo-2-30', 'cProfile', 'train, step 4, start', 'train, step 5, stepstart', '2023-11-14 22:13:20 UTC', 2, 2],
      ],
    },
  });
});

test('each part of the job has a panel: start, loop by modes, end', () => {
  const section = sectionOf([
    ...[profile('train', 'train'), profile('train', 'eval'), profile('train', 'train', 'algo-2-30')],
    ...[profile('prestepzero', 'train'), profile('posthookclose', 'posthookclose')],
  ]);
  const [panels] = section?.blocks ?? [];
  expect(panels).toMatchObject({
    kind: 'panels',
    panels: [
      { title: 'Training loop, train' },
      { title: 'Training loop, train to eval' },
      { title: 'Initialization' },
      { title: 'Finalization' },
    ],
  });
});

test('sampled profiles have their own graph and no function table', () => {
  const { functions: _, ...rest } = profile('train', 'train');
  const leaf = { name: 'work', file: '/x/w.py', line: 9, seconds: 1, children: [] };
  const root = { name: 'main', file: '/x/train.py', line: 3, seconds: 1.5, children: [leaf] };
  const failed: PythonProfile = { ...rest, profiler: 'pyinstrument', functions: [] };
  const section = sectionOf([{ ...failed, root }, failed]);
  expect(section?.blocks.map(({ kind }) => kind)).toEqual(['text', 'chart', 'table']);
  expect(section?.blocks[1]).toMatchObject({
    chart: {
      frames: [
        { label: 'main', widthSeconds: 1.5 },
        { label: 'work', depth: 1 },
      ],
    },
  });
  expect(sectionOf([failed])?.blocks.map(({ kind }) => kind)).toEqual(['text', 'table']);
});

describe.skipIf(!hasShared)('a real job', () => {
  const profiles = () =>
    globSync(`${shared('samples/two-node-pytorch')}/**/python_stats`).flatMap(
      (path) => readPythonProfile({ path, bytes: readFileSync(path) }).profile ?? [],
    );

  test('what takes most time of its own is as wide in the graph as in the table', () => {
    const section = sectionOf(profiles());
    const panels = section?.blocks.find((block) => block.kind === 'panels');
    const loop = panels?.panels[0];
    expect(loop?.title).toBe('Training loop, train');
    const chart = loop?.blocks.flatMap((block) =>
      block.kind === 'chart' && block.chart.kind === 'flame' ? [block.chart] : [],
    )[0];
    const own = chart?.frames.filter(({ label }) => label.includes('conv2d')).reduce((sum, frame) => sum + frame.ownSeconds, 0);
    const functions = loop?.blocks.flatMap((block) => (block.kind === 'table' ? block.table.rows : []));
    expect(functions?.[0]?.[0]).toContain('conv2d');
    expect(Number(own)).toBeGreaterThan(0.98 * Number(functions?.[0]?.[1]));
  });

  test('stays small', () => {
    const text = JSON.stringify(sectionOf(profiles()));
    expect(gzipSync(new TextEncoder().encode(text)).length).toBeLessThan(40_000);
  });
});
