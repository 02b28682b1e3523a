import { expect, test } from 'vitest';
import { endpoint, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const TWO = [{ weight: 0.5 }, { name: 'green', weight: 0.5 }];
const judged = (told: readonly Told[], variants: Parameters<typeof endpoint>[1] = TWO) =>
  judgedEndpoint('UnevenVariants', endpoint(told, variants));
const traffic = (blue: Told[2], green: Told[2]): Told[] => [
  ['Invocations', 'Sum', blue],
  ['Invocations', 'Sum', green, of('green')],
];
const both = (metric: 'ModelLatency' | 'Invocation5XXErrors', blue: Told[2], green: Told[2]): Told[] => {
  const statistic = metric === 'ModelLatency' ? 'Average' : 'Sum';
  return [
    [metric, statistic, blue],
    [metric, statistic, green, of('green')],
  ];
};

test('variants that behave alike are fine', () => {
  const { judgement, issues } = judged([
    ...traffic(50, 50),
    ...both('ModelLatency', 10_000, 20_000),
    ...both('Invocation5XXErrors', 0, 0),
  ]);
  expect(judgement).toMatchObject({ verdict: 'ok', reason: 'alike' });
  expect(judgement.finding).toBe(
    'Errors: blue 0 % and green 0 %. Model latency: blue 10 ms and green 20 ms. Shares of traffic: blue 50 % (weight 50 %) and green 50 % (weight 50 %).',
  );
  expect(issues).toEqual([]);
});

test('traffic that does not follow the weights is an issue, of both', () => {
  const {
    judgement,
    issues,
    minutes: at,
  } = judged(traffic([...minutes(30, 50), ...minutes(30, 100)], [...minutes(30, 50), ...minutes(30, undefined)]));
  expect(judgement).toMatchObject({
    verdict: 'issue',
    reason: 'traffic differs',
    action: expect.stringMatching(/target variant/),
  });
  expect(issues.map(({ evidence }) => evidence).join(' ')).toBe(
    'blue got 75 % of the traffic, with a weight of 50 %. green got 25 % of the traffic, with a weight of 50 %.',
  );
  expect(issues.map(({ node }) => node)).toEqual(['blue', 'green']);
  expect(at).toEqual([[[30, 60]], [[30, 60]]]);
  expect(judged(traffic(60, 40)).judgement.verdict).toBe('ok');
  expect(judged(traffic(61, 39)).judgement.verdict).toBe('issue');
});

test('a shadow variant, which has no weight, is told and leaves the others to be compared', () => {
  const variants = [...TWO, { name: 'shadow', weight: undefined } as never];
  const { judgement, issues } = judged([...traffic(90, 10), ['Invocations', 'Sum', 100, of('shadow')]], variants);
  expect(judgement.finding).toMatch(/^blue got 90 % .* traffic not compared: shadow\./);
  expect(issues.map(({ node }) => node)).toEqual(['blue', 'green']);
});

test('what chance explains is fine', () => {
  const few = (blue: number) => judged(traffic([blue], [100 - blue])).judgement.verdict;
  expect(few(64)).toBe('ok');
  expect(few(66)).toBe('issue');
});

test('a variant that got nothing is one, where CloudWatch has anything of it', () => {
  const alive: Told = ['CPUUtilization', 'Average', 5, of('green')];
  const only: Told = ['Invocations', 'Sum', 100];
  expect(judged([only, alive]).judgement.finding).toMatch(/green got 0 % of the traffic/);
  expect(judged([only]).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'too little traffic',
    finding: 'No two variants could be compared. Not compared, without any data: green.',
  });
});

test('latency that differs by more than the factor is an issue of the slow one', () => {
  const {
    judgement,
    issues,
    minutes: at,
  } = judged([...traffic(50, 50), ...both('ModelLatency', 10_000, [...minutes(20, 10_000), ...minutes(40, 40_000)])]);
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'latency differs' });
  expect(judgement.finding).toMatch(/^green took 30 ms in the mean, blue 10 ms: 3 times as long\./);
  expect(issues.map(({ node }) => node)).toEqual(['green']);
  expect(at).toEqual([[[20, 60]]]);
  expect(judged([...traffic(50, 50), ...both('ModelLatency', 10_000, 20_001)]).judgement.verdict).toBe('issue');
});

test('errors that differ by factor and points are an issue of the failing one', () => {
  const errors = (blue: number, green: number) => judged([...traffic(1000, 1000), ...both('Invocation5XXErrors', blue, green)]);
  expect(errors(10, 30)).toMatchObject({ judgement: { verdict: 'issue', reason: 'errors differ' }, issues: [{ node: 'green' }] });
  expect(errors(10, 30).issues[0]?.evidence).toBe(
    '3 % of the invocations of green ended in 4XX or 5XX errors, 1 % of those of blue.',
  );
  const late = [...minutes(40, 10), ...minutes(20, 200)];
  const { minutes: at } = judged([...traffic(1000, 1000), ...both('Invocation5XXErrors', 5, late)]);
  expect(at).toEqual([[[40, 60]]]);
  expect(errors(10, 20).judgement.verdict).toBe('ok');
  expect(errors(0, 10).judgement.verdict).toBe('ok');
  expect(errors(0, 11).judgement.verdict).toBe('issue');
  expect(errors(100, 190).judgement.verdict).toBe('ok');
});

test('needs two variants with enough traffic', () => {
  expect(judged([], [{}]).judgement).toMatchObject({ verdict: 'not judged', reason: 'one variant' });
  const few = judged(
    [...traffic([99], [100]), ...both('ModelLatency', 1, 100)],
    [{ weight: undefined } as never, { name: 'green' }],
  );
  expect(few.judgement).toMatchObject({ verdict: 'not judged', reason: 'too little traffic' });
  expect(few.judgement.finding).toContain('With fewer than 100 invocations, latency and errors not compared: blue.');
  expect(judged([...traffic(0, 0), ...both('ModelLatency', 1, 100)]).judgement.verdict).toBe('not judged');
});

test('says which metrics are missing', () => {
  const unweighted = [{ weight: undefined } as never, { name: 'green', weight: undefined } as never];
  const latency: Told = ['ModelLatency', 'Average', 1000];
  expect(judged([...traffic(50, 50), latency], unweighted).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'metrics missing',
    finding:
      'No two variants could be compared. Without a weight (as shadow variants are), traffic not compared: blue and green. Without ModelLatency: green. Without error metrics: blue and green.',
  });
  expect(judged([...traffic(50, 50), latency]).judgement).toMatchObject({
    verdict: 'ok',
    finding: expect.stringMatching(
      /^Shares of traffic: .* Without ModelLatency: green\. Without error metrics: blue and green\.$/,
    ),
  });
});

test('the gravest leads, and names are made visible', () => {
  const variants = [{ weight: 0.5 }, { name: 'green', weight: 0.5 }, { name: 'x\u202ey', weight: 0 }];
  const { judgement } = judged(
    [...traffic(90, 10), ...both('ModelLatency', 1000, 9000), ...both('Invocation5XXErrors', 0, 9)],
    variants,
  );
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'errors, latency and traffic differ', weight: 0.7 });
  expect(judgement.finding).toMatch(/without any data: x\\u202ey\.$/);
});
