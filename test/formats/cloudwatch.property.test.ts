import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloudWatchFile, readCloudWatch } from '../../src/formats/cloudwatch.ts';
import { hasStatistic, METRICS, type Statistic } from '../../src/model/cloudwatch-metrics.ts';
import { SUBJECT_KINDS } from '../../src/model/monitored.ts';
import { DAMAGE_KINDS } from '../../src/model/run.ts';

const NAMESPACES = {
  endpoint: ['AWS/SageMaker', '/aws/sagemaker/Endpoints'],
  'training job': ['/aws/sagemaker/TrainingJobs'],
  'transform job': ['/aws/sagemaker/TransformJobs'],
  'processing job': ['/aws/sagemaker/ProcessingJobs'],
};
const STATISTICS: Statistic[] = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p99', 'p99.9'];
const seconds = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((milliseconds) => milliseconds / 1000);
const name = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('/'));
const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);

const monitored = fc.record({ kind: fc.constantFrom(...SUBJECT_KINDS), name }).chain(({ kind, name: ofThing }) => {
  const metrics = METRICS.filter(({ namespace }) => NAMESPACES[kind].includes(namespace));
  const series = fc.constantFrom(...metrics).chain((metric) =>
    fc.record({
      namespace: fc.constant(metric.namespace),
      metric: fc.constant(metric.name),
      dimensions: fc
        .record({ at: fc.constantFrom(...metric.dimensions), variant: name, other: name })
        .map(({ at, variant, other }) => {
          const known = { EndpointName: ofThing, VariantName: variant, ContainerName: other, Host: `${ofThing}/${variant}` };
          return Object.fromEntries(at.map((dimension) => [dimension, known[dimension]]));
        }),
      statistic: fc.constantFrom(...STATISTICS.filter((statistic) => hasStatistic(metric, statistic))),
      unit: fc.constantFrom(...metric.units),
      periodSeconds: fc.constantFrom(60, 300, 3600),
      points: fc.uniqueArray(fc.tuple(seconds, value), { selector: ([moment]) => moment, maxLength: 8 }),
    }),
  );
  return fc.record({
    subject: fc.record(
      {
        kind: fc.constant(kind),
        name: fc.constant(ofThing),
        region: name,
        status: name,
        failureReason: fc.string(),
        instanceType: name,
        instanceCount: fc.nat(),
        variants: fc.array(
          fc.record(
            { name, containers: fc.array(name), weight: value, isServerless: fc.boolean() },
            { requiredKeys: ['name', 'containers'] },
          ),
          { maxLength: 3 },
        ),
        phases: fc.array(fc.record({ status: name, startSeconds: seconds, endSeconds: seconds }), { maxLength: 3 }),
      },
      { requiredKeys: ['kind', 'name', 'variants', 'phases'] },
    ),
    startSeconds: seconds,
    endSeconds: seconds,
    source: fc.string(),
    series: fc
      .uniqueArray(series, {
        maxLength: 6,
        selector: ({ namespace, metric, dimensions, statistic, periodSeconds }) =>
          JSON.stringify([namespace, metric, dimensions, statistic, periodSeconds]),
      })
      .map((all) =>
        all.map(({ points, ...one }) => {
          const ordered = points.toSorted(([a], [b]) => a - b);
          return {
            ...one,
            seconds: Float64Array.from(ordered, ([moment]) => moment),
            values: Float64Array.from(ordered, ([, at]) => at),
          };
        }),
      ),
    logs: fc.record({
      group: name,
      lines: fc.array(fc.record({ seconds, stream: name, message: fc.string({ unit: 'binary' }) }), { maxLength: 4 }),
      leftOut: fc.nat(),
    }),
    damage: fc.array(fc.record({ kind: fc.constantFrom(...DAMAGE_KINDS), file: name, count: fc.nat(), detail: fc.string() }), {
      maxLength: 3,
    }),
  });
});

test('what was saved is read again as it was', () => {
  fc.assert(
    fc.property(monitored, (given) => {
      const bytes = new TextEncoder().encode(cloudWatchFile(given));
      const { kind, name } = given.subject;
      expect(readCloudWatch([{ name: 'saved.json', bytes }], { kind, name })).toEqual(given);
    }),
  );
});
