import { expect, test } from 'vitest';
import { endpoint, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const judged = (told: readonly Told[], ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('OverheadDominates', endpoint(told, ...rest));
const parts = (model: Told[2], overhead: Told[2], variant = 'blue'): Told[] => [
  ['Invocations', 'Sum', 10, of(variant)],
  ['ModelLatency', 'Average', model, of(variant)],
  ['OverheadLatency', 'Average', overhead, of(variant)],
];

test('is an issue where overhead is more than half of the latency', () => {
  const { judgement, issues, minutes: at } = judged(parts(20_000, [...minutes(10, 300_000), ...minutes(50, 10_000)]));
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'more overhead than model', action: expect.any(String) });
  expect(judgement.finding).toBe(
    'Overhead took 74.5 % of the latency: 58 ms beside 20 ms in the model, the mean of 600 requests.',
  );
  expect(issues).toMatchObject([{ node: 'blue' }]);
  expect(at).toEqual([[[0, 10]]]);
});

test('of a serverless variant points to its cold starts', () => {
  const told = parts(1000, 90_000);
  expect(judged(told).judgement.action).toMatch(/payloads/);
  expect(judged([...told, ['ModelSetupTime', 'Average', [2e6]]]).judgement.action).toMatch(/cold starts/);
});

test('weighs by requests: seldom slow ones do not make it', () => {
  const told: Told[] = [
    ['Invocations', 'Sum', [...minutes(10, 1), ...minutes(50, 1000)]],
    ['ModelLatency', 'Average', 50_000],
    ['OverheadLatency', 'Average', [...minutes(10, 3_000_000), ...minutes(50, 10_000)]],
  ];
  expect(judged(told).judgement).toMatchObject({ verdict: 'ok', reason: 'little overhead' });
});

test('at half, and where overhead is short however quick the model, all is fine', () => {
  expect(judged(parts(50_000, 50_000)).judgement).toMatchObject({ verdict: 'ok', reason: 'the model takes most' });
  expect(judged(parts(50_000, 50_001)).judgement.verdict).toBe('issue');
  expect(judged(parts(2000, 19_999)).judgement).toMatchObject({ verdict: 'ok', reason: 'little overhead' });
  expect(judged(parts(2000, 20_000)).judgement.verdict).toBe('issue');
});

test('needs both latencies of enough requests', () => {
  expect(judged([]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no traffic' });
  const [traffic, model] = parts(1, 1) as [Told, Told, Told];
  expect(judged([traffic, model]).judgement).toMatchObject({ verdict: 'not judged', reason: 'latency missing' });
  const few = (times: number): Told[] => [['Invocations', 'Sum', minutes(1, times)], ...parts(1000, 90_000).slice(1)];
  expect(judged(few(29)).judgement).toMatchObject({ verdict: 'not judged', reason: 'too little traffic' });
  expect(judged(few(30)).judgement.verdict).toBe('issue');
});

test('each variant is judged by itself', () => {
  const { judgement, issues } = judged(
    [...parts(1000, 90_000), ...parts(90_000, 1000, 'green')],
    [{}, { name: 'green' }, { name: 'new' }],
  );
  expect(issues.map(({ node }) => node)).toEqual(['blue']);
  expect(judgement.finding).toMatch(/^blue: .* Fine: green\. Not judged: new \(no traffic\)\.$/);
});
