import { byNumber, percent, utc } from '../model/text.ts';
import { boxChart } from './box-chart.ts';
import { chart, column, info, panels, type SectionMaker, table, text } from './section.ts';

/** Memory of every GPU with a sudden rise, per node, the fullest first. */
export const gpuMemory: SectionMaker = ({ reports, analysis }) => {
  const details = reports.GPUMemoryIncrease?.details;
  const section = { id: 'gpu-memory', title: 'GPU memory', rule: 'GPUMemoryIncrease' } as const;
  const nodes = [...(details?.nodes ?? [])]
    .map(([title, byGpu]) => ({
      title,
      gpus: [...byGpu].sort(([a], [b]) => byNumber(a, b)),
      peak: [...byGpu.values()].reduce((max, { gpu_max }) => Math.max(max, gpu_max), 0),
    }))
    .filter(({ gpus }) => gpus.length > 0)
    .sort((a, b) => b.peak - a.peak || byNumber(a.title, b.title));
  if (details === undefined || nodes.length === 0) return { ...section, blocks: [] };
  return {
    ...section,
    blocks: [
      ...(details.lastTimestampMicros === undefined
        ? []
        : [text(`The last rise was in the minute from ${utc(details.lastTimestampMicros / 1e6)}.`)]),
      ...panels('gpu-memory-node', 'Node', nodes, ({ title: node, gpus }, suffix) => [
        chart(
          boxChart({
            id: `gpu-memory-boxes${suffix}`,
            title: 'GPU memory utilization',
            alt: `${node}: ${gpus
              .slice(0, 8)
              .map(([gpu, g]) => `${gpu} median ${percent(g.p50)}, at most ${percent(g.gpu_max)}`)
              .join('; ')}.`,
            valueTitle: 'GPU memory utilization',
            boxes: gpus.map(([gpu, g]) => ({ label: gpu, ...g })),
          }),
        ),
      ]),
      table(
        'gpu-memory-table',
        'GPU memory utilization',
        [
          column.text('Node'),
          column.text('GPU'),
          { ...column.percent('Last rise'), unit: 'points' },
          ...['p5', 'p25', 'p50', 'p75', 'p95', 'max'].map(column.percent),
        ],
        nodes.flatMap(({ title: node, gpus }) =>
          gpus.map(([gpu, g]) => [node, gpu, g.increase, g.p05, g.p25, g.p50, g.p75, g.p95, g.gpu_max]),
        ),
      ),
      info(
        `Only GPUs with a sudden rise are listed. ${
          analysis?.mode === 'fixed'
            ? 'Compared are the last samples with as many right before them.'
            : 'The service compares the last 10 samples with 9 samples before them, two of which it skips.'
        }`,
      ),
    ],
  };
};
