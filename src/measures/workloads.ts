import type { RuleReport, RuleReports } from '../model/rule-report.ts';
import { byNumber } from '../model/text.ts';
import { jensenShannonDistance } from './distance.ts';

/** Edges of the workload histograms in percent: 0, 2, ... 98, and a last bin up to 100 for what the service leaves out (Q7). */
export const WORKLOAD_EDGES: readonly number[] = Array.from({ length: 51 }, (_, i) => 2 * i);

/** Utilization histogram of one GPU. */
export interface Workload {
  readonly node: string;
  readonly gpu: string;
  /** 50 counts over WORKLOAD_EDGES. */
  readonly counts: readonly number[];
  /** Sum of the counts. */
  readonly samples: number;
  /** Mean utilization in percent, each bin taken at its middle (a bin of zeros counts as 1 %). */
  readonly mean: number;
}

/** Two GPUs of a node, or two of the same name on different nodes. */
export interface WorkloadPair {
  readonly a: Workload;
  readonly b: Workload;
  /** Jensen-Shannon distance of their histograms. */
  readonly distance: number;
}

/**
 * The histograms of LoadBalancing.json with the samples above 98 % put back: the file's 49 bins end there, but its data points count
 * every sample. They are those of the last GPU; the others are taken to have as many, where nothing says that they never exceeded 98 %.
 */
export function workloads(report: RuleReport<'LoadBalancing'>, reports: RuleReports): Workload[] {
  const all = [...report.details.nodes].flatMap(([node, { workloads: byGpu = new Map() }]) =>
    [...byGpu].map(([gpu, listed]): Workload => {
      const bins: number[] = listed.slice(0, 49);
      const counted = bins.reduce((sum, n) => sum + n, 0);
      const above = mayExceed98(node, gpu, byGpu.size, reports) ? Math.max(0, report.datapoints - counted) : 0;
      const counts = [...bins, ...Array(49 - bins.length).fill(0), above];
      const samples = counted + above;
      const mean = samples === 0 ? 0 : counts.reduce((sum, n, i) => sum + n * (2 * i + 1), 0) / samples;
      return { node, gpu, counts, samples, mean };
    }),
  );
  return all.sort((x, y) => byNumber(x.node, y.node) || byNumber(x.gpu, y.gpu));
}

/** False where the largest value of the GPU, or of the mean over its node's GPUs, rules a sample above 98 % out. */
function mayExceed98(node: string, gpu: string, gpus: number, reports: RuleReports): boolean {
  const largest = reports.LowGPUUtilization?.details.nodes.get(node)?.get(gpu)?.gpu_max ?? 100;
  const largestMean = reports.OverallSystemUsage?.details.get('GPU')?.get(node)?.max ?? 100;
  return largest > 98 && largestMean * gpus > 98;
}

/** GPUs beyond this many are not compared: the number of pairs grows with the square. */
export const MAX_COMPARED = 512;

/**
 * All pairs within a node and all same-named GPUs across nodes, the most unequal first, of the first MAX_COMPARED GPUs.
 * Pairs with an empty histogram are left out.
 */
export function workloadPairs(all: readonly Workload[]): WorkloadPair[] {
  const pairs: WorkloadPair[] = [];
  const compared = all.slice(0, MAX_COMPARED);
  compared.forEach((a, i) => {
    for (const b of compared.slice(i + 1)) {
      if (a.node !== b.node && a.gpu !== b.gpu) continue;
      const distance = jensenShannonDistance(a.counts, b.counts);
      if (Number.isFinite(distance)) pairs.push({ a, b, distance });
    }
  });
  return pairs.sort((x, y) => y.distance - x.distance);
}
