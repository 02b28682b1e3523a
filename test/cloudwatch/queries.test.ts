import { describe, expect, test } from 'vitest';
import { batchesOf } from '../../src/cloudwatch/metrics.ts';
import { dataQuery, queriesFor } from '../../src/cloudwatch/queries.ts';
import { targetsOf } from '../../src/cloudwatch/targets.ts';
import { INSTANCE_NAMESPACES, METRICS } from '../../src/model/cloudwatch-metrics.ts';
import type { Subject } from '../../src/model/monitored.ts';
import { BLUE, ENDPOINT } from '../monitored.ts';

const endpoint: Subject = {
  kind: 'endpoint',
  name: ENDPOINT,
  variants: [{ ...BLUE, containers: ['clean', 'rank'] }],
  phases: [],
};
const OF_BLUE = { EndpointName: ENDPOINT, VariantName: 'blue' };
const ofEndpoint = queriesFor('endpoint', targetsOf(endpoint, [`${ENDPOINT}/blue/i-1`]));
const told = (queries: typeof ofEndpoint, name: string) =>
  queries.filter((query) => query.name === name).map(({ statistic }) => statistic);

test('asks for every metric of endpoints under all of its dimensions', () => {
  const asked = new Set(
    ofEndpoint.map(({ definition, dimensions }) => `${definition.namespace} ${definition.name} ${Object.keys(dimensions)}`),
  );
  const known = METRICS.filter(({ namespace }) => namespace === 'AWS/SageMaker' || namespace === '/aws/sagemaker/Endpoints');
  const all = known.flatMap(({ namespace, name, dimensions }) => dimensions.map((names) => `${namespace} ${name} ${names}`));
  expect([...asked].sort()).toEqual(all.sort());
});

test.each(INSTANCE_NAMESPACES.filter((namespace) => !namespace.endsWith('Endpoints')))(
  'asks for every metric of %s',
  (namespace) => {
    const kind = ({ TrainingJobs: 'training job', TransformJobs: 'transform job', ProcessingJobs: 'processing job' } as const)[
      namespace.split('/')[3] as 'TrainingJobs'
    ];
    const asked = queriesFor(kind, [{ Host: 'job/algo-1' }]).map(({ definition }) => definition);
    expect([...new Set(asked)]).toEqual(METRICS.filter((metric) => metric.namespace === namespace));
  },
);

describe('statistics', () => {
  test('are only those that mean something', () => {
    expect(told(ofEndpoint, 'Invocations')).toEqual(['Sum', 'SampleCount']);
    expect(told(ofEndpoint, 'InvocationsPerInstance')).toEqual(['Sum']);
    const all = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p90', 'p99'];
    expect(told(ofEndpoint, 'ModelLatency')).toEqual(all);
    expect(told(ofEndpoint, 'ContainerLatency')).toEqual([...all, ...all]);
  });

  test('may be more where asked for, where the metric has them', () => {
    const more = [
      { metric: 'ModelLatency', statistic: 'p99.9' },
      { metric: 'Invocations', statistic: 'p99.9' },
    ] as const;
    const queries = queriesFor('endpoint', [OF_BLUE], more);
    expect(queries.filter(({ statistic }) => statistic === 'p99.9').map(({ name }) => name)).toEqual(['ModelLatency']);
  });
});

test('asks for the historical spelling too', () => {
  const names = queriesFor('training job', [{ Host: 'job/algo-1' }]).map(({ name }) => name);
  expect(new Set(names.filter((name) => name.startsWith('Memory')))).toEqual(new Set(['MemoryUtilization', 'MemoryUtilizaton']));
});

test('ids are unique and as CloudWatch allows them; labels tell what it is', () => {
  const ids = ofEndpoint.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z][a-zA-Z0-9_]*$/.test(id))).toEqual([]);
  const latency = ofEndpoint.find(({ name, statistic }) => name === 'ContainerLatency' && statistic === 'p99');
  expect(latency && dataQuery(latency, 300)).toEqual({
    Id: latency?.id,
    Label: 'ContainerLatency p99 shop-search/blue/clean',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SageMaker',
        MetricName: 'ContainerLatency',
        Dimensions: [
          { Name: 'EndpointName', Value: ENDPOINT },
          { Name: 'VariantName', Value: 'blue' },
          { Name: 'ContainerName', Value: 'clean' },
        ],
      },
      Period: 300,
      Stat: 'p99',
    },
  });
});

test('a request has at most 500 queries, and no more points than one page', () => {
  const many = queriesFor(
    'training job',
    Array.from({ length: 100 }, (_, i) => ({ Host: `job/algo-${i + 1}` })),
  );
  const sizes = (seconds: number) =>
    batchesOf(many, { startSeconds: 0, endSeconds: seconds, periodSeconds: 60 }).map(({ length }) => length);
  expect(sizes(3600)).toEqual([500, 500, 500, 300]);
  // 14 days of minutes are 20,160 points.
  expect(new Set(sizes(14 * 86_400))).toEqual(new Set([5]));
  expect(sizes(14 * 86_400).reduce((sum, size) => sum + size, 0)).toBe(many.length);
});
