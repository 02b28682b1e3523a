import { type MetricName, metricDefinition, type Namespace } from '../../../src/model/cloudwatch-metrics.ts';
import { START } from '../../monitored.ts';
import type { Measured, Metric } from '../metric.ts';
import { type World, worldOf } from '../world.ts';
import { durations, happened, level, ofEach } from './amounts.ts';
import { endpointShape } from './endpoint-shape.ts';

export const LONG = 'old-faithful';
const DAYS = 455;

/** An endpoint of one variant that has served for fifteen months, until START unless told; each period is made when it is asked for. */
export function longWorld({ endSeconds = START } = {}): World {
  const firstSeconds = endSeconds - DAYS * 86_400;
  const of = { EndpointName: LONG, VariantName: 'main' };
  const host = { Host: `${LONG}/main/i-0f1e2d3c4b5a69788` };
  const day = (seconds: number) => 1 + 0.6 * Math.sin((seconds / 86_400) * 2 * Math.PI);
  const requests = (seconds: number, period: number) => Math.round(2 * period * day(seconds));
  const metric = (namespace: Namespace, name: MetricName, dimensions: Record<string, string>, measured: At): Metric => {
    const unit = metricDefinition(namespace, name)?.units[0] ?? 'None';
    return { namespace, name, dimensions, unit, firstSeconds, lastSeconds: endSeconds - 60, measured };
  };
  const variant = (name: MetricName, measured: At) => metric('AWS/SageMaker', name, of, measured);
  return worldOf({
    nowSeconds: endSeconds,
    metrics: [
      variant('Invocations', (seconds, period) => ofEach(1, requests(seconds, period))),
      variant('InvocationsPerInstance', (seconds, period) => ofEach(1, requests(seconds, period))),
      variant('Invocation4XXErrors', (seconds, period) => happened(1, requests(seconds, period))),
      variant('Invocation5XXErrors', (seconds, period) => happened(0, requests(seconds, period))),
      variant('ModelLatency', (seconds, period) => durations(70_000 * day(seconds), requests(seconds, period))),
      variant('OverheadLatency', (seconds, period) => durations(8_000, requests(seconds, period))),
      ...[of, host].flatMap((dimensions) => [
        metric('/aws/sagemaker/Endpoints', 'CPUUtilization', dimensions, (seconds) => level(90 * day(seconds), 8)),
        metric('/aws/sagemaker/Endpoints', 'MemoryUtilization', dimensions, () => level(41, 1)),
      ]),
    ],
    sagemaker: endpointShape(LONG, firstSeconds, [
      { name: 'main', instanceType: 'ml.c5.xlarge', instances: 1, weight: 1, containers: ['serve'] },
    ]),
  });
}

type At = (seconds: number, periodSeconds: number) => Measured | undefined;
