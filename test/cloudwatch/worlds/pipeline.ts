import { START } from '../../monitored.ts';
import { type World, worldOf } from '../world.ts';
import { endpointShape } from './endpoint-shape.ts';
import { pipelineLogs } from './pipeline-logs.ts';
import { variantMetrics } from './variant.ts';

export const PIPELINE = 'shop-search';
const BLUE_INSTANCES = ['i-0b1c2d3e4f5a6b7c8', 'i-0c9d8e7f6a5b4c3d2'];
const GREEN_INSTANCE = 'i-0d4e5f6a7b8c9d0e1';

/** The hour in which the third container of `green` is slow and fails, minutes after the start. */
export const BAD_MINUTES = { from: 60, until: 120 };

/**
 * An inference pipeline of three containers, `clean`, `embed` and `rank`, in two variants over three hours: `blue` has nine tenths
 * of the traffic on two instances, `green` a tenth on one. For an hour a fifth of green's requests end with 5XX while `rank`
 * takes eight times as long, and their logs have errors.
 */
export function pipelineWorld({ startSeconds = START, minutes = 180 } = {}): World {
  const isBad = (minute: number) => minute >= BAD_MINUTES.from && minute < BAD_MINUTES.until;
  const traffic = (minute: number) => 600 + 240 * Math.sin((minute / 180) * 2 * Math.PI);
  const common = { endpoint: PIPELINE, startSeconds, minutes, cores: 4, overheadMicros: () => 7_000 };
  const blue = variantMetrics({
    ...common,
    variant: 'blue',
    seed: 1,
    instances: BLUE_INSTANCES,
    requests: (minute) => 0.9 * traffic(minute),
    containers: { clean: () => 9_000, embed: () => 62_000, rank: () => 24_000 },
    failing: (minute) => ({ client: minute % 12 === 0 ? 0.01 : 0 }),
  });
  const green = variantMetrics({
    ...common,
    variant: 'green',
    seed: 2,
    instances: [GREEN_INSTANCE],
    requests: (minute) => 0.1 * traffic(minute),
    containers: { clean: () => 9_500, embed: () => 66_000, rank: (minute) => (isBad(minute) ? 200_000 : 25_000) },
    failing: (minute) => ({ server: isBad(minute) ? 0.2 : 0 }),
  });
  const containers = ['clean', 'embed', 'rank'];
  const shape = { instanceType: 'ml.c5.xlarge', containers };
  const streams = [...BLUE_INSTANCES.map((id) => `blue/${id}`), `green/${GREEN_INSTANCE}`];
  return worldOf({
    nowSeconds: startSeconds + minutes * 60,
    metrics: [...blue, ...green],
    sagemaker: endpointShape(PIPELINE, startSeconds - 30 * 86_400, [
      { ...shape, name: 'blue', instances: 2, weight: 0.9 },
      { ...shape, name: 'green', instances: 1, weight: 0.1 },
    ]),
    logs: pipelineLogs(
      { endpoint: PIPELINE, startSeconds, minutes, isBad },
      streams.flatMap((stream) => containers.map((container) => `${stream}/${container}`)),
    ),
  });
}
