import { histogram } from '../measures/histogram.ts';
import { quantile, sorted } from '../measures/quantile.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';

/** Settings of the data loader, as the file of the rule names them. */
export interface LoaderSettings {
  pin_memory?: boolean;
  num_workers?: number;
  prefetch?: boolean;
}

/** What the start of an iterator tells of them. */
export function settingsOf({ details }: FrameworkEvents, event: number): LoaderSettings {
  const { pinMemory, workers } = details.get(event) ?? {};
  return {
    ...(pinMemory === undefined ? {} : { pin_memory: pinMemory }),
    ...(workers === undefined ? {} : { num_workers: workers }),
  };
}

/** Quantiles and histogram of seconds, as the file of the rule has them. */
export function loadingTime(seconds: readonly number[]): Record<string, unknown> {
  const ordered = sorted(seconds);
  const { counts, edges } = histogram(seconds);
  return {
    p25: quantile(ordered, 0.25),
    p50: quantile(ordered, 0.5),
    p95: quantile(ordered, 0.95),
    probs: counts,
    binedges: edges,
  };
}
