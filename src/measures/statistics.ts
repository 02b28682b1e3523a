import type { UsageStatistics } from '../model/rule-report.ts';

export type WholeStatistics = Readonly<Record<'max' | 'p99' | 'p95' | 'p50' | 'min', number>>;

/** The statistics where all five are known: what is drawn and judged needs them all. */
export function wholeStatistics(statistics: UsageStatistics | undefined): WholeStatistics | undefined {
  const { max, p99, p95, p50, min } = statistics ?? {};
  if (max === undefined || p99 === undefined || p95 === undefined || p50 === undefined || min === undefined) return undefined;
  return { max, p99, p95, p50, min };
}
