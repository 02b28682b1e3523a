import type { Box } from '../model/chart.ts';
import type { Quartiles } from '../model/rule-report.ts';
import { byNumber, percent } from '../model/text.ts';
import { boxChart } from './box-chart.ts';
import { chart, column, info, panels, type SectionMaker, table } from './section.ts';

/** Room on CPU, GPU and GPU memory of every node that triggered. */
export const batchSize: SectionMaker = ({ reports, analysis }) => {
  const section = { id: 'batch-size', title: 'Batch size', rule: 'BatchSize' } as const;
  const fixed = analysis?.mode === 'fixed';
  const nodes = [...(reports.BatchSize?.details.nodes ?? [])]
    .map(([title, boxes]) => ({
      title,
      boxes: [...boxes].map(([key, quartiles]) => box(key, quartiles, fixed)).sort((a, b) => byNumber(a.label, b.label)),
    }))
    .filter(({ boxes }) => boxes.length > 0)
    .sort((a, b) => byNumber(a.title, b.title));
  if (nodes.length === 0) return { ...section, blocks: [] };
  return {
    ...section,
    blocks: [
      ...panels('batch-size-node', 'Node', nodes, ({ title: node, boxes }, suffix) => [
        chart(
          boxChart({
            id: `batch-size-boxes${suffix}`,
            title: 'Utilization of CPU, GPU and GPU memory',
            alt: `${node}: ${boxes
              .slice(0, 9)
              .map(({ label, p95 }) => `${label} p95 ${percent(p95)}`)
              .join(', ')}.`,
            valueTitle: 'Utilization',
            boxes,
          }),
        ),
      ]),
      table(
        'batch-size-table',
        'Utilization of CPU, GPU and GPU memory',
        [column.text('Node'), column.text('Resource'), ...['p25', 'p50', 'p75', 'p95'].map(column.percent)],
        nodes.flatMap(({ title: node, boxes }) =>
          boxes.map(({ label, p25, p50, p75, p95 }) => [node, label, p25, p50, p75, p95]),
        ),
      ),
      ...(fixed
        ? []
        : [
            info(
              'The file does not tell when the rule triggered: the service always wrote the job’s first minute. Whiskers of GPU memory are recomputed from its quartiles.',
            ),
          ]),
    ],
  };
};

/**
 * The service took GPU utilization for the whiskers of GPU memory (Q5), hence values below 0 and above 100: made from its own quartiles here,
 * unless the rule ran here without that defect.
 */
function box(key: string, quartiles: Quartiles, fixed: boolean): Box {
  const label = key === 'cpu' ? 'CPU' : key.replace(/_memory$/, ' memory');
  if (fixed || !key.endsWith('_memory')) return { label, ...quartiles };
  const { p25, p50, p75, p95 } = quartiles;
  const reach = 1.5 * (p75 - p25);
  return { label, p25, p50, p75, p95, upper: Math.min(100, p75 + reach), lower: Math.max(0, p25 - reach) };
}
