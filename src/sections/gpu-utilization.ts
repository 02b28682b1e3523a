import type { LowGpu } from '../model/rule-report.ts';
import { byNumber, percent, utc } from '../model/text.ts';
import { lowGpuUtilization } from '../rules/low-gpu-utilization.ts';
import { parametersOf } from '../rules/rule.ts';
import { boxChart } from './box-chart.ts';
import { chart, column, info, panels, type SectionMaker, table, text } from './section.ts';

/** Quartiles of every GPU that triggered, per node, the least used first. */
export const gpuUtilization: SectionMaker = ({ reports }) => {
  const details = reports.LowGPUUtilization?.details;
  const section = { id: 'gpu-utilization', title: 'GPU utilization', rule: 'LowGPUUtilization' } as const;
  const nodes = [...(details?.nodes ?? [])]
    .map(([title, byGpu]) => ({ title, gpus: [...byGpu].sort(([a], [b]) => byNumber(a, b)), load: meanMedian(byGpu) }))
    .filter(({ gpus }) => gpus.length > 0)
    .sort((a, b) => a.load - b.load || byNumber(a.title, b.title));
  if (details === undefined || nodes.length === 0) return { ...section, blocks: [] };
  const threshold = parametersOf(lowGpuUtilization, reports.LowGPUUtilization)('threshold_p95');
  return {
    ...section,
    blocks: [
      ...(details.lastTimestampMicros === undefined
        ? []
        : [text(`Last triggered in the minute from ${utc(details.lastTimestampMicros / 1e6)}.`)]),
      ...panels('gpu-utilization-node', 'Node', nodes, ({ title: node, gpus }, suffix) => [
        chart(
          boxChart({
            id: `gpu-utilization-boxes${suffix}`,
            title: 'GPU utilization',
            alt: `${node}: ${gpus
              .slice(0, 8)
              .map(([gpu, g]) => `${gpu} median ${percent(g.p50)}, p95 ${percent(g.p95)}`)
              .join('; ')}.`,
            valueTitle: 'GPU utilization',
            boxes: gpus.map(([gpu, g]) => ({ label: gpu, ...g })),
            threshold: { label: 'p95 limit', value: threshold },
          }),
        ),
      ]),
      table(
        'gpu-utilization-table',
        'GPU utilization',
        [
          column.text('Node'),
          column.text('GPU'),
          ...['p5 of last window', 'p95 of last window', 'p25', 'p50', 'p75', 'p95', 'max'].map(column.percent),
        ],
        nodes.flatMap(({ title: node, gpus }) =>
          gpus.map(([gpu, g]) => [node, gpu, g.gpu_5, g.gpu_95, g.p25, g.p50, g.p75, g.p95, g.gpu_max]),
        ),
      ),
      info('Only GPUs that triggered are listed. Boxes and quartiles are of the whole job, the verdict is of the last window.'),
    ],
  };
};

function meanMedian(gpus: ReadonlyMap<string, LowGpu>): number {
  return [...gpus.values()].reduce((sum, { p50 }) => sum + p50, 0) / Math.max(1, gpus.size);
}
