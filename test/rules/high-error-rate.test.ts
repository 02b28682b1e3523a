import { expect, test } from 'vitest';
import { endpoint, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const judged = (told: readonly Told[], ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('HighErrorRate', endpoint(told, ...rest));
const errorsOf = (five: Told[2], model: Told[2] = 0, four: Told[2] = 0, variant = 'blue'): Told[] => [
  ['Invocation5XXErrors', 'Sum', five, of(variant)],
  ['InvocationModelErrors', 'Sum', model, of(variant)],
  ['Invocation4XXErrors', 'Sum', four, of(variant)],
];
const traffic: Told = ['Invocations', 'Sum', 100];

test('5XX errors above the limit are an issue where they are', () => {
  const {
    judgement,
    issues,
    minutes: at,
  } = judged([traffic, ...errorsOf([...minutes(10, 0), ...minutes(10, 10), ...minutes(40, 0)])]);
  expect(judgement).toMatchObject({ verdict: 'issue', reason: '5XX errors' });
  expect(judgement.finding).toBe('1.67 % of 6,000 invocations ended in 5XX errors (100), up to 10 % for 10 min.');
  expect(judgement.action).toMatch(/log/);
  expect(issues).toMatchObject([{ node: 'blue' }]);
  expect(at).toEqual([[[10, 20]]]);
});

test('at the limit all is fine', () => {
  const { judgement } = judged([traffic, ...errorsOf(1, 1, 5)]);
  expect(judgement).toMatchObject({ verdict: 'ok', reason: 'few errors' });
  expect(judgement.finding).toBe('Of 6,000 invocations 1 % ended in 5XX errors, 1 % in model errors and 5 % in 4XX errors.');
  expect(judged([traffic, ...errorsOf(1.01)]).judgement.verdict).toBe('issue');
});

test('4XX errors have a limit of their own, and are told apart', () => {
  const { judgement, issues } = judged([traffic, ...errorsOf(0, 6, 6)]);
  expect(judgement.reason).toBe('model errors and 4XX errors');
  expect(judgement.action).toMatch(/exception/);
  expect(issues.map(({ evidence }) => evidence.replace(/.*times/, ''))).toEqual([
    ' are those with more than 1 %.',
    ' are those with more than 5 %.',
  ]);
  expect(judged([traffic, ...errorsOf(0, 0, 4)]).judgement.verdict).toBe('ok');
});

test('a burst counts where it lasts, however good the rest was; a gap ends it', () => {
  const after = (five: readonly (number | undefined)[]) =>
    judged([['Invocations', 'Sum', 10_000], ...errorsOf([...minutes(60 - five.length, 0), ...five])]).judgement;
  expect(after(minutes(5, 200))).toMatchObject({ verdict: 'issue', finding: expect.stringContaining('up to 2 % for 5 min') });
  expect(after(minutes(4, 200)).verdict).toBe('ok');
  const few = (errors: number) =>
    judged([
      ['Invocations', 'Sum', [...minutes(54, 100), ...minutes(6, 1)]],
      ...errorsOf([...minutes(54, 0), ...minutes(errors, 1)]),
    ]);
  expect(few(5).judgement.verdict).toBe('issue');
  expect(few(4).judgement.verdict).toBe('ok');
  expect(after([...minutes(4, 200), undefined, ...minutes(4, 200)]).verdict).toBe('ok');
});

test('one of two is chance; five of five are not; too few are not judged', () => {
  const first = (value: number) => [value, ...minutes(59, undefined)];
  expect(judged([['Invocations', 'Sum', first(2)], ...errorsOf(first(1), 0, 0)]).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'too little traffic',
    finding: 'It was invoked 2 times; the rule needs 100 before it judges.',
  });
  expect(judged([['Invocations', 'Sum', first(5)], ...errorsOf(first(5), 0, 0)]).judgement.verdict).toBe('issue');
  expect(judged([['Invocations', 'Sum', first(100)], ...errorsOf(first(4), 0, 0)]).judgement.verdict).toBe('ok');
});

test('the rate is taken where there is no sum', () => {
  const { judgement } = judged([traffic, ['Invocation5XXErrors', 'Average', 0.05]]);
  expect(judgement.finding).toMatch(
    /^5 % of 6,000 invocations ended in 5XX errors \(300\).* CloudWatch has no InvocationModelErrors and Invocation4XXErrors of it\.$/,
  );
});

test('few 4XX errors alone say nothing of the others', () => {
  const { judgement } = judged([traffic, ['Invocation4XXErrors', 'Sum', 1]]);
  expect(judgement).toEqual({
    verdict: 'not judged',
    reason: '5XX errors not known',
    finding:
      'Of 6,000 invocations 1 % ended in 4XX errors. CloudWatch has no Invocation5XXErrors and InvocationModelErrors of it.',
  });
  expect(judged([traffic, ['Invocation4XXErrors', 'Sum', 10]]).judgement.verdict).toBe('issue');
});

test('no more than all invocations fail', () => {
  expect(judged([traffic, ...errorsOf(1000)]).judgement.finding).toMatch(/^100 % of 6,000 .* up to 100 % for 1 h/);
});

test('errors of periods without invocations are of nothing', () => {
  const told: Told[] = [
    ['Invocations', 'Sum', minutes(10, 100)],
    ['Invocation5XXErrors', 'Sum', [...minutes(10, 0), ...minutes(10, 50)]],
  ];
  expect(judged(told).judgement.verdict).toBe('ok');
});

test('without traffic or errors nothing is judged', () => {
  expect(judged([]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no traffic' });
  expect(judged([['Invocations', 'Sum', 0], ...errorsOf(0)]).judgement.reason).toBe('no traffic');
  expect(judged([traffic]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no error metrics' });
  expect(judged([traffic, ['Invocation5XXErrors', 'Sum', minutes(60, undefined)]]).judgement.reason).toBe('no error metrics');
  expect(judged([], []).judgement).toMatchObject({ verdict: 'not judged', reason: 'no variant' });
});

test('of several variants the worst leads, and those without data are named', () => {
  const { judgement, issues } = judged(
    [
      traffic,
      ...errorsOf(3),
      ['Invocations', 'Sum', 100, of('green')],
      ...errorsOf(50, 0, 0, 'green'),
      ['Invocations', 'Sum', 9, of('fine')],
      ...errorsOf(0, 0, 0, 'fine'),
    ],
    [{}, { name: 'green' }, { name: 'fine' }, { name: 'can\u202eary' }],
  );
  expect(judgement.finding).toMatch(/^green: 50 % .* blue: 3 % .* Fine: fine\. Not judged: can\\u202eary \(no traffic\)\.$/);
  expect(issues.map(({ node }) => node)).toEqual(['blue', 'green']);
});
