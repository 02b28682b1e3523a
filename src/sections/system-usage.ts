import { type WholeStatistics, wholeStatistics } from '../measures/statistics.ts';
import type { SystemUsage } from '../model/rule-report.ts';
import { byNumber, percent } from '../model/text.ts';
import { chart, column, info, panels, type SectionMaker, table, text } from './section.ts';

/** From here on a resource counts as well used (p95, p50) in the sentences below, as in the service's report; percent. */
const BUSY = 70;

/** Statistics per node and metric, a sentence per node, and the spread of each percentage. */
export const systemUsage: SectionMaker = ({ reports }) => {
  const usage = reports.OverallSystemUsage?.details;
  const section = { id: 'system-usage', title: 'System usage', rule: 'OverallSystemUsage' } as const;
  const rows = [...(usage ?? [])].flatMap(([metric, byNode]) =>
    [...byNode].map(([node, s]) => ({ node, metric, statistics: s, unit: metric === 'Network' ? 'bytes/s' : '%' })),
  );
  rows.sort((a, b) => byNumber(a.node, b.node) || METRICS.indexOf(a.metric) - METRICS.indexOf(b.metric));
  if (usage === undefined || rows.length === 0) return { ...section, blocks: [] };
  const byNode = Map.groupBy(rows, ({ node }) => node);
  const nodes = [...byNode.keys()]
    .map((node) => ({ title: node, load: load(usage, node) }))
    .sort((a, b) => a.load - b.load || byNumber(a.title, b.title));
  return {
    ...section,
    blocks: [
      ...panels('system-usage-node', 'Node', nodes, ({ title: node }, suffix) => [
        text(`${node}: ${verdict(usage, node)}`),
        chart({
          kind: 'ranges',
          id: `system-usage-spread${suffix}`,
          title: 'Spread of utilization',
          alt: `${node}: ${verdict(usage, node)}`,
          valueTitle: 'Utilization',
          unit: '%',
          range: [0, 100],
          rows: (byNode.get(node) ?? [])
            .filter(({ unit }) => unit === '%')
            .flatMap(({ metric, statistics }) => {
              const whole = wholeStatistics(statistics);
              return whole ? [{ label: label(metric), ...whole }] : [];
            }),
        }),
      ]),
      table(
        'system-usage-table',
        'Utilization by node and metric',
        [
          column.text('Node'),
          column.text('Metric'),
          column.text('Unit'),
          ...['max', 'p99', 'p95', 'p50', 'min'].map((name) => ({ label: name, kind: 'number' as const })),
        ],
        rows.map(({ node, metric, unit, statistics: s }) => [node, label(metric), unit, s.max, s.p99, s.p95, s.p50, s.min]),
      ),
      info(
        'CPU, I/O wait, GPU and GPU memory are means over the cores or GPUs of a node at each sample. Network is sent and received together.',
      ),
    ],
  };
};

/** Order of rows; other metrics come first, in file order. */
const METRICS = ['GPU', 'GPU memory', 'CPU', 'I/O', 'CPU memory', 'Network'];

function label(metric: string): string {
  return metric === 'I/O' ? 'I/O wait' : metric;
}

/** Median of the GPUs, or of the cores where there are none: orders nodes, the least used first. */
function load(usage: SystemUsage, node: string): number {
  return (usage.get('GPU')?.get(node) ?? usage.get('CPU')?.get(node))?.p50 ?? 0;
}

function verdict(usage: SystemUsage, node: string): string {
  const [gpu, cpu, memory] = ['GPU', 'CPU', 'CPU memory'].map((metric) => wholeStatistics(usage.get(metric)?.get(node)));
  const full = memory && memory.p95 >= 90 ? ` Its memory was nearly full (p95 ${percent(memory.p95)}).` : '';
  if (gpu) return gpuVerdict(gpu, cpu) + full;
  return (cpu ? cpuVerdict(cpu) : 'the figures of CPU and GPU are not all there.') + full;
}

function cpuVerdict(cpu: WholeStatistics): string {
  const figures = `CPU p50 ${percent(cpu.p50)}, p95 ${percent(cpu.p95)}`;
  if (cpu.p95 < BUSY) return `the CPU was underused (${figures}): a smaller instance would do.`;
  if (cpu.p50 > BUSY) return `the CPU was well used (${figures}).`;
  return `the CPU was busy at times only (${figures}).`;
}

function gpuVerdict(gpu: WholeStatistics, cpu: WholeStatistics | undefined): string {
  const figures = `GPU p50 ${percent(gpu.p50)}, p95 ${percent(gpu.p95)}${cpu ? `; CPU p50 ${percent(cpu.p50)}, p95 ${percent(cpu.p95)}` : ''}`;
  if (gpu.max === 0) return `the GPUs were never used (${figures}).`;
  if (gpu.p95 < BUSY && cpu && cpu.p95 >= BUSY)
    return `the GPUs were underused while the CPU was busy, a CPU bottleneck is likely (${figures}).`;
  if (gpu.p95 < BUSY) return `the node was underused (${figures}): feed it faster or choose a smaller instance.`;
  if (gpu.p50 > BUSY) return `the GPUs were well used (${figures}).`;
  return `the GPUs were busy at times only (${figures}).`;
}
