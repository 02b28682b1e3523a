import { mean } from '../measures/moments.ts';
import { quantile, sorted } from '../measures/quantile.ts';

/** Mean, min, max, p50, p95 and p99; quantiles as pandas gives them. */
export function statistics(values: ArrayLike<number>): number[] {
  const ordered = sorted(values);
  return [mean(ordered), ...[0, 1, 0.5, 0.95, 0.99].map((p) => quantile(ordered, p))];
}

export const STATISTICS = ['mean', 'min', 'max', 'p50', 'p95', 'p99'] as const;
