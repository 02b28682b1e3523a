import { describe, expect, test } from 'vitest';
import { findRuleFolder, join } from '../../src/formats/rule-folder.ts';

const entries = (...paths: string[]) => paths.map((path) => ({ path, bytes: 1 }));
const find = (...paths: string[]) => findRuleFolder(entries(...paths), '/job');

describe('findRuleFolder', () => {
  test.each([
    ['profiler-reports itself', ['BatchSize.json', 'Dataloader.json'], ''],
    ['a folder above', ['profiler-reports/BatchSize.json'], 'profiler-reports'],
    [
      'the job’s folder',
      ['output/model.tar.gz', 'rule-output/ProfilerReport/profiler-output/profiler-reports/BatchSize.json'],
      'rule-output/ProfilerReport/profiler-output/profiler-reports',
    ],
    ['flat beside the html', ['x/profiler-output/profiler-report.html', 'x/profiler-output/BatchSize.json'], 'x/profiler-output'],
    ['checkpoint copies skipped', ['.ipynb_checkpoints/BatchSize.json', 'r/BatchSize.json', 'r/BatchSize-checkpoint.json'], 'r'],
    [
      'copies of a folder skipped',
      ['ProfilerReport-1 copy/r/BatchSize.json', 'ProfilerReport-1/r/BatchSize.json', 'ProfilerReport-1 (1)/r/BatchSize.json'],
      'ProfilerReport-1/r',
    ],
  ])('%s', (_, paths, folder) => {
    expect(find(...paths).folder).toBe(folder);
  });

  test('of several reports of one job the newest wins and the others are named', () => {
    expect(
      find(
        'o/ProfilerReport-999/r/BatchSize.json',
        'o/ProfilerReport-1673309106/r/BatchSize.json',
        'o/ProfilerReport/r/BatchSize.json',
      ),
    ).toEqual({
      folder: 'o/ProfilerReport-1673309106/r',
      passedOver: ['o/ProfilerReport-999/r', 'o/ProfilerReport/r'],
    });
  });

  test('refuses to choose between jobs', () => {
    expect(() => find('a/profiler-reports/BatchSize.json', 'b/profiler-reports/BatchSize.json')).toThrow(
      /2 jobs \(a and b\).*choose the folder of one/,
    );
  });

  test.each([
    [[], /\/job or below: it is empty/],
    [['a.txt', 'b.txt'], /found 2 other files, such as a\.txt/],
    [['profiler-output/system/incremental/2021010100/1609459200.algo-1.json'], /raw profiler output instead/],
  ])('says what it found instead: %j', (paths, message) => {
    expect(() => find(...paths)).toThrow(message);
  });
});

test.each([
  [['a', '', 'b'], 'a/b'],
  [['', 'b'], 'b'],
  [['s3:', 'b'], 's3:b'],
  [['s3://bucket', 'b'], 's3://bucket/b'],
  [['runs/12:', 'b'], 'runs/12:/b'],
])('%j joined is %j', (parts, path) => {
  expect(join(...parts)).toBe(path);
});
