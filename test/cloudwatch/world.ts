import type { Metric } from './metric.ts';

/** Everything that the services know. */
export interface World {
  readonly region: string;
  readonly accountId: string;
  /** What time it is there, seconds since the epoch. */
  readonly nowSeconds: number;
  readonly metrics: readonly Metric[];
}
