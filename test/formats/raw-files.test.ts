import { describe, expect, test } from 'vitest';
import { classify, findRawFiles } from '../../src/formats/raw-files.ts';

const SYSTEM = 'system/incremental/2023111422/1700000040.algo-1.json';
const EVENTS = 'framework/pevents/2023111422/1700000099999999_27-algo-1_pythontimeline.json';
const STEP = 'framework/tensorflow/detailed_profiling/2023111422/000000005';
const entries = (...paths: readonly string[]) => paths.map((path) => ({ path, bytes: 1 }));
const found = (...paths: readonly string[]) => findRawFiles(entries(...paths), '/job');

describe('classify', () => {
  test.each<[string, object]>([
    [SYSTEM, { kind: 'system', node: 'algo-1', minuteSeconds: 1700000040 }],
    ['system/incremental/1591160699.algo-12.json', { kind: 'system', node: 'algo-12', minuteSeconds: 1591160699 }],
    ['1700000040.algo-1.json', { kind: 'system', node: 'algo-1' }],
    [EVENTS, { kind: 'timeline', label: 'PythontimelineMetrics', worker: 'algo-1-27', endMicros: 1700000099999999 }],
    ['pevents/1_4487_0000_pythontimeline.json', { kind: 'timeline', worker: '4487', endMicros: 1 }],
    ['pevents/1_0001_model_timeline.json', { kind: 'timeline', label: 'DetailedframeworkMetrics', worker: '0001' }],
    [
      'pevents/1_88359-8c85.ant.amazon.com_horovod_timeline.json',
      { kind: 'timeline', label: '', worker: '88359-8c85.ant.amazon.com' },
    ],
    ['pevents/1_2-algo-3_smdataparallel_timeline.json', { kind: 'timeline', label: 'SMDataParallelMetrics', worker: 'algo-3-2' }],
    [`${STEP}/plugins/profile/2023/ip-1.ec2.trace.json.gz`, { kind: 'timeline', label: 'TFProfilerMetrics', worker: 'ip-1' }],
    ['framework/pytorch/cprofile/27-algo-1/a_b/python_stats', { kind: 'profile' }],
    ['framework/pytorch/pyinstrument/27-algo-1/a_b/python_stats.json', { kind: 'profile' }],
    ['framework/training_job_end.ts', { kind: 'end marker' }],
    ['framework/pytorch/pyinstrument/27-algo-1/a_b/python_stats.html', { kind: 'skipped' }],
    ['framework/27-algo-1_pythontimeline.json.tmp', { kind: 'skipped', reason: 'still being written' }],
    ['framework/x.overview_page.pb', { kind: 'skipped' }],
    ['framework/events.out.tfevents.1596659864.host.profile-empty', { kind: 'skipped', reason: 'events of TensorBoard' }],
    ['merged_timeline.json', { kind: 'skipped', reason: 'not a file of the profiler' }],
    ['system/incremental/17000000.algo-1.json', { kind: 'skipped', reason: 'not a file of the profiler' }],
  ])('%s', (path, expected) => {
    expect(classify({ path, bytes: 1 })).toMatchObject(expected);
  });

  test('an empty file is skipped, but for the end marker', () => {
    expect(classify({ path: SYSTEM, bytes: 0 })).toMatchObject({ kind: 'skipped', reason: 'empty' });
    expect(classify({ path: 'system/training_job_end.ts', bytes: 0 }).kind).toBe('end marker');
  });
});

describe('findRawFiles', () => {
  test.each([
    ['', SYSTEM, EVENTS],
    ['a/profiler-output', `a/profiler-output/${SYSTEM}`, `a/profiler-output/${EVENTS}`],
    ['', '2023111422/1700000040.algo-1.json'],
    ['', 'incremental/2023111422/1700000040.algo-1.json', 'incremental/2023111423/1700003640.algo-1.json'],
    ['system', 'system/system/incremental/1700000040.algo-1.json'],
  ])('finds the folder %j', (folder, ...paths) => {
    expect(found(...paths)?.folder).toBe(folder);
  });

  test('finds nothing where there is nothing to read', () => {
    expect(found('profiler-reports/BatchSize.json', 'system/training_job_end.ts', 'debug-output/a.tfevents')).toBeUndefined();
  });

  test('refuses several jobs in one line that names them', () => {
    expect(() => found(`b/${SYSTEM}`, `a/profiler-output/${EVENTS}`)).toThrow(
      '/job holds the raw profiler output of 2 jobs (a/profiler-output and b): choose the folder of one of them.',
    );
  });

  test('gives files in the order of the service: minute, then node; end, then worker', () => {
    const minutes = ['1700000100.algo-1.json', '1700000040.algo-2.json', '1700000040.algo-10.json', '1700000040.algo-1.json'];
    const ends = ['20_1-algo-1_pythontimeline.json', '9_2-algo-1_pythontimeline.json', '9_1-algo-1_pythontimeline.json'];
    const files = found(...minutes.map((name) => `system/${name}`), ...ends.map((name) => `framework/pevents/${name}`));
    expect(files?.system.map(({ minuteSeconds, node }) => [minuteSeconds, node])).toEqual([
      [1700000040, 'algo-1'],
      [1700000040, 'algo-10'],
      [1700000040, 'algo-2'],
      [1700000100, 'algo-1'],
    ]);
    expect(files?.timelines.map(({ endMicros, worker }) => [endMicros, worker])).toEqual([
      [9, 'algo-1-1'],
      [9, 'algo-1-2'],
      [20, 'algo-1-1'],
    ]);
  });

  test('takes the time of a trace from the first metadata file of its step, and none without', () => {
    const trace = (step: string) => `${step}/plugins/profile/2023_11_14/host.trace.json.gz`;
    const other = STEP.replace('000000005', '000000007');
    const times = ['1-host_500_600.metadata', '2-host_300_400.metadata'].map((name) => `${STEP}/${name}`);
    const files = found(trace(STEP), trace(other), ...times);
    expect(files?.timelines).toMatchObject([{ endMicros: 0 }, { endMicros: 600, baseMicros: 500 }]);
    expect(files?.timelines[0]).not.toHaveProperty('baseMicros');
  });

  test('tells of files within the folder alone why they are not read', () => {
    const files = found(SYSTEM, 'framework/a.tmp', 'framework/b.tmp', 'rule-output/profiler-report.html', 'train.py');
    expect([...(files?.skipped ?? [])]).toEqual([
      ['still being written', entries('framework/a.tmp', 'framework/b.tmp').map((entry) => expect.objectContaining(entry))],
    ]);
  });
});
