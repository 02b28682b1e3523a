import { expect, test } from 'vitest';
import { container, endpoint, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const judged = (told: readonly Told[], parameters = {}, ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('LatencyOverTarget', endpoint(told, ...rest), parameters);
const slow = (times: number) => [...minutes(20, 100_000), ...minutes(times, 1_500_000), ...minutes(40 - times, 100_000)];

test('is an issue where p99 of model and overhead is long enough over the target', () => {
  const {
    judgement,
    issues,
    minutes: at,
  } = judged([
    ['ModelLatency', 'p99', slow(5)],
    ['OverheadLatency', 'p99', 10_000],
  ]);
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'over the target' });
  expect(judgement.finding).toBe(
    'The p99 of model and overhead latency, added, was above 1,000 ms in 5 min of 1 h with requests, at worst 1,510 ms.',
  );
  expect(judgement.weight).toBeCloseTo(0.4 + 0.4 / 12 + 0.0302, 5);
  expect(issues).toMatchObject([{ node: 'blue' }]);
  expect(at).toEqual([[[20, 25]]]);
});

test('is fine at the target, and where it was over it too shortly', () => {
  expect(judged([['ModelLatency', 'p99', slow(4)]]).judgement).toMatchObject({
    verdict: 'ok',
    finding:
      'The p99 of model latency (OverheadLatency is missing) was at most 1,500 ms in a period, and never above 1,000 ms for 5 min in a row.',
  });
  expect(judged([['ModelLatency', 'p99', 1_000_000]]).judgement.verdict).toBe('ok');
  expect(judged([['ModelLatency', 'p99', 1_000_001]]).judgement.verdict).toBe('issue');
  expect(judged([['ModelLatency', 'p99', 250_000]], { target: '200' }).judgement.verdict).toBe('issue');
});

test('takes the percentile asked for, and says so where it has to take the mean', () => {
  const both: Told[] = [
    ['ModelLatency', 'p90', 100_000],
    ['ModelLatency', 'Average', 2_000_000],
  ];
  expect(judged(both, { percentile: '90' }).judgement.verdict).toBe('ok');
  expect(judged(both).judgement).toMatchObject({
    verdict: 'issue',
    finding: expect.stringMatching(/^The mean of .* p99 is not there: the mean was judged, which hides slow requests\.$/),
  });
});

test('a mean within the target says nothing of the percentile', () => {
  expect(judged([['ModelLatency', 'Average', 100_000]]).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'p99 not known',
    finding: expect.stringContaining('p99 is not there'),
  });
});

test('says that percentiles added are an estimate where the model alone is within the target', () => {
  const of = (model: number) =>
    judged([
      ['ModelLatency', 'p99', model],
      ['OverheadLatency', 'p99', 200_000],
    ]).judgement.finding;
  expect(of(900_000)).toMatch(/at worst 1,100 ms\. The model alone was not: .*estimate/);
  expect(of(1_100_000)).toMatch(/at worst 1,300 ms\.$/);
});

test('requests that come seldom are slow together', () => {
  const seldom = Array.from({ length: 60 }, (_, i) => (i % 10 === 0 ? 3_000_000 : undefined));
  const { judgement, minutes: at } = judged([['ModelLatency', 'p99', seldom]]);
  expect(judgement.verdict).toBe('issue');
  expect(at).toEqual([[[0, 51]]]);
});

test('needs latencies, and long enough', () => {
  expect(judged([]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no traffic' });
  expect(judged([['Invocations', 'Sum', 1]]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no latency' });
  expect(
    judged([
      ['Invocations', 'Sum', 1],
      ['ModelLatency', 'p99', minutes(9, undefined)],
    ]).judgement.reason,
  ).toBe('no latency');
  expect(judged([['ModelLatency', 'p99', minutes(4, 9_000_000)]]).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'too short',
  });
  expect(judged([['ModelLatency', 'p99', minutes(5, 9_000_000)]]).judgement.verdict).toBe('issue');
});

test('says where to begin', () => {
  const model: Told[] = [
    ['ModelLatency', 'p99', 2_000_000],
    ['ModelLatency', 'Average', 100_000],
  ];
  expect(judged(model).judgement.action).toMatch(/^Add instances/);
  expect(judged([...model, ['OverheadLatency', 'Average', 200_000]]).judgement.action).toMatch(/^Look at the overhead/);
  const pipeline: Told[] = [
    ['ContainerLatency', 'Average', 10_000, container('prepare')],
    ['ContainerLatency', 'Average', 90_000, container('rank')],
  ];
  expect(judged([...model, ...pipeline.slice(0, 1)]).judgement.action).toMatch(/^Add instances/);
  expect(judged([...model, ...pipeline]).judgement.action).toMatch(/container rank first/);
});

test('each variant is judged by itself', () => {
  const { judgement, issues } = judged(
    [
      ['ModelLatency', 'p99', 1000],
      ['ModelLatency', 'p99', 5_000_000, of('green')],
    ],
    {},
    [{}, { name: 'green' }, { name: 'new' }],
  );
  expect(issues.map(({ node }) => node)).toEqual(['green']);
  expect(judgement.finding).toMatch(/^green: The p99 .* Fine: blue\. Not judged: new \(no traffic\)\.$/);
});
