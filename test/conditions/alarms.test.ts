import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alarmsOf } from '../../src/conditions/alarms.ts';
import { defaultConditions } from '../../src/conditions/default-conditions.ts';
import { parseCondition } from '../../src/conditions/parse.ts';
import { conditionText } from '../../src/conditions/print.ts';
import { cloudFormationTemplate } from '../../src/conditions/template.ts';
import { checkTopic } from '../../src/conditions/topic.ts';
import type { Variant } from '../../src/model/monitored.ts';
import { highErrorRate } from '../../src/rules/high-error-rate.ts';
import { insufficientMemory } from '../../src/rules/insufficient-memory.ts';
import { latencyOverTarget } from '../../src/rules/latency-over-target.ts';
import { BLUE, ENDPOINT, monitoredEndpoint } from '../monitored.ts';

const CHECKER = resolve(import.meta.dirname, '../../.venv/bin/cfn-lint');
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const GREEN: Variant = { name: 'green', instanceType: 'ml.g5.12xlarge', containers: ['clean', 'rank'] };

function alarms(texts: readonly string[], variants: readonly Variant[] = [BLUE], topicArn?: string) {
  const conditions = texts.map((text) => parseCondition(text, 'endpoint'));
  return alarmsOf(conditions, monitoredEndpoint({ variants }).subject, topicArn === undefined ? {} : { topicArn });
}

test('an alarm as PutMetricAlarm takes it', () => {
  expect(alarms(['ModelLatency p99 > 200ms for 5m'], [BLUE], TOPIC)).toEqual([
    {
      AlarmName: 'profiler-report/shop-search/blue/ModelLatency p99 high',
      AlarmDescription: 'ModelLatency p99 > 200ms for 5m on variant blue (profiler-report)',
      Namespace: 'AWS/SageMaker',
      MetricName: 'ModelLatency',
      Dimensions: [
        { Name: 'EndpointName', Value: ENDPOINT },
        { Name: 'VariantName', Value: 'blue' },
      ],
      ExtendedStatistic: 'p99',
      Period: 60,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 5,
      Threshold: 200_000,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [TOPIC],
      OKActions: [TOPIC],
    },
  ]);
});

