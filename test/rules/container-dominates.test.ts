import { expect, test } from 'vitest';
import { container, endpoint, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const CONTAINERS = ['prepare', 'rank', 'explain'];
const judged = (told: readonly Told[], ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('ContainerDominates', endpoint(told, ...(rest.length > 0 ? rest : ([[{ containers: CONTAINERS }]] as const))));
const traffic: Told = ['Invocations', 'Sum', 10];
const latencies = (prepare: Told[2], rank: Told[2], explain: Told[2], variant = 'blue'): Told[] =>
  [prepare, rank, explain].map((values, i) => ['ContainerLatency', 'Average', values, container(CONTAINERS[i] ?? '', variant)]);

test('names the container that takes most of the time, and when', () => {
  const {
    judgement,
    issues,
    minutes: at,
  } = judged([traffic, ...latencies(10_000, [...minutes(30, 100_000), ...minutes(30, 20_000)], 10_000)]);
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'rank dominates' });
  expect(judgement.finding).toBe(
    "rank took 75 % (60 ms) of the pipeline's latency; prepare took 12.5 % (10 ms) and explain took 12.5 % (10 ms).",
  );
  expect(issues).toMatchObject([{ node: 'blue', device: 'rank' }]);
  expect(at).toEqual([[[0, 30]]]);
});

test('finds the container that dominates for a time only, and names it', () => {
  const slow = (times: number) => [...minutes(20, 20_000), ...minutes(times, 80_000), ...minutes(40 - times, 20_000)];
  const of = (times: number) => judged([traffic, ...latencies(20_000, slow(times), 20_000)]);
  const { judgement, issues, minutes: at } = of(15);
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'rank dominates for a time' });
  expect(judgement.finding).toBe(
    "rank took 66.7 % (80 ms) of the pipeline's latency for 15 min from 2026-11-02 09:20:00 UTC. Over the whole time prepare took 26.7 % (20 ms), rank took 46.7 % (35 ms) and explain took 26.7 % (20 ms).",
  );
  expect(issues).toMatchObject([{ node: 'blue', device: 'rank' }]);
  expect(at).toEqual([[[20, 35]]]);
  expect(of(14).judgement.verdict).toBe('ok');
});

test('minutes without requests, or with those of one container alone, tell nothing', () => {
  const seldom = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 90_000 : undefined));
  const pauses = judged([traffic, ...latencies(20_000, [...minutes(30, 10_000), ...seldom], 20_000)]);
  expect(pauses.judgement.finding).toMatch(/^rank took 69.2 % .* for 29 min/);
  const alone = [...minutes(40, 10_000), ...minutes(20, undefined)];
  expect(judged([traffic, ...latencies(alone, 10_000, alone)]).judgement.verdict).toBe('ok');
});

test('is not judged where containers take much less than the model', () => {
  const told = [traffic, ...latencies(1000, 9000, 1000).slice(0, 2)];
  const { judgement } = judged([...told, ['ModelLatency', 'Average', 100_000]], [{ containers: [] }]);
  expect(judgement).toMatchObject({ verdict: 'not judged', reason: 'container latency missing' });
  expect(judgement.finding).toContain('which take the rest of ModelLatency');
});

test('is fine at the limit', () => {
  expect(judged([traffic, ...latencies(20_000, 60_000, 20_000)]).judgement).toMatchObject({
    verdict: 'ok',
    reason: 'containers share the time',
  });
  expect(judged([traffic, ...latencies(20_000, 60_100, 20_000)]).judgement.verdict).toBe('issue');
});

test('needs a pipeline, and latencies of all its containers', () => {
  expect(judged([traffic], [{}]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no pipeline' });
  expect(judged([]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no traffic' });
  expect(judged([traffic, ...latencies(1, 1, 1).slice(0, 2)]).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'container latency missing',
    finding: 'CloudWatch has no ContainerLatency of explain, so that shares of the pipeline are not known.',
  });
  expect(judged([traffic, ...latencies(1, 1, minutes(9, undefined))]).judgement.reason).toBe('container latency missing');
  expect(judged([traffic, ...latencies(0, 0, 0)]).judgement.verdict).toBe('ok');
});

test('names from outside are made visible', () => {
  const told: Told[] = [
    ['ContainerLatency', 'Average', 9, container('a\u202eb')],
    ['ContainerLatency', 'Average', 1, container('<b>')],
  ];
  const { judgement, issues } = judged(told, [{ containers: [] }]);
  expect(`${judgement.finding} ${judgement.reason} ${judgement.action}`).not.toContain('\u202e');
  expect(issues).toMatchObject([{ device: 'a\u202eb' }]);
});

test('each variant is judged by itself', () => {
  const variants = [{ containers: CONTAINERS }, { name: 'green', containers: CONTAINERS }, { name: 'plain' }];
  const { judgement, issues } = judged(
    [...latencies(9, 1, 1), ...latencies(1, 1, 1, 'green'), ['Invocations', 'Sum', 1, of('plain')]],
    variants,
  );
  expect(issues.map(({ node, device }) => [node, device])).toEqual([['blue', 'prepare']]);
  expect(judgement.finding).toMatch(/^blue: prepare .* Fine: green\. Not judged: plain \(no pipeline\)\.$/);
});
