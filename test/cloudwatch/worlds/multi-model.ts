import { START } from '../../monitored.ts';
import { type Measured, type Metric, metricByMinute } from '../metric.ts';
import { type World, worldOf } from '../world.ts';
import { durations, happened } from './amounts.ts';
import { endpointShape } from './endpoint-shape.ts';
import { metricOf, variantMetrics } from './variant.ts';

export const MULTI_MODEL = 'translate';

/**
 * An endpoint over three hours whose variant `languages` has many models in one container, of which every twentieth minute several
 * are loaded anew; its variant `rare` is serverless, and every half hour starts from cold.
 */
export function multiModelWorld({ startSeconds = START, minutes = 180 } = {}): World {
  const when = { startSeconds, minutes };
  const traffic = () => 240;
  const languages = variantMetrics({
    ...when,
    endpoint: MULTI_MODEL,
    variant: 'languages',
    seed: 21,
    instances: ['i-0e1d2c3b4a5968778'],
    cores: 8,
    requests: traffic,
    containers: { translate: () => 48_000 },
    overheadMicros: (minute) => (loads(minute) > 0 ? 90_000 : 6_000),
    failing: () => ({}),
  });
  const rare = variantMetrics({
    ...when,
    endpoint: MULTI_MODEL,
    variant: 'rare',
    seed: 22,
    instances: [],
    cores: 1,
    requests: (minute) => (minute % 30 < 3 ? 12 : 0),
    containers: { translate: () => 80_000 },
    overheadMicros: (minute) => (minute % 30 === 0 ? 2_600_000 : 14_000),
    failing: () => ({}),
  });
  return worldOf({
    nowSeconds: startSeconds + minutes * 60,
    metrics: [...languages, ...loading(when, traffic), ...rare, setUp(when)],
    sagemaker: endpointShape(MULTI_MODEL, startSeconds - 86_400, [
      {
        name: 'languages',
        instanceType: 'ml.c5.2xlarge',
        instances: 1,
        weight: 1,
        containers: ['translate'],
        isMultiModel: true,
      },
      { name: 'rare', instances: 0, weight: 0.05, containers: ['translate'] },
    ]),
  });
}

/** Models loaded in that minute. */
function loads(minute: number): number {
  return minute % 20 < 2 ? 6 : 0;
}

function loading(when: { startSeconds: number; minutes: number }, traffic: () => number): Metric[] {
  const of = { EndpointName: MULTI_MODEL, VariantName: 'languages' };
  const metric = (name: Parameters<typeof metricOf>[2], at: (minute: number) => Measured | number | undefined) =>
    metricOf(when, 'AWS/SageMaker', name, of, at);
  return [
    metric('ModelLoadingWaitTime', (minute) => durations(4_200_000, loads(minute))),
    metric('ModelDownloadingTime', (minute) => durations(2_900_000, loads(minute))),
    metric('ModelLoadingTime', (minute) => durations(1_300_000, loads(minute))),
    metric('ModelUnloadingTime', (minute) => durations(160_000, loads(minute))),
    metric('ModelCacheHit', (minute) => happened(traffic() - loads(minute), traffic())),
    metric('LoadedModelCount', (minute) => 30 + loads(minute)),
  ];
}

function setUp({ startSeconds, minutes }: { startSeconds: number; minutes: number }): Metric {
  return metricByMinute({
    namespace: 'AWS/SageMaker',
    name: 'ModelSetupTime',
    dimensions: { EndpointName: MULTI_MODEL, VariantName: 'rare' },
    unit: 'Microseconds',
    startSeconds,
    minutes,
    at: (minute) => (minute % 30 === 0 ? durations(5_400_000, 2) : undefined),
  });
}
