import { drillDownOf } from '../../charts/activity.ts';
import { chartSvg } from '../../charts/svg.ts';
import { chartTable } from '../../charts/table.ts';
import { isTimeChart } from '../../charts/time-chart.ts';
import type { TemplateName } from '../../generated/templates.ts';
import type { Chart } from '../../model/chart.ts';
import type { Block, Fact, PanelsBlock, Report } from '../../model/report.ts';
import { isCounted } from '../verdicts.ts';
import { momentView } from './moment.ts';
import { ruleView } from './rules.ts';
import { tableView } from './table.ts';
import { keepUnits } from './units.ts';

/** Panels shown at first where there are many; they come worst first. Those with charts over time are long and slow to draw. */
const FIRST_PANELS = 8;
const FIRST_OVER_TIME = 2;

/** Columns of a table that half a page can hold; panels with more take all of its width. */
const MOST_COLUMNS = 6;

/** What the partial of a block kind needs; `template` is the name of that partial. */
export interface BlockView {
  readonly template: TemplateName;
  readonly [field: string]: unknown;
}

export function blockView(block: Block, report: Report): BlockView {
  switch (block.kind) {
    case 'text':
      return { template: 'block-text', text: keepUnits(block.text) };
    case 'note':
      return { template: 'block-note', tone: block.tone, warning: block.tone === 'warning', text: keepUnits(block.text) };
    case 'facts':
      return { template: 'block-facts', facts: block.facts.map(factView) };
    case 'rules':
      return { template: 'block-rules', counted: isCounted(report), rules: report.rules.map(ruleView) };
    case 'table':
      return { template: 'block-table', table: tableView(block.table) };
    case 'chart':
      return { template: 'block-chart', chart: chartView(block.chart) };
    case 'panels':
      return panelsView(block, report);
  }
}

function factView(fact: Fact) {
  const moment = fact.epochSeconds === undefined ? undefined : momentView(fact.epochSeconds);
  return { label: fact.label, value: keepUnits(fact.value), detail: fact.detail && keepUnits(fact.detail), moment };
}

function panelsView({ label, panels }: PanelsBlock, report: Report): BlockView {
  const views = panels.map(({ id, title, blocks }) => ({ id, title, blocks: blocks.map((block) => blockView(block, report)) }));
  const overTime = panels.some((panel) => panel.blocks.some((block) => block.kind === 'chart' && isTimeChart(block.chart)));
  const isWide = panels.some((panel) =>
    panel.blocks.some((block) => block.kind === 'table' && block.table.columns.length > MOST_COLUMNS),
  );
  // Where all of a report is over one time, all charts of it have their moments below each other.
  const whole = isWide || panels.length === 1 || (overTime && report.job.kind !== undefined);
  const first = overTime ? FIRST_OVER_TIME : FIRST_PANELS;
  return { template: 'block-panels', label, several: panels.length > 1, first, whole, panels: views };
}

/** A chart as its static drawing and the table of its numbers. */
export function chartView(chart: Chart) {
  return {
    id: chart.id,
    title: chart.title,
    svg: chartSvg(chart),
    pick: chart.kind === 'series' && chart.pickFrom !== undefined,
    drill: chart.kind === 'activity' ? drillDownOf(chart, chart.period) : undefined,
    numbers: tableView({ ...chartTable(chart), id: `${chart.id}-numbers` }),
  };
}
