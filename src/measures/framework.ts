import type { FrameworkBreakdown } from '../model/rule-report.ts';

type Shares = ReadonlyMap<string, number>;

/**
 * Shares in percent that add up to 100, without negative ones. The service's `others` is computed from itself and can be negative (Q9); such
 * a share tells nothing and is left out. Zero shares stay.
 */
export function wholeShares(shares: Shares): { shares: Map<string, number>; leftOut: string[] } {
  const kept = [...shares].filter(([, share]) => share >= 0);
  const sum = kept.reduce((total, [, share]) => total + share, 0);
  return {
    shares: new Map(kept.map(([name, share]) => [name, sum === 0 ? 0 : (100 * share) / sum])),
    leftOut: [...shares].filter(([, share]) => share < 0).map(([name]) => name),
  };
}

/**
 * The ratio of CPU to GPU time with the right labels. In the bottleneck and outlier files the service crossed them (Q10): whichever labelling
 * is closer to the sums of the listed operators is taken.
 */
export function uncrossedRatio({ ratio, CPU_total, GPU_total }: FrameworkBreakdown): Shares | undefined {
  if (ratio === undefined || ratio.size !== 2 || CPU_total === undefined || GPU_total === undefined) return ratio;
  const entries = [...ratio];
  const cpu = entries.find(([name]) => /cpu/i.test(name));
  const gpu = entries.find(([name]) => !/cpu/i.test(name));
  if (cpu === undefined || gpu === undefined) return ratio;
  const [cpuTime, gpuTime] = [sum(CPU_total), sum(GPU_total)];
  const expected = (100 * cpuTime) / (cpuTime + gpuTime);
  const crossed = Math.abs(gpu[1] - expected) < Math.abs(cpu[1] - expected);
  return crossed
    ? new Map([
        [cpu[0], gpu[1]],
        [gpu[0], cpu[1]],
      ])
    : ratio;
}

function sum(values: Shares): number {
  return [...values.values()].reduce((total, value) => total + value, 0);
}

/** One operator of the framework, with its share of its device's time. */
export interface Operator {
  readonly name: string;
  /** Percent of the listed operators of the device. */
  readonly share: number;
  /** Cumulative time; operators nest, so a time may contain those of others (Q15). */
  readonly micros: number | null;
}

/** The operators of a device, the most expensive first. */
export function operators(shares: Shares | undefined, totals: Shares | undefined): Operator[] {
  const rows = [...(shares ?? [])].map(([name, share]) => ({ name, share, micros: totals?.get(name) ?? null }));
  return rows.sort((a, b) => b.share - a.share);
}
