import { expect, test } from 'vitest';
import { endpoint, host, judgedEndpoint, minutes, of, type Told } from '../endpoint.ts';

const judged = (told: readonly Told[], parameters = {}, ...rest: [Parameters<typeof endpoint>[1]?]) =>
  judgedEndpoint('IdleEndpoint', endpoint(told, ...rest), parameters);
const up = (id = 'i-1', values: Told[2] = 3): Told => ['CPUUtilization', 'Average', values, host(id)];
const traffic = (busy: number, variant = 'blue'): Told => [
  'Invocations',
  'Sum',
  [...minutes(busy, 5), ...minutes(60 - busy, undefined)],
  of(variant),
];

test('is an issue where instances stand idle for most of the time, with their hours', () => {
  const { judgement, issues, minutes: at } = judged([up(), up('i-2'), traffic(20)]);
  expect(judgement).toMatchObject({ verdict: 'issue', reason: 'idle most of the time' });
  expect(judgement.finding).toBe('It stood idle for 40 min of 1 h (66.7 %, 1.3 instance hours of ml.c5.xlarge).');
  expect(issues).toMatchObject([{ node: 'blue' }]);
  expect(at).toEqual([[[20, 60]]]);
});

test('no data of what SageMaker and CloudWatch were asked for is no invocation; nor is a zero', () => {
  expect(judged([up()]).judgement).toMatchObject({
    verdict: 'issue',
    reason: 'never invoked',
    action: expect.stringMatching(/^Ask who needs it/),
  });
  expect(judged([up(), ['Invocations', 'Sum', 0]]).judgement.reason).toBe('never invoked');
});

test('no series of invocations is no idleness where they may be elsewhere', () => {
  const unknown = { verdict: 'not judged', reason: 'invocations not known' };
  const asked = endpoint([up()]);
  const of = (monitored: typeof asked) => judgedEndpoint('IdleEndpoint', monitored).judgement;
  const { status: _, ...ofFile } = asked.subject;
  expect(of({ ...asked, subject: ofFile })).toMatchObject(unknown);
  const damage = [{ kind: 'not allowed' as const, count: 1, detail: 'Series may not be read.' }];
  expect(of({ ...asked, damage })).toMatchObject(unknown);
  expect(judged([up()], {}, [{ containers: [] }]).judgement).toMatchObject(unknown);
  expect(judged([up(), ['ModelLatency', 'Average', 9]]).judgement).toMatchObject({
    ...unknown,
    finding: 'It was up for 1 h, and CloudWatch has no Invocations of it here: whether it was called is not known.',
  });
});

test('an endpoint in service of which nothing comes any more is not fine', () => {
  const until = (end: number) => [...minutes(end, 3), ...minutes(60 - end, undefined)];
  const told = (end: number): Told[] => [up('i-1', until(end)), ['Invocations', 'Sum', until(end)]];
  expect(judged(told(45), { minutes: '30' }).judgement).toEqual({
    verdict: 'not judged',
    reason: 'silent at the end',
    finding:
      'It was in use all of the 45 min that it was up, but for pauses of less than 15 min. CloudWatch has nothing of it after 2026-11-02 09:45:00 UTC, for the last 15 min, though the endpoint is in service.',
  });
  expect(judged(told(46), { minutes: '30' }).judgement.verdict).toBe('ok');
  const { subject, ...rest } = endpoint(told(30));
  const deleted = { ...rest, subject: { ...subject, status: 'Deleting' } };
  expect(judgedEndpoint('IdleEndpoint', deleted, { minutes: '30' }).judgement.verdict).toBe('ok');
});

test('is fine at half of the time, and in pauses that are short', () => {
  expect(judged([up(), traffic(30)]).judgement).toMatchObject({ verdict: 'ok', reason: 'in use' });
  expect(judged([up(), traffic(29)]).judgement.verdict).toBe('issue');
  const seldom = Array.from({ length: 60 }, (_, i) => (i % 15 === 0 ? 1 : 0));
  const { judgement } = judged([up(), ['Invocations', 'Sum', seldom]]);
  expect(judgement).toMatchObject({ verdict: 'ok', finding: expect.stringContaining('in use all of the 1 h') });
  expect(judged([up(), ['Invocations', 'Sum', seldom]], { pause: '14' }).judgement.verdict).toBe('issue');
});

test('counts only the time in which it was up', () => {
  const half = [...minutes(30, undefined), ...minutes(30, 3)];
  expect(judged([up('i-1', half)]).judgement).toMatchObject({ verdict: 'not judged', reason: 'too short' });
  const { judgement, minutes: at } = judged([up('i-1', half), up('i-2', half)], { minutes: '30' });
  expect(judgement.finding).toContain('30 min of 30 min (100 %, 1 instance hours');
  expect(at).toEqual([[[30, 60]]]);
});

test('instances that send values every five minutes are up in between, each by itself', () => {
  const every = (first: number, from: number) =>
    Array.from({ length: 60 }, (_, i) => (i >= from && i % 5 === first ? 3 : undefined));
  const { judgement, minutes: at } = judged([up('i-1', every(0, 0)), up('i-2', every(4, 30))]);
  expect(judgement.finding).toContain('idle for 1 h of 1 h (100 %, 1.4 instance hours');
  expect(at).toEqual([[[0, 60]]]);
});

test('without instances it is known to be up between invocations only', () => {
  const ends = Array.from({ length: 60 }, (_, i) => (i === 0 || i === 59 ? 1 : undefined));
  const { judgement, minutes: at } = judged([['Invocations', 'Sum', ends]]);
  expect(judgement.finding).toBe(
    'It stood idle for 58 min of 1 h (96.7 %, 1.9 instance hours of ml.c5.xlarge). Without utilization of its instances, it is known to be up from the first to the last invocation only.',
  );
  expect(at).toEqual([[[1, 59]]]);
  const told = { name: 'blue', instanceCount: undefined } as never;
  expect(judged([['CPUUtilization', 'Average', 1]], {}, [told]).judgement.finding).toBe('It stood idle for 1 h of 1 h (100 %).');
});

test('needs to know that it was up, and is no matter of serverless variants', () => {
  expect(judged([]).judgement).toMatchObject({ verdict: 'not judged', reason: 'no data' });
  expect(judged([up(), traffic(1)], {}, [{ isServerless: true }]).judgement).toMatchObject({
    verdict: 'not judged',
    reason: 'serverless',
  });
});

test('each variant is judged by itself', () => {
  const told: Told[] = [up(), traffic(60), ['CPUUtilization', 'Average', 1, host('i-9', 'green')], traffic(10, 'green')];
  const { judgement, issues } = judged(told, {}, [{}, { name: 'green' }, { name: 'new' }]);
  expect(issues.map(({ node }) => node)).toEqual(['green']);
  expect(judgement.action).toMatch(/^Variant green: Make it serverless/);
  expect(judgement.finding).toMatch(/^green: .* Fine: blue\. Not judged: new \(no data\)\.$/);
});
