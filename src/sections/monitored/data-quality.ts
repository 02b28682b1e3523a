import type { Damage } from '../../model/run.ts';
import { plural, utc, visibleName, visibleText } from '../../model/text.ts';
import { column, table, text } from '../section.ts';
import { reduction } from './reduction.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { withoutEmpty } from './shown.ts';

/** What was asked for and not there, not allowed, or left out. */
export const dataQuality: MonitoredSectionMaker = ({ run, monitored }) => {
  const { series } = monitored;
  // Also what was assumed of the hosts of a job, and since when an endpoint is silent.
  const { damage } = run.kind === 'training' ? run : run.monitored;
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  const columns = [
    ...['What', 'Where'].map(column.text),
    column.count('Count'),
    ...['From', 'To', 'What it means'].map(column.text),
  ];
  const rows = damage
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ kind, file, node, count, span, detail }) => [
      kind,
      [node, file].flatMap((name) => (name === undefined ? [] : [visibleName(name)])).join(', '),
      count,
      span && utc(span.startSeconds),
      span && utc(span.endSeconds),
      visibleText(detail),
    ]);
  return {
    id: 'data-quality',
    title: 'Data quality',
    blocks: [
      text(`Read were ${plural(series.length, 'series', 'series')} with ${plural(points, 'data point')}.`),
      ...(rows.length === 0
        ? [text('Everything that was asked for could be read.')]
        : [table('data-quality-table', 'What was tolerated', ...withoutEmpty(columns, rows))]),
      ...reduction(monitored),
    ],
  };
};

/** What keeps a report from being whole comes first. */
const ORDER: readonly Damage['kind'][] = ['not allowed', 'unreadable file', 'no data', 'left out'];

function rank({ kind }: Damage): number {
  return ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length;
}
