import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../../src/conditions/condition.ts';
import { parseCondition } from '../../src/conditions/parse.ts';
import { conditionText } from '../../src/conditions/print.ts';
import { limitOf } from '../../src/conditions/values.ts';
import { hasStatistic, METRICS, type Statistic } from '../../src/model/cloudwatch-metrics.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { SubjectKind } from '../../src/model/monitored.ts';
import { visibleText } from '../../src/model/text.ts';

describe('reads', () => {
  test.each([
    ['ModelLatency p99 > 200ms for 5m', 'ModelLatency p99 > 200ms for 5m', 200_000],
    ['modellatency P99.90>=0.2 s FOR 300s', 'ModelLatency p99.9 >= 200ms for 5m', 200_000],
    ['OverheadLatency ≤ 50µs', 'OverheadLatency Average <= 50us', 50],
    ['OverheadLatency max > 50 μs', 'OverheadLatency Maximum > 50us', 50],
    ['ModelSetupTime min > 2min for 1d', 'ModelSetupTime Minimum > 2min for 1d', 120e6],
    ['ModelLatency count < 100', 'ModelLatency SampleCount < 100', 100],
    ['Invocation5XXErrors rate > 1%', 'Invocation5XXErrors Average > 1%', 0.01],
    ['Invocation5XXErrors > 1.1 %', 'Invocation5XXErrors Average > 1.1%', 0.011],
    ['Invocation4XXErrors mean > 0.05', 'Invocation4XXErrors Average > 5%', 0.05],
    ['InvocationModelErrors > 10 for 90s', 'InvocationModelErrors Sum > 10 for 90s', 10],
    ['Invocations < 1e3', 'Invocations Sum < 1000', 1000],
    ['ModelCacheHit rate < 80%', 'ModelCacheHit Average < 80%', 0.8],
    ['ModelCacheHit < 0.5', 'ModelCacheHit Average < 50%', 0.5],
    ['LoadedModelCount > 12', 'LoadedModelCount Average > 12', 12],
    ['CPUUtilization > 380', 'CPUUtilization Average > 380', 380],
    ['CPUUtilization > 95%', 'CPUUtilization Average > 95%', 95],
    ['MemoryUtilizaton > 90', 'MemoryUtilization Average > 90%', 90],
    ['DiskUtilization avg > 90 % for 2h on host algo-1', 'DiskUtilization Average > 90% for 2h on host algo-1', 90],
    [
      'ContainerLatency > 9ms on container tok-1 variant blue for 60s',
      'ContainerLatency Average > 9ms for 1m on variant blue container tok-1',
      9000,
    ],
    ['ModelLatency > 0ms variant blue', 'ModelLatency Average > 0us on variant blue', 0],
  ])('%s', (text, canonical, threshold) => {
    const condition = parseCondition(text);
    expect(conditionText(condition)).toBe(canonical);
    expect(condition.threshold).toBe(threshold);
    expect(parseCondition(canonical)).toEqual(condition);
  });
});

