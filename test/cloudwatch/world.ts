import type { LogGroups } from './logs-api.ts';
import type { Metric } from './metric.ts';
import type { SageMakerThings } from './sagemaker-api.ts';

/** Everything that the services know. */
export interface World {
  readonly region: string;
  readonly accountId: string;
  /** What time it is there, seconds since the epoch. */
  readonly nowSeconds: number;
  readonly metrics: readonly Metric[];
  readonly sagemaker: SageMakerThings;
  readonly logs: LogGroups;
}

/** One in which there is nothing but what is given. */
export function worldOf({
  nowSeconds,
  metrics = [],
  sagemaker = {},
  logs = {},
}: Partial<World> & Pick<World, 'nowSeconds'>): World {
  return { region: 'eu-west-1', accountId: '111122223333', nowSeconds, metrics, sagemaker, logs };
}

/** Several as one: of the last moment of all. */
export function together(...worlds: readonly World[]): World {
  const nowSeconds = Math.max(...worlds.map((world) => world.nowSeconds));
  const kinds = new Set(worlds.flatMap(({ sagemaker }) => Object.keys(sagemaker) as (keyof SageMakerThings)[]));
  return worldOf({
    nowSeconds,
    metrics: worlds.flatMap(({ metrics }) => metrics),
    sagemaker: Object.fromEntries(
      [...kinds].map((kind) => [kind, Object.assign({}, ...worlds.map(({ sagemaker }) => sagemaker[kind]))]),
    ),
    logs: Object.assign({}, ...worlds.map(({ logs }) => logs)),
  });
}
