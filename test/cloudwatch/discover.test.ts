import { expect, test } from 'vitest';
import { unknownShape } from '../../src/cloudwatch/describe/shape.ts';
import { discovered, withoutEmpty } from '../../src/cloudwatch/discover.ts';
import { listedOf } from '../../src/cloudwatch/listed.ts';
import { streamedOf } from '../../src/cloudwatch/log-streams.ts';
import { spanOf } from '../../src/cloudwatch/span.ts';
import { BLUE, ENDPOINT, START, seriesOf } from '../monitored.ts';

const metric = (Namespace: string, MetricName: string, dimensions: Record<string, string>) => ({
  Namespace,
  MetricName,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});
const endpoint = { kind: 'endpoint', name: ENDPOINT } as const;
const asked = { ...endpoint, logs: false };
const NOTHING = { targets: [], others: [] };
const NO_STREAMS = { hosts: [], containers: new Map() };

test('finds variants, containers and hosts in the list of metrics, and names metrics of other dimensions', () => {
  const of = { EndpointName: ENDPOINT, VariantName: 'blue' };
  const listed = listedOf(
    [
      metric('AWS/SageMaker', 'Invocations', of),
      metric('AWS/SageMaker', 'ModelLatency', of),
      metric('AWS/SageMaker', 'ContainerLatency', { ...of, ContainerName: 'rank' }),
      metric('AWS/SageMaker', 'ApproximateBacklogSize', { EndpointName: ENDPOINT }),
      metric('/aws/sagemaker/Endpoints', 'CPUUtilization', { Host: `${ENDPOINT}/blue/i-1` }),
      metric('/aws/sagemaker/Endpoints', 'CPUUtilization', { Host: `${ENDPOINT}-2/blue/i-2` }),
      // A neighbouring namespace.
      metric('/aws/sagemaker/TrainingJobs', 'CPUUtilization', { Host: `${ENDPOINT}/algo-1` }),
    ],
    endpoint,
  );
  expect(listed.targets).toEqual([of, { ...of, ContainerName: 'rank' }, { Host: `${ENDPOINT}/blue/i-1` }]);
  expect(listed.others).toEqual(['ApproximateBacklogSize', 'CPUUtilization']);
});

test('finds instances and containers of an endpoint in the names of its log streams', () => {
  const { hosts, containers } = streamedOf(
    [
      'blue/i-1',
      'blue/i-1/rank',
      'blue/i-1/clean',
      'blue/i-2/rank',
      'green/i-3/data-log',
      'odd',
      'no name/i-4',
      'r\u202eed/i-5',
    ].map((logStreamName) => ({
      logStreamName,
    })),
    endpoint,
  );
  expect(hosts).toEqual([`${ENDPOINT}/blue/i-1`, `${ENDPOINT}/blue/i-2`, `${ENDPOINT}/green/i-3`]);
  expect([...containers]).toEqual([
    ['blue', ['clean', 'rank']],
    ['green', []],
  ]);
});

test('finds hosts of a job in the names of its log streams, and when it ran in their times', () => {
  const streams = [
    { logStreamName: 'score/i-0a-1793610000', firstEventTimestamp: START * 1000, lastEventTimestamp: (START + 60) * 1000 },
    { logStreamName: 'score/i-0b-1793610000', firstEventTimestamp: (START + 9) * 1000, lastEventTimestamp: (START + 90) * 1000 },
    { logStreamName: 'score/i-0b-1793610000/data-log' },
    { logStreamName: 'score-2/i-0c-1793610000' },
  ];
  expect(streamedOf(streams, { kind: 'transform job', name: 'score' })).toEqual({
    hosts: ['score/i-0a', 'score/i-0b'],
    containers: new Map(),
    startSeconds: START,
    endSeconds: START + 90,
  });
});

