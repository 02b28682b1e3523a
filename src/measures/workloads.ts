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

/** From 50 counts. */
export function workloadOf(node: string, gpu: string, counts: readonly number[]): Workload {
  const samples = counts.reduce((sum, n) => sum + n, 0);
  const mean = samples === 0 ? 0 : counts.reduce((sum, n, i) => sum + n * (2 * i + 1), 0) / samples;
  return { node, gpu, counts, samples, mean };
}

/**
 * The histograms of LoadBalancing.json with the samples above 98 % put back. Our own files say how many of the last bin these are. The
 * service left them out, but its data points count every sample: they are those of the last GPU; the others are taken to have as many,
 * where nothing says that they never exceeded 98 %.
 */
export function workloads(report: RuleReport<'LoadBalancing'>, reports: RuleReports): Workload[] {
  const all = [...report.details.nodes].flatMap(([node, { workloads: byGpu = new Map(), above_98: aboveByGpu }]) =>
    [...byGpu].map(([gpu, listed]): Workload => {
      const counts: number[] = [...listed.slice(0, 49), ...Array(50).fill(0)].slice(0, 50);
      const counted = counts.reduce((sum, n) => sum + n, 0);
      const told = aboveByGpu?.get(gpu);
      const within = told === undefined ? 0 : Math.min(counts[48] as number, Math.max(0, told));
      const missing = mayExceed98(node, gpu, byGpu.size, reports) ? Math.max(0, report.datapoints - counted) : 0;
      counts[48] = (counts[48] as number) - within;
      counts[49] = told === undefined ? missing : within;
      return workloadOf(node, gpu, counts);
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

/** GPUs of one node, and those of one name. */
export function areCompared(a: Pick<Workload, 'node' | 'gpu'>, b: Pick<Workload, 'node' | 'gpu'>): boolean {
  return a.node === b.node || a.gpu === b.gpu;
}

/**
 * All pairs within a node and all same-named GPUs across nodes, the most unequal first, of the first MAX_COMPARED GPUs.
 * Pairs with an empty histogram are left out.
 */
export function workloadPairs(all: readonly Workload[]): WorkloadPair[] {
  const pairs: WorkloadPair[] = [];
  const compared = all.slice(0, MAX_COMPARED);
  compared.forEach((a, i) => {
    for (const b of compared.slice(i + 1)) {
      if (!areCompared(a, b)) continue;
      const distance = jensenShannonDistance(a.counts, b.counts);
      if (Number.isFinite(distance)) pairs.push({ a, b, distance });
    }
  });
  return pairs.sort((x, y) => y.distance - x.distance);
}
