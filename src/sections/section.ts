import type { JobFacts } from '../measures/job-facts.ts';
import type { Chart } from '../model/chart.ts';
import type {
  Block,
  Cell,
  ChartBlock,
  Column,
  FactsBlock,
  NoteBlock,
  PanelsBlock,
  Section,
  TableBlock,
  TextBlock,
} from '../model/report.ts';
import { count } from '../model/text.ts';
import type { TimeContext } from './time-context.ts';

/**
 * Makes one section of the report; without blocks where the job gives nothing to show in it. Sections with a time axis are made from raw
 * data (`time`) and are not there without it.
 */
export type SectionMaker = (facts: JobFacts, time?: TimeContext) => Section | undefined;

export const text = (sentence: string): TextBlock => ({ kind: 'text', text: sentence });
export const info = (sentence: string): NoteBlock => ({ kind: 'note', tone: 'info', text: sentence });
export const warning = (sentence: string): NoteBlock => ({ kind: 'note', tone: 'warning', text: sentence });
export const chart = (drawn: Chart): ChartBlock => ({ kind: 'chart', chart: drawn });
export const factsBlock = (facts: FactsBlock['facts']): FactsBlock => ({ kind: 'facts', facts });

/** Rows beyond this many are cut, and the table says so. */
const MAX_ROWS = 200;
/** Enough for a cluster of 64 nodes. */
const MAX_PANELS = 64;
/** Rows of one chart, boxes or bars; enough for 8 nodes of 8 GPUs with room to spare. */
export const MAX_CHART_ROWS = 128;
/** From this many rows on people want to search. */
const SEARCHABLE_ROWS = 12;

/** A table of all rows there are, up to `most`; a cell that is not known is empty. */
export function table(
  id: string,
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly (Cell | undefined)[])[],
  searchable = rows.length >= SEARCHABLE_ROWS,
  most = MAX_ROWS,
): TableBlock {
  return {
    kind: 'table',
    table: {
      id,
      title,
      columns,
      rows: rows.slice(0, most).map((row) => row.map((cell) => cell ?? null)),
      ...(rows.length > most ? { totalRows: rows.length } : {}),
      searchable,
    },
  };
}

/**
 * One panel per item, worst first; a single item stands alone without a panel. `make` gets the id suffix of its charts and tables:
 * empty for a single item, else `-1`, `-2`, ... in order. Items beyond `most` are not drawn, and a note says so, and their order.
 */
export function panels<T extends { readonly title: string }>(
  id: string,
  label: string,
  items: readonly T[],
  make: (item: T, suffix: string) => PanelsBlock['panels'][number]['blocks'],
  most = MAX_PANELS,
  order = 'worst first',
): readonly Block[] {
  const [only] = items;
  if (only === undefined) return [];
  if (items.length === 1) return make(only, '');
  const drawn = items.slice(0, most);
  const made = drawn.map((item, i) => ({ id: `${id}-${i + 1}`, title: item.title, blocks: make(item, `-${i + 1}`) }));
  const cut =
    items.length > drawn.length ? [info(`Drawn are the first ${drawn.length} of ${count(items.length)}, ${order}.`)] : [];
  return [{ kind: 'panels', label, panels: made }, ...cut];
}

/** Columns used in several tables. */
export const column = {
  text: (label: string): Column => ({ label, kind: 'text' }),
  percent: (label: string): Column => ({ label, kind: 'number', unit: '%', digits: 1 }),
  seconds: (label: string): Column => ({ label, kind: 'number', unit: 's', digits: 3 }),
  count: (label: string): Column => ({ label, kind: 'number', digits: 0 }),
  share: (label: string): Column => ({ label, kind: 'share', unit: '%', digits: 1 }),
};
