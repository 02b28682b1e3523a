import { chartOfBytes, type PackedChart } from '../charts/pack.ts';
import type { Chart } from '../model/chart.ts';
import type { Block, Report, Table } from '../model/report.ts';
import { unpack } from './unpack.ts';

export function readReport(document: Document): Report {
  return readJson(document, 'profiler-report') as Report;
}

/** Markdown by section id. */
export function readMarkdown(document: Document): ReadonlyMap<string, string> {
  return new Map(Object.entries(readJson(document, 'profiler-report-markdown') as Record<string, string>));
}

/** Charts of the report by id, those of panels too; packed ones are unpacked when they are first asked for. */
export function chartReader(report: Report): (id: string) => Promise<Chart | undefined> {
  const charts = new Map(
    blocksOf(report).flatMap((block) => (block.kind === 'chart' ? [[block.chart.id, block.chart as Chart | PackedChart]] : [])),
  );
  const unpacked = new Map<string, Promise<Chart>>();
  return async (id) => {
    const chart = charts.get(id);
    if (!chart || !('packed' in chart)) return chart;
    const found =
      unpacked.get(id) ??
      unpack(chart.packed, 'gzip').then(async (data) => chartOfBytes(new Uint8Array(await data.arrayBuffer())));
    unpacked.set(id, found);
    return found;
  };
}

/** All tables of the report by id; the tables of charts are not among them. */
export function tablesOf(report: Report): ReadonlyMap<string, Table> {
  return new Map(blocksOf(report).flatMap((block) => (block.kind === 'table' ? [[block.table.id, block.table] as const] : [])));
}

function blocksOf(report: Report): Block[] {
  const blocks = report.sections.flatMap((section): readonly Block[] => section.blocks);
  return blocks.flatMap((block) =>
    block.kind === 'panels' ? block.panels.flatMap((panel): readonly Block[] => panel.blocks) : [block],
  );
}

function readJson(document: Document, id: string): unknown {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null');
}
