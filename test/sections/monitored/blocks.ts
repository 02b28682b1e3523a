import type { Chart } from '../../../src/model/chart.ts';
import type { Monitored } from '../../../src/model/monitored.ts';
import type { Block, Report, Section, Table } from '../../../src/model/report.ts';
import { monitor } from '../../../src/monitor.ts';

export async function reportOf(monitored: Monitored): Promise<Report> {
  return (await monitor(monitored)).report;
}

type Sections = { readonly sections: readonly Section[] };

/** Those in panels, too. */
function blocksOf({ sections }: Sections): Block[] {
  return sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block): readonly Block[] =>
      block.kind === 'panels' ? [block, ...block.panels.flatMap(({ blocks }) => blocks)] : [block],
    );
}

export function chartsOf(report: Sections): Chart[] {
  return blocksOf(report).flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
}

export function tablesOf(report: Sections): Table[] {
  return blocksOf(report).flatMap((block) => (block.kind === 'table' ? [block.table] : []));
}

/** The chart of that kind and id; throws where there is none. */
export function chartOf<K extends Chart['kind']>(report: Sections, kind: K, id: string): Extract<Chart, { kind: K }> {
  const found = chartsOf(report).find((chart) => chart.kind === kind && chart.id === id);
  if (found === undefined) throw new Error(`no ${kind} ${id} among ${chartsOf(report).map((one) => one.id)}`);
  return found as Extract<Chart, { kind: K }>;
}

/** Rows of a table by the labels of its columns; throws where there is none. */
export function rowsOf(report: Sections, id: string): Record<string, unknown>[] {
  const found = tablesOf(report).find((table) => table.id === id);
  if (found === undefined) throw new Error(`no table ${id} among ${tablesOf(report).map((one) => one.id)}`);
  return found.rows.map((row) => Object.fromEntries(found.columns.map(({ label }, i) => [label, row[i]])));
}

/** Values of facts by their labels. */
export function factsOf(report: Sections): Record<string, string> {
  const facts = blocksOf(report).flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  return Object.fromEntries(
    facts.map(({ label, value, detail }) => [label, detail === undefined ? value : `${value}; ${detail}`]),
  );
}

/** Sentences, notes included. */
export function textsOf(report: Sections): string[] {
  return blocksOf(report).flatMap((block) => (block.kind === 'text' || block.kind === 'note' ? [block.text] : []));
}
