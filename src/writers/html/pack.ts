import { gzipSync } from 'fflate/browser';
import { chartBytes, isPacked, type PackedChart } from '../../charts/pack.ts';
import type { Chart } from '../../model/chart.ts';
import type { Block, Report } from '../../model/report.ts';

/** The report as it stands in the html: charts of many numbers are packed, and unpacked by the page as they come into view. */
export function packedReport(report: Report): unknown {
  return { ...report, sections: report.sections.map((section) => ({ ...section, blocks: section.blocks.map(packedBlock) })) };
}

function packedBlock(block: Block): unknown {
  if (block.kind === 'panels') {
    return { ...block, panels: block.panels.map((panel) => ({ ...panel, blocks: panel.blocks.map(packedBlock) })) };
  }
  return block.kind === 'chart' && isPacked(block.chart) ? { ...block, chart: packed(block.chart) } : block;
}

function packed(chart: Chart): PackedChart {
  const { kind, id, title, alt } = chart;
  // Without a time of its own, so that the same report gives the same bytes.
  const bytes = gzipSync(chartBytes(chart), { level: 9, mtime: 0 });
  return { kind, id, title, alt, packed: base64(bytes) };
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
