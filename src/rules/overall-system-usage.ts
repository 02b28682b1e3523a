import { type NodeSums, nodeSums } from '../measures/node-sums.ts';
import { quantile, sorted, twoDecimals } from '../measures/quantile.ts';
import { scannedRows } from './raw.ts';
import { notJudged, type Rule } from './rule.ts';

export const overallSystemUsage: Rule<'OverallSystemUsage'> = {
  name: 'OverallSystemUsage',
  title: 'Overall system usage',
  judges: 'training',
  sectionId: 'system-usage',
  defaults: {},
  perMinute: {
    defaults: {},
    sectionId: 'utilization',
    checks: () => 'Describes the use of CPU, GPU and memory; there is nothing to pass or fail.',
  },
  needs: ['details'],
  descriptive: true,
  checks: () => 'Describes the use of CPU, GPU, memory, I/O and network; there is nothing to pass or fail.',
  run(run, context) {
    const rows = scannedRows(run, context);
    const details = METRICS.map(({ key, dimension, name, perDevice }) => {
      const { nodes, namesSoFar } = nodeSums(rows, dimension, name);
      // The service divides by the devices of all nodes, told apart by name only (Q14).
      const divisor = ({ names }: NodeSums) => (context.mode === 'compat' ? (namesSoFar.at(-1) as number) : names);
      return [key, new Map([...nodes].map(([node, sums]) => [node, statistics(sums, perDevice ? divisor(sums) : 1)]))];
    });
    const [cpu] = nodeSums(rows, 'CPUUtilization').nodes.values();
    return {
      triggered: 0,
      violations: 0,
      datapoints: cpu ? byMoment(cpu).length : 0,
      details: Object.fromEntries(details),
      issues: [],
    };
  },
  judge: () => notJudged('describes the job', 'See the section for the figures.'),
};

/** In the order of the file. Where values are per device, their sum over the devices of a node is divided by their number. */
const METRICS: readonly { key: string; dimension: string; name?: string; perDevice: boolean }[] = [
  { key: 'Network', dimension: 'Algorithm', perDevice: false },
  { key: 'GPU', dimension: 'GPUUtilization', perDevice: true },
  { key: 'CPU', dimension: 'CPUUtilization', perDevice: true },
  { key: 'CPU memory', dimension: '', name: 'MemoryUsedPercent', perDevice: false },
  { key: 'GPU memory', dimension: 'GPUMemoryUtilization', perDevice: true },
  { key: 'I/O', dimension: 'I/OWaitPercentage', perDevice: true },
];

function statistics(sums: NodeSums, divisor: number) {
  const ordered = sorted(byMoment(sums));
  // Divided last, as the service does: a tie of the second decimal hangs on it.
  const at = (p: number) => Math.max(0, twoDecimals(quantile(ordered, p) / divisor));
  return { max: at(1), p99: at(0.99), p95: at(0.95), p50: at(0.5), min: at(0) };
}

/** The sums of each moment over all scans: one on the edge of two scans is in both. */
function byMoment({ seconds, values }: NodeSums): Float64Array {
  if (seconds.every((moment, i) => i === 0 || moment > (seconds[i - 1] as number))) return values;
  const sums = new Map<number, number>();
  for (const [i, moment] of seconds.entries()) sums.set(moment, (sums.get(moment) ?? 0) + (values[i] as number));
  return Float64Array.from(sums.values());
}
