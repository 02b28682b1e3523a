import { START } from '../../monitored.ts';
import type { World } from '../world.ts';
import { variantMetrics } from './variant.ts';

export const PIPELINE = 'shop-search';

/** The hour in which the third container of `green` is slow and fails, minutes after the start. */
export const BAD_MINUTES = { from: 60, until: 120 };

/**
 * An inference pipeline of three containers, `clean`, `embed` and `rank`, in two variants over three hours: `blue` has nine tenths
 * of the traffic on two instances, `green` a tenth on one. For an hour a fifth of green's requests end with 5XX while `rank`
 * takes eight times as long.
 */
export function pipelineWorld({ startSeconds = START, minutes = 180 } = {}): World {
  const isBad = (minute: number) => minute >= BAD_MINUTES.from && minute < BAD_MINUTES.until;
  const traffic = (minute: number) => 600 + 240 * Math.sin((minute / 180) * 2 * Math.PI);
  const common = { endpoint: PIPELINE, startSeconds, minutes, cores: 4, overheadMicros: () => 7_000 };
  const blue = variantMetrics({
    ...common,
    variant: 'blue',
    seed: 1,
    instances: ['i-0b1c2d3e4f5a6b7c8', 'i-0c9d8e7f6a5b4c3d2'],
    requests: (minute) => 0.9 * traffic(minute),
    containers: { clean: () => 9_000, embed: () => 62_000, rank: () => 24_000 },
    failing: (minute) => ({ client: minute % 12 === 0 ? 0.01 : 0 }),
  });
  const green = variantMetrics({
    ...common,
    variant: 'green',
    seed: 2,
    instances: ['i-0d4e5f6a7b8c9d0e1'],
    requests: (minute) => 0.1 * traffic(minute),
    containers: { clean: () => 9_500, embed: () => 66_000, rank: (minute) => (isBad(minute) ? 200_000 : 25_000) },
    failing: (minute) => ({ server: isBad(minute) ? 0.2 : 0 }),
  });
  return {
    region: 'eu-west-1',
    accountId: '111122223333',
    nowSeconds: startSeconds + minutes * 60,
    metrics: [...blue, ...green],
  };
}
