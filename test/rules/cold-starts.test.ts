import { expect, test } from 'vitest';
import { endpoint, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const judged = (told: readonly Told[], ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('ColdStarts', endpoint(told, ...rest));
const SERVERLESS = [{ isServerless: true }];
const MULTI_MODEL = [{ isMultiModel: true }];
const traffic: Told = ['Invocations', 'Sum', 10];
const setUps = (times: number): Told[] => [
  ['ModelSetupTime', 'Average', [...minutes(10, undefined), 4_000_000]],
  ['ModelSetupTime', 'SampleCount', [...minutes(10, undefined), times]],
];

test('of a serverless variant are an issue where many requests wait', () => {
  const { judgement, issues, minutes: at } = judged([traffic, ...setUps(31)], SERVERLESS);
  expect(judgement).toMatchObject({
    verdict: 'issue',
    reason: 'set-up of compute',
    action: expect.stringMatching(/provisioned concurrency/),
  });
  expect(judgement.finding).toBe('Compute was set up for 31 requests of 600 (5.2 %), 4 s each in the mean.');
  expect(issues).toMatchObject([{ node: 'blue' }]);
  expect(at).toEqual([[[10, 11]]]);
  expect(judged([traffic, ...setUps(31)], [{ name: 'blue' }]).judgement.verdict).toBe('issue');
});

test('at the limit, and where they are too few to be usual, all is fine', () => {
  expect(judged([traffic, ...setUps(30)], SERVERLESS).judgement).toMatchObject({ verdict: 'ok', reason: 'few cold starts' });
  const few: Told = ['Invocations', 'Sum', minutes(4, 5)];
  expect(judged([few, ...setUps(2)], SERVERLESS).judgement.verdict).toBe('ok');
  expect(judged([few, ...setUps(3)], SERVERLESS).judgement.verdict).toBe('issue');
});

test('without their number each period counts for one; without the metric the overhead tells', () => {
  const [average] = setUps(1) as [Told, Told];
  expect(judged([traffic, average], SERVERLESS).judgement.finding).toMatch(/^Compute was set up for at least 1 request of 600/);
  const spikes = (times: number): Told => [
    'OverheadLatency',
    'Maximum',
    [...minutes(times, 1_000_001), ...minutes(60 - times, 1_000_000)],
  ];
  expect(judged([traffic, spikes(31)], SERVERLESS)).toMatchObject({ judgement: { verdict: 'issue' }, minutes: [[[0, 31]]] });
  expect(judged([traffic, spikes(0)], SERVERLESS).judgement).toMatchObject({
    verdict: 'ok',
    finding:
      'Compute was set up for 0 requests of 600 (0 %): there is no ModelSetupTime, overhead above 1,000 ms was taken for it.',
  });
});

test('of a multi-model variant are requests that do not find their model', () => {
  const cache = (hits: number): Told[] => [
    ['ModelCacheHit', 'Average', [...minutes(30, 1), ...minutes(30, hits)]],
    ['ModelCacheHit', 'SampleCount', 10],
  ];
  const wait: Told = ['ModelLoadingWaitTime', 'Average', 2_500_000];
  const { judgement, minutes: at } = judged([traffic, ...cache(0.5), wait], MULTI_MODEL);
  expect(judgement).toMatchObject({
    verdict: 'issue',
    reason: 'models loaded again and again',
    action: expect.stringMatching(/memory/),
  });
  expect(judgement.finding).toBe(
    '150 of 600 requests (25 %) did not find their model loaded; they waited 2.5 s in the mean of the worst period.',
  );
  expect(at).toEqual([[[30, 60]]]);
  expect(judged([traffic, ...cache(0.8)], MULTI_MODEL).judgement.verdict).toBe('ok');
  expect(judged([traffic, ...cache(0.79)], [{ name: 'blue' }]).judgement.verdict).toBe('issue');
});

test('needs a variant that has cold starts, traffic, and the metrics', () => {
  expect(judged([traffic]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no cold starts' });
  expect(judged([], SERVERLESS).judgement).toMatchObject({ verdict: 'not judged', reason: 'no traffic' });
  expect(judged([['Invocations', 'Sum', [19]]], SERVERLESS).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'too little traffic',
  });
  expect(judged([traffic], SERVERLESS).judgement).toMatchObject({ verdict: 'not judged', reason: 'set-up time missing' });
  expect(judged([traffic], MULTI_MODEL).judgement).toMatchObject({ verdict: 'not judged', reason: 'cache hits missing' });
  expect(judged([traffic, ['OverheadLatency', 'Maximum', minutes(9, undefined)]], SERVERLESS).judgement.reason).toBe(
    'set-up time missing',
  );
});

test('each variant is judged by itself', () => {
  const variants = [...SERVERLESS, { name: 'green', isServerless: true }, { name: 'plain' }];
  const told: Told[] = [
    traffic,
    ...setUps(60),
    ['Invocations', 'Sum', 10, of('green')],
    ['OverheadLatency', 'Average', 9, of('green')],
  ];
  const { judgement, issues } = judged(told, variants);
  expect(issues.map(({ node }) => node)).toEqual(['blue']);
  expect(judgement.finding).toMatch(/^blue: .* Fine: green\. Not judged: plain \(no cold starts\)\.$/);
});
