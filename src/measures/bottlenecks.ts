import type { RuleReport } from '../model/rule-report.ts';

/** Shares of all moments in percent; they add up to 100. */
export interface BottleneckShares {
  /** A GPU was idle while a core was saturated. */
  readonly bottleneck: number;
  /** A GPU was idle and no core was saturated. */
  readonly idle: number;
  /** No GPU was idle. */
  readonly busy: number;
}

/**
 * Shares of the moments (`Datapoints`) of a bottleneck rule: `Violations` are those with a bottleneck, a part of the
 * `low_gpu_utilization` ones. The service's own pie subtracted the number of keys of Details instead, so that its slices overlapped.
 */
export function bottleneckShares(report: RuleReport<'CPUBottleneck' | 'IOBottleneck'>): BottleneckShares {
  const total = Math.max(report.datapoints, report.violations);
  if (total === 0) return { bottleneck: 0, idle: 0, busy: 0 };
  const low = Math.min(total, Math.max(report.details.low_gpu_utilization ?? 0, report.violations));
  const share = (n: number) => (100 * n) / total;
  return { bottleneck: share(report.violations), idle: share(low - report.violations), busy: share(total - low) };
}