test.each([
  ['Invocation5XXErrors > 1%', { Statistic: 'Average', Threshold: 0.01, TreatMissingData: 'notBreaching', EvaluationPeriods: 1 }],
  ['Invocations < 1 for 90s', { Statistic: 'Sum', Threshold: 1, TreatMissingData: 'breaching', EvaluationPeriods: 2 }],
  ['Invocations <= 1', { ComparisonOperator: 'LessThanOrEqualToThreshold', TreatMissingData: 'breaching' }],
  ['Invocations >= 1', { ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' }],
  ['Invocations > 10 for 2d', { Period: 3600, EvaluationPeriods: 48, DatapointsToAlarm: 48, Threshold: 600 }],
  ['ModelLatency > 1s for 1d', { Period: 60, EvaluationPeriods: 1440, Threshold: 1e6 }],
  ['ModelLatency > 1s for 25h', { Period: 3600, EvaluationPeriods: 25, Threshold: 1e6 }],
  ['CPUUtilization > 90%', { Namespace: '/aws/sagemaker/Endpoints', Threshold: 360, TreatMissingData: 'missing' }],
  ['CPUUtilization > 90', { Threshold: 90 }],
  ['MemoryUtilizaton > 90%', { MetricName: 'MemoryUtilization', Threshold: 90, TreatMissingData: 'missing' }],
])('%s', (text, expected) => {
  expect(alarms([text])).toMatchObject([expected]);
});

test('one for each variant, and each container of a pipeline', () => {
  const names = (texts: readonly string[]) =>
    alarms(texts, [BLUE, GREEN]).map(({ AlarmName }) => AlarmName.slice('profiler-report/shop-search/'.length));
  expect(names(['ModelLatency > 1s'])).toEqual(['blue/ModelLatency Average high', 'green/ModelLatency Average high']);
  expect(names(['ModelLatency > 1s on variant green'])).toEqual(['green/ModelLatency Average high']);
  expect(names(['ContainerLatency > 1s on variant green'])).toEqual([
    'green/clean/ContainerLatency Average high',
    'green/rank/ContainerLatency Average high',
  ]);
  const [one] = alarms(['ContainerLatency > 1s on variant green container rank'], [GREEN]);
  expect(one?.Dimensions.at(-1)).toEqual({ Name: 'ContainerName', Value: 'rank' });
});

test('a name stays when the limit changes, and two limits have two names', () => {
  const names = (...texts: string[]) => alarms(texts).map(({ AlarmName }) => AlarmName.split('/').at(-1));
  expect(names('ModelLatency p99 > 1s')).toEqual(names('ModelLatency p99 > 2s for 5m'));
  expect(
    names('ModelLatency p99 > 1s', 'ModelLatency p99 > 2s for 5m', 'ModelLatency p99 < 1ms', 'ModelLatency p99 > 1000ms'),
  ).toEqual(['ModelLatency p99 high', 'ModelLatency p99 high > 2s 5m', 'ModelLatency p99 low']);
});

test('names do not go by the order of the conditions, and the same alarm is there once', () => {
  const limits = (...texts: string[]) =>
    Object.fromEntries(alarms(texts).map(({ AlarmName, Threshold }) => [AlarmName, Threshold]));
  const [low, high] = ['ModelLatency p99 > 200ms', 'ModelLatency p99 > 300ms'];
  expect(limits(high, low)).toEqual(limits(low, high));
  expect(alarms(['CPUUtilization > 80%', 'CPUUtilization > 320'])).toHaveLength(1);
  const ids = (...texts: string[]) => {
    const { Resources } = cloudFormationTemplate(alarms(texts), ENDPOINT) as {
      Resources: Record<string, { Properties: object }>;
    };
    return Object.fromEntries(Object.entries(Resources).map(([id, { Properties }]) => [id, JSON.stringify(Properties)]));
  };
  expect(ids('ModelLatency p9.9 > 1s', 'ModelLatency p99 > 2s')).toEqual(ids('ModelLatency p99 > 2s', 'ModelLatency p9.9 > 1s'));
});

test('without data there are too few requests, and no idle hour has 59 of them', () => {
  expect(alarms(['ModelLatency SampleCount < 10'])).toMatchObject([{ TreatMissingData: 'breaching', Threshold: 10 }]);
  expect(alarms(['Invocations < 1 for 25h'])).toMatchObject([{ Period: 3600, Threshold: 1 }]);
  expect(alarms(['Invocations < 50 for 25h'])).toMatchObject([{ Period: 3600, Threshold: 3000 }]);
});

test('a name that is too long is refused', () => {
  const long = (letter: string) => letter.repeat(63);
  const variants = [{ ...BLUE, name: long('v'), containers: [long('c')] }];
  const conditions = ['p99.9999999999 > 1234567us', 'p99.9999999999 > 1234568us for 300m'].map((text) =>
    parseCondition(`ContainerLatency ${text}`, 'endpoint'),
  );
  const subject = { ...monitoredEndpoint({ variants }).subject, name: long('e') };
  expect(() => alarmsOf(conditions, subject)).toThrow(/may have 255 letters, this has more: profiler-report/);
});

test.each<[string, readonly Variant[], RegExp]>([
  ['ModelLatency > 1s', [], /which variants shop-search has is not known: give --variant, or allow/],
  ['ModelLatency > 1s on variant grey', [BLUE], /has no variant grey here, only blue\.$/],
  ['CPUUtilization > 90% on host i-1', [BLUE], /instances come and go/],
  ['CPUUtilization > 90%', [{ name: 'blue', containers: [] }], /how many cores .* is not known: give --instance-type/],
  ['GPUUtilization > 90%', [BLUE], /how many GPUs .* is not known/],
  ['ContainerLatency > 1s', [{ name: 'blue', containers: [] }], /add "on container NAME"\.$/],
  ['ModelLatency > 1s for 8d', [BLUE], /an alarm looks back 7 days at most/],
  ['ModelLatency > 1s', [{ name: 'a b\u202e', containers: [] }], /"a b\\u202e" is no name/],
])('no alarm for %s', (text, variants, message) => {
  expect(() => alarms([text], variants)).toThrow(message);
});

test('more than a template holds are refused', () => {
  const variants = Array.from({ length: 501 }, (_, i) => ({ ...BLUE, name: `v${i}` }));
  expect(() => alarms(['ModelLatency > 1s'], variants)).toThrow(/501 alarms, a template may hold 500/);
});

describe('a template', () => {
  const texts = ['ModelLatency p99 > 200ms for 5m', 'ContainerLatency p99.9 > 1s', 'Invocation5XXErrors rate > 1%'];
  const variants = [GREEN, { ...GREEN, name: 'green-1' }, { ...GREEN, name: 'green1' }];

  test.skipIf(!existsSync(CHECKER))("is right to AWS's own checker, but for the one fault put into it", () => {
    const given = alarms([...texts, 'Invocations < 1 for 2d', 'CPUUtilization > 90%'], variants, TOPIC);
    const faulty = given.map((alarm, i) => (i === 2 ? { ...alarm, Period: 61 } : alarm));
    const input = JSON.stringify(cloudFormationTemplate(faulty, ENDPOINT), null, 2);
    const { stdout } = spawnSync(CHECKER, ['--regions', 'eu-west-1'], { input, encoding: 'utf8' });
    expect(stdout.match(/^[EWI]\d+ .*$/gm)).toEqual([expect.stringMatching(/^E\d+ 61 is not one of/)]);
  });

  test('names each resource once', () => {
    const made = JSON.parse(JSON.stringify(cloudFormationTemplate(alarms(texts, variants, TOPIC), ENDPOINT, TOPIC)));
    expect(Object.keys(made.Resources)).toEqual([
      ...['GreenModelLatencyP99High', 'Green1ModelLatencyP99High', 'Green1ModelLatencyP99HighN2'],
      ...['GreenCleanContainerLatencyP999High', 'GreenRankContainerLatencyP999High'],
      ...['Green1CleanContainerLatencyP999High', 'Green1RankContainerLatencyP999High'],
      ...['Green1CleanContainerLatencyP999HighN2', 'Green1RankContainerLatencyP999HighN2'],
      ...[
        'GreenInvocation5XXErrorsAverageHigh',
        'Green1Invocation5XXErrorsAverageHigh',
        'Green1Invocation5XXErrorsAverageHighN2',
      ],
    ]);
    expect(made.Parameters).toMatchObject({ EndpointName: { Default: ENDPOINT }, AlarmTopicArn: { Default: TOPIC } });
  });

  test('says with its parameters what the alarms say', () => {
    const given = alarms(texts, variants, TOPIC);
    const made = cloudFormationTemplate(given, ENDPOINT, TOPIC) as { Resources: Record<string, { Properties: object }> };
    const values: Record<string, unknown> = { EndpointName: ENDPOINT, AlarmTopicArn: TOPIC };
    expect(Object.values(made.Resources).map(({ Properties }) => resolved(Properties, values))).toEqual(given);
    const without = resolved(Object.values(made.Resources)[0]?.Properties, { ...values, AlarmTopicArn: '' });
    expect(without).toEqual(alarms(texts, variants)[0]);
  });
});

/** What CloudFormation makes of the functions that the template uses. */
function resolved(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, values));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: ref, 'Fn::Join': join, 'Fn::If': choice } = value as Record<string, unknown[]>;
  if (ref !== undefined) return values[String(ref)];
  if (join) return (resolved(join[1], values) as string[]).join(join[0] as string);
  if (choice) return resolved(values.AlarmTopicArn === '' ? choice[2] : choice[1], values);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, values)]));
}

