import fc from 'fast-check';
import { expect, test } from 'vitest';
import { METRICS } from '../../src/model/cloudwatch-metrics.ts';
import type { MetricSeries, Variant } from '../../src/model/monitored.ts';
import { ENDPOINT_RULES } from '../../src/rules/index.ts';
import { runEndpointRules } from '../../src/rules/run-rules.ts';
import { ENDPOINT, monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const names = fc.constantFrom('blue', 'green', '', '__proto__', '<b>x</b>', 'a\u202eb', '%{x}', 'i/1', 'x'.repeat(300));
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1, 100, 1e9, Number.NaN, Number.POSITIVE_INFINITY),
  fc.double({ min: 0, max: 1e7, noNaN: true }),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const series: fc.Arbitrary<MetricSeries> = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    statistic: fc.constantFrom('Average', 'Sum', 'Maximum', 'SampleCount', 'p99', 'p50'),
    variant: names,
    other: names,
    periodSeconds: fc.constantFrom(60, 300, 1),
    points: fc.uniqueArray(fc.tuple(fc.integer({ min: -5, max: 200 }), numbers), { selector: ([at]) => at, maxLength: 40 }),
  })
  .map(({ metric, statistic, variant, other, periodSeconds, points }) => {
    const ordered = points.toSorted(([a], [b]) => a - b);
    const isOfHosts = metric.dimensions.some((some) => some.includes('Host')) && other !== 'blue';
    return {
      namespace: metric.namespace,
      metric: metric.name,
      statistic: statistic as MetricSeries['statistic'],
      unit: metric.units[0],
      dimensions: isOfHosts
        ? { Host: `${ENDPOINT}/${variant}/${other}` }
        : {
            EndpointName: ENDPOINT,
            VariantName: variant,
            ...(metric.name === 'ContainerLatency' ? { ContainerName: other } : {}),
          },
      periodSeconds,
      seconds: Float64Array.from(ordered, ([at]) => START + at * periodSeconds),
      values: Float64Array.from(ordered, ([, value]) => value),
    };
  });

const variants = fc.uniqueArray(
  fc
    .record({
      name: names,
      instanceType: optional(fc.constantFrom('ml.c5.xlarge', 'ml.p3.8xlarge', 'nonsense', '')),
      instanceCount: optional(fc.nat(3)),
      weight: optional(fc.double({ min: 0, max: 1, noNaN: true })),
      containers: fc.uniqueArray(names, { maxLength: 3 }),
      isServerless: optional(fc.boolean()),
      isMultiModel: optional(fc.boolean()),
    })
    .map((told) => Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as unknown as Variant),
  { selector: ({ name }) => name, maxLength: 4 },
);

test('no rule breaks, or ends without a reason, whatever CloudWatch has', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 30 }), variants, (all, told) => {
      const outcomes = runEndpointRules(
        { kind: 'endpoint', monitored: monitoredEndpoint({ series: all, variants: told }) },
        new Map(),
      );
      expect(outcomes.size).toBe(ENDPOINT_RULES.length);
      for (const { judgement, issues } of outcomes.values()) {
        expect(judgement?.verdict).not.toBe('error');
        expect(judgement?.reason).not.toBe('');
        expect(judgement?.finding).toMatch(/^[^\u202e]+\.$/);
        expect(issues.length > 0).toBe(judgement?.verdict === 'issue');
        if (judgement?.verdict === 'issue') expect(judgement.action).toMatch(/^[A-Z].+\.$/);
        if (judgement?.verdict === 'issue') expect(judgement.weight).toBeLessThanOrEqual(1);
        for (const { spans } of issues) for (const one of spans) expect(one.endSeconds).toBeGreaterThan(one.startSeconds);
      }
    }),
    { numRuns: 400 },
  );
});

test.each(ENDPOINT_RULES)(
  '$name tells its limits, each with a range that the default lies in',
  ({ defaults, ranges, checks }) => {
    expect(Object.keys(ranges ?? {})).toEqual(Object.keys(defaults));
    for (const [name, value] of Object.entries(defaults)) {
      const [least, largest] = ranges?.[name] ?? [];
      expect(Number(value)).toBeGreaterThanOrEqual(least ?? Number.NaN);
      expect(Number(value)).toBeLessThanOrEqual(largest ?? Number.NaN);
    }
    expect(checks((name) => Number(defaults[name]))).toMatch(/^[A-Z].*\d.*\?$/);
  },
);

test('many variants are told in few words', () => {
  const all = Array.from({ length: 9 }, (_, i): Variant => ({ name: `v${i}`, containers: [`container-${i}`] }));
  const judged = (some: readonly MetricSeries[], rule: string) =>
    runEndpointRules({ kind: 'endpoint', monitored: monitoredEndpoint({ variants: all, series: some }) }, new Map()).get(rule)
      ?.judgement;
  expect(judged([], 'HighErrorRate')).toMatchObject({
    verdict: 'not judged',
    finding: 'v0, v1, v2 and 6 more: CloudWatch has no invocations of it in this time.',
  });
  const latencies = all
    .slice(0, 6)
    .map(({ name }, i) =>
      seriesOf({ metric: 'ModelLatency', statistic: 'p99', dimensions: { VariantName: name }, value: () => 2e6 + 1e6 * i }),
    );
  const { finding } = judged(latencies, 'LatencyOverTarget') ?? {};
  expect(finding).toMatch(
    /^v5: .* v4: .* v3: .* Issues, too: v2, v1 and v0\. Not judged: v6 \(no traffic\), v7 .* and v8 \(no traffic\)\.$/,
  );
});
