import { expect, test } from 'vitest';
import { endpoint, host, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const judged = (told: readonly Told[], ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('InsufficientMemory', endpoint(told, ...rest));
const full = (times: number, value = 91) => [...minutes(20, 50), ...minutes(times, value), ...minutes(40 - times, 50)];

test('is an issue where memory is nearly full for long, per instance', () => {
  const {
    judgement,
    issues,
    minutes: at,
  } = judged([
    ['MemoryUtilization', 'Maximum', full(5), host('i-1')],
    ['MemoryUtilization', 'Maximum', 40, host('i-2')],
    ['DiskUtilization', 'Average', 95, host('i-2')],
  ]);
  expect(judgement).toMatchObject({
    verdict: 'issue',
    reason: 'disk and memory nearly full',
    action: expect.stringMatching(/more disk/),
  });
  expect(judgement.finding).toBe(
    'More than 90 % of disk was in use on i-2, for up to 1 h, at most 95 %. More than 90 % of memory was in use on i-1, for up to 5 min, at most 91 %.',
  );
  expect(issues.map(({ node, device }) => [node, device])).toEqual([
    ['blue', 'i-2'],
    ['blue', 'i-1'],
  ]);
  expect(at).toEqual([[[0, 60]], [[20, 25]]]);
});

test('is fine at the limit, and where it was full too shortly', () => {
  expect(judged([['MemoryUtilization', 'Maximum', full(4, 99)]]).judgement.verdict).toBe('ok');
  expect(judged([['MemoryUtilization', 'Maximum', full(40, 90)]]).judgement).toMatchObject({
    verdict: 'ok',
    reason: 'room to spare',
    finding: 'At most 90 % of memory was in use.',
  });
  const gap = (times: number) => [...minutes(4, 99), ...minutes(times, undefined), ...minutes(4, 99)];
  expect(judged([['MemoryUtilization', 'Maximum', gap(6)]]).judgement.verdict).toBe('ok');
  // Instances may send their values every five minutes.
  expect(judged([['MemoryUtilization', 'Maximum', gap(5)]])).toMatchObject({
    judgement: { verdict: 'issue' },
    minutes: [[[0, 13]]],
  });
});

test('GPU memory is of one GPU; where their count is not known, only what is certain is judged', () => {
  const gpu = (value: number): Told => ['GPUMemoryUtilization', 'Maximum', value];
  const four = [{ instanceType: 'ml.p3.8xlarge' }];
  expect(judged([gpu(384)], four).judgement).toMatchObject({ verdict: 'issue', reason: 'GPU memory nearly full' });
  expect(judged([gpu(380)], four).judgement.verdict).toBe('ok');
  const unknown = [{ instanceType: 'ml.new.huge' }];
  expect(judged([gpu(95)], unknown).judgement.verdict).toBe('ok');
  expect(judged([gpu(96)], unknown).judgement).toMatchObject({ verdict: 'not judged', reason: 'count of GPUs not known' });
  expect(judged([gpu(96), ['MemoryUtilization', 'Maximum', 10]], unknown).judgement).toMatchObject({
    verdict: 'ok',
    finding: expect.stringMatching(/how many there are: not judged\.$/),
  });
});

test('models unloaded again and again are an issue of a multi-model variant', () => {
  const told = (unloads: number): Told[] => [
    ['Invocations', 'Sum', 100],
    ['ModelUnloadingTime', 'SampleCount', [...minutes(50, 0), ...minutes(10, unloads)]],
  ];
  const { judgement, minutes: at } = judged(told(31));
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'models unloaded again and again' });
  expect(judgement.finding).toBe('A model was unloaded 310 times for 6,000 requests. CloudWatch has no MemoryUtilization of it.');
  expect(at).toEqual([[[50, 60]]]);
  expect(judged(told(30)).judgement).toMatchObject({
    verdict: 'ok',
    finding: 'A model was unloaded 300 times for 6,000 requests. CloudWatch has no MemoryUtilization of it.',
  });
});

test('room on the disk is none in memory, and memory without that of the GPUs is half of it', () => {
  expect(judged([['DiskUtilization', 'Average', 5]]).judgement).toEqual({
    verdict: 'not judged',
    reason: 'memory not known',
    finding: 'At most 5 % of disk was in use. CloudWatch has no MemoryUtilization of it.',
  });
  expect(judged([['DiskUtilization', 'Average', 95]]).judgement.verdict).toBe('issue');
  expect(judged([['MemoryUtilization', 'Average', 5]], [{ instanceType: 'ml.g5.xlarge' }]).judgement).toMatchObject({
    verdict: 'ok',
    finding: 'At most 5 % of memory was in use. CloudWatch has no GPUMemoryUtilization of it.',
  });
});

test('needs a metric of memory', () => {
  expect(judged([['Invocations', 'Sum', 1]]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no memory metrics' });
  expect(judged([['MemoryUtilization', 'Maximum', minutes(9, undefined)]]).judgement.reason).toBe('no memory metrics');
  expect(judged([['ModelUnloadingTime', 'SampleCount', 3]]).judgement.verdict).toBe('not judged');
});

test('each variant is judged by itself; names are made visible', () => {
  const told: Told[] = [
    ['MemoryUtilization', 'Average', 99, host('i-\u202e1')],
    ['MemoryUtilization', 'Average', 9, of('green')],
  ];
  const { judgement, issues } = judged(told, [{}, { name: 'green' }, { name: 'new' }]);
  expect(judgement.finding).toMatch(/^blue: .* on i-\\u202e1.* Fine: green\. Not judged: new \(no memory metrics\)\.$/);
  expect(issues).toMatchObject([{ node: 'blue', device: 'i-\u202e1' }]);
});