test('joins what is found with the shape; containers of a model that was looked at are as it has them', () => {
  const subject = { ...endpoint, variants: [{ ...BLUE, containers: [] }], phases: [] };
  const of = (VariantName: string, ContainerName: string) => ({ EndpointName: ENDPOINT, VariantName, ContainerName });
  const listed = { targets: [of('blue', 'b'), of('blue', 'a'), of('older', 'x')], others: [] };
  const streamed = { hosts: [`${ENDPOINT}/older/i-9`], containers: new Map([['older', ['y']]]) };
  const shape = { state: 'described', subject, modelled: new Set(['blue']) } as const;
  const all = discovered(asked, shape, listed, streamed);
  expect(all.subject.variants).toEqual([
    { ...BLUE, containers: [] },
    { name: 'older', containers: ['x', 'y'] },
  ]);
  expect(all.hosts).toEqual([`${ENDPOINT}/older/i-9`]);
  const one = discovered({ ...asked, variant: 'blue' }, shape, listed, streamed);
  expect([one.subject.variants.map(({ name }) => name), one.hosts, one.variantNames]).toEqual([['blue'], [], ['blue', 'older']]);
});

test('leaves a variant out that only a log stream tells of, where there are metrics of others', () => {
  const variant = (name: string) => ({ name, containers: [] });
  const subject = { ...endpoint, variants: ['blue', 'quiet', 'trace'].map(variant), phases: [] };
  const shape = { subject: { ...subject, variants: ['blue', 'quiet'].map(variant) } };
  const series = [seriesOf({ metric: 'Invocations', statistic: 'Sum', value: () => 1 })];
  expect(withoutEmpty(subject, shape, series).variants.map(({ name }) => name)).toEqual(['blue', 'quiet']);
  expect(withoutEmpty(subject, shape, [])).toBe(subject);
});

test('guesses where nobody tells anything: the usual variant, and hosts of a job', () => {
  const endpointShape = unknownShape('gone', 'endpoint', ENDPOINT);
  expect(discovered(asked, endpointShape, NOTHING, NO_STREAMS).subject.variants).toEqual([
    { name: 'AllTraffic', containers: [] },
  ]);
  const given = { ...asked, variant: 'green' };
  expect(discovered(given, endpointShape, NOTHING, NO_STREAMS).subject.variants[0]?.name).toBe('green');
  const job = { kind: 'training job', name: 'churn', logs: false } as const;
  const shape = unknownShape('not told', 'training job', 'churn');
  expect(discovered(job, shape, NOTHING, NO_STREAMS).hosts).toHaveLength(20);
  const streamed = { hosts: ['churn/algo-2', 'churn/algo-10'], containers: new Map() };
  expect(discovered(job, shape, NOTHING, streamed).hosts).toEqual(['churn/algo-2', 'churn/algo-10']);
});

test('the span is what was asked for, else a job’s own, else the last three hours', () => {
  const now = START + 86_400;
  const job = { kind: 'training job', name: 'churn', logs: false } as const;
  const shape = { ...unknownShape('not told', 'training job', 'churn'), state: 'described' as const };
  const ran = { ...shape, startSeconds: START, endSeconds: START + 600 };
  const span = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });
  expect(spanOf(asked, unknownShape('gone', 'endpoint', ENDPOINT), NO_STREAMS, now)).toEqual(span(now - 10_800, now));
  expect(spanOf(job, ran, NO_STREAMS, now)).toEqual(span(START, START + 720));
  expect(spanOf(job, { ...shape, startSeconds: START }, NO_STREAMS, now)).toEqual(span(START, now));
  // Without the minute that is not over, but one of a job that began in it.
  expect(spanOf(asked, unknownShape('gone', 'endpoint', ENDPOINT), NO_STREAMS, now + 59)).toEqual(span(now - 10_800, now));
  expect(spanOf(job, { ...shape, startSeconds: now + 5 }, NO_STREAMS, now + 59)).toEqual(span(now + 5, now + 65));
  const streamed = { ...NO_STREAMS, ...span(START + 60, START + 300) };
  expect(spanOf(job, unknownShape('gone', 'training job', 'churn'), streamed, now)).toEqual(span(START + 60, START + 420));
  expect(spanOf({ ...job, ...span(5, 9) }, ran, NO_STREAMS, now)).toEqual(span(5, 9));
  expect(() => spanOf({ ...job, startSeconds: START + 9999 }, ran, NO_STREAMS, now)).toThrow(
    /churn was over at .*: check --start/,
  );
  expect(() => spanOf({ ...job, endSeconds: START - 1 }, ran, NO_STREAMS, now)).toThrow(/churn began at .*: check --end/);
});
