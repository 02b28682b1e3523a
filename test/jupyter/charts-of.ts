import type { Chart } from '../../src/model/chart.ts';
import type { Block, Report } from '../../src/model/report.ts';

/** All charts of a report, those of panels too. */
export function chartsOf(report: Report): Chart[] {
  const inBlock = (block: Block): Chart[] => {
    if (block.kind === 'panels') return block.panels.flatMap(({ blocks }) => blocks.flatMap(inBlock));
    return block.kind === 'chart' ? [block.chart] : [];
  };
  return report.sections.flatMap(({ blocks }) => blocks.flatMap(inBlock));
}