describe('without conditions', () => {
  test('what the rules for endpoints look for, with their defaults', () => {
    const { rate, client_rate, minutes } = highErrorRate.defaults;
    const { target, percentile } = latencyOverTarget.defaults;
    const { memory, disk, gpu_memory } = insufficientMemory.defaults;
    expect([latencyOverTarget.defaults.minutes, insufficientMemory.defaults.minutes]).toEqual([minutes, minutes]);
    expect(defaultConditions(GREEN).map(conditionText)).toEqual(
      [
        `Invocation5XXErrors Average > ${rate}%`,
        `InvocationModelErrors Average > ${rate}%`,
        `Invocation4XXErrors Average > ${client_rate}%`,
        `ModelLatency p${percentile} > ${Number(target) / 1000}s`,
        `MemoryUtilization Average > ${memory}%`,
        `DiskUtilization Average > ${disk}%`,
        `GPUMemoryUtilization Average > ${gpu_memory}%`,
      ].map((text) => `${text} for ${minutes}m on variant green`),
    );
  });

  test('nothing of GPUs or disks where there is none', () => {
    const metrics = (variant: Variant) => defaultConditions(variant).map(({ metric }) => metric);
    expect(metrics(BLUE)).not.toContain('GPUMemoryUtilization');
    expect(metrics({ name: 'blue', isServerless: true, containers: [] })).not.toContain('DiskUtilization');
    const gpu = alarmsOf(defaultConditions(GREEN), monitoredEndpoint({ variants: [GREEN] }).subject).at(-1);
    expect(gpu).toMatchObject({ MetricName: 'GPUMemoryUtilization', Threshold: 4 * 95 });
  });
});

test.each<[string, string | undefined, RegExp | undefined]>([
  [TOPIC, 'eu-west-1', undefined],
  [TOPIC, undefined, undefined],
  ['arn:aws-cn:sns:cn-north-1:111122223333:a_b-c', 'cn-north-1', undefined],
  ['arn:aws-us-gov:sns:us-gov-west-1:111122223333:a', undefined, undefined],
  [TOPIC, 'us-east-1', /is in eu-west-1, the endpoint in us-east-1/],
  [`${TOPIC}.fifo`, 'eu-west-1', /is a FIFO topic/],
  ['alarms', undefined, /alarms is not the ARN of an SNS topic, such as arn:/],
  ['arn:aws:sqs:eu-west-1:111122223333:alarms', undefined, /is not the ARN/],
  [`${TOPIC}:6f1c`, undefined, /is not the ARN/],
  [`${TOPIC}\n`, undefined, /is not the ARN/],
])('topic %j in %s', (arn, region, message) => {
  if (message) expect(() => checkTopic(arn, region)).toThrow(message);
  else checkTopic(arn, region);
});