describe('refuses in one line that tells the mend', () => {
  test.each<[string, RegExp, SubjectKind?]>([
    ['', /the metric is missing: write METRIC/],
    ['   ', /the metric is missing/],
    ['ModelLatancy > 1ms', /"ModelLatancy" is no metric .* did you mean ModelLatency\?$/],
    ['Latency > 1ms', /write one of ModelLatency, OverheadLatency and ContainerLatency\.$/],
    ['Frobnication > 1', /write one of Invocations, .* DiskUtilization\.$/],
    ['ModelLatency', /the operator is missing/],
    ['ModelLatency p99', /the operator is missing/],
    ['ModelLatency p99 >', /the value is missing/],
    ['ModelLatency p99 == 200ms', /"==" is no operator: write one of > >= < <=/],
    ['ModelLatency p101 > 1ms', /ModelLatency has no p101: it has Average, .* percentiles such as p99\./],
    ['ModelLatency median > 1ms', /no statistic "median"/],
    ['Invocations p99 > 1', /Invocations has no p99: it has Sum and SampleCount\./],
    ['Invocations avg > 1', /Invocations has no Average/],
    ['ModelLatency rate > 1ms', /no statistic "rate"/],
    ['ModelLatency > 200', /"200" is not in a unit of Average of ModelLatency: write us, ms, s or min/],
    ['ModelLatency > 200%', /"200%" is not in a unit/],
    ['ModelLatency > fast', /"fast" is no value/],
    ['ModelLatency > -1ms', /"-1ms" is no value/],
    ['ModelLatency > 1,000ms', /"1,000ms" is no value/],
    ['ModelLatency > 1e999ms', /is no value/],
    ['Invocations > 5ms', /it is a count: write the number alone/],
    ['Invocation5XXErrors Sum > 1%', /errors as a share of the requests are a rate/],
    ['Invocation5XXErrors rate > 5', /share of the requests and never above 100%: write 1% or 0\.01/],
    ['MemoryUtilization > 101', /never above 100%\./],
    ['CPUUtilization > 380%', /never above 100% of all cores or GPUs together: write the number alone/],
    ['Invocations < 0', /never below 0/],
    ['Invocations >= 0', /always 0 or more: write > 0/],
    ['MemoryUtilization > 100%', /never above 100%/],
    ['ModelLatency > 1e308s', /"1e\+308s" is more than CloudWatch can hold/],
    ['ModelLatency > 1ms for', /the time after "for" is missing/],
    ['ModelLatency > 1ms for 5', /"5" after "for" is no time/],
    ['ModelLatency > 1ms for 0m', /is no time/],
    ['ModelLatency > 1ms for 500d', /at most 455d/],
    ['ModelLatency > 1ms for 5m for 6m', /"for" is too much or at the wrong place/],
    ['ModelLatency > 1ms on', /"on" is too much/],
    ['ModelLatency > 1ms on variant', /the name of the variant is missing/],
    ['ModelLatency > 1ms on variant <b>', /"<" is not the name of a variant/],
    ['ModelLatency > 1ms on container a', /does not keep ModelLatency by container/],
    ['ModelLatency > 1ms, Invocations > 4', /"1ms," is no value/],
    ['ModelLatency > 1ms', /CloudWatch has no ModelLatency of training jobs; write one of CPUUtilization, /, 'training job'],
    ['DiskUtilization > 1', /CloudWatch has no DiskUtilization of transform jobs/, 'transform job'],
    ['CPUUtilization > 1 on variant blue', /CPUUtilization of training jobs by variant/, 'training job'],
    [`ModelLatency > 1ms ${'x'.repeat(600)}`, /longer than 500 characters/],
    ['\u202eModelLatency\u0000 > 1ms', /"\\u202eModelLatency\\u0000" is no metric/],
    ['__proto__ > 1', /"__proto__" is no metric/],
    ['ModelLatency constructor > 1ms', /no statistic "constructor"/],
    ['ModelLatency > 1ms toString x', /"tostring" is too much/],
  ])('%j', (text, message, kind) => {
    const error = thrownBy(() => parseCondition(text, kind));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
    expect((error as UsageError).message).toBe(visibleText((error as UsageError).message));
  });
});

test('any text is read or refused, and never anything else', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...WORDS) })), (text) => {
      const error = thrownBy(() => parseCondition(text));
      expect(error === undefined || error instanceof UsageError).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a printed condition is read as the same one', () => {
  fc.assert(
    fc.property(conditions(), (condition) => {
      expect(parseCondition(conditionText(condition))).toEqual(condition);
    }),
    {
      numRuns: 2000,
    },
  );
});

const WORDS = [
  'ModelLatency',
  'CPUUtilization',
  'Invocation5XXErrors',
  'p99',
  'rate',
  ' ',
  '>',
  '1',
  '5m',
  '%',
  'ms',
  'for',
  'on',
  'host',
];

/** Any that the grammar can say, with values of any size. */
function conditions(): fc.Arbitrary<Condition> {
  const statistics = fc.oneof(
    fc.constantFrom<Statistic>('Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'),
    fc.integer({ min: 0, max: 99_999 }).map((rank): Statistic => `p${rank / 1000}`),
  );
  const made = fc.record({
    metric: fc.constantFrom(...METRICS),
    statistic: statistics,
    operator: fc.constantFrom<Condition['operator']>('>', '>=', '<', '<='),
    value: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1e12, noNaN: true }), fc.nat()),
    unit: fc.constantFrom('', '%', 'us', 'ms', 's', 'min'),
    durationSeconds: fc.option(fc.integer({ min: 1, max: 86_400 * 455 }), { nil: undefined }),
    name: fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/), { nil: undefined }),
  });
  return made
    .filter(({ metric, statistic }) => hasStatistic(metric, statistic))
    .filter(({ metric, statistic, value, unit, operator }) => {
      return thrownBy(() => limitOf({ value, unit }, metric.name, statistic, operator)) === undefined;
    })
    .map(({ metric, statistic, operator, value, unit, durationSeconds, name }) => ({
      metric: metric.name,
      statistic,
      operator,
      ...limitOf({ value, unit }, metric.name, statistic, operator),
      ...(durationSeconds === undefined ? {} : { durationSeconds }),
      where: name === undefined ? {} : metric.dimensions.flat().includes('Host') ? { host: name } : { variant: name },
    }));
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
