import { plural, visibleName } from '../../model/text.ts';
import { column, table } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';

/** Where all of it comes from. */
export const whatWasRead: MonitoredSectionMaker = ({ monitored: { source, series, logs, subject } }) => {
  const { region, accountId, kind, name } = subject;
  const rows = [
    [`The ${kind}`, visibleName(name)],
    ...(region === undefined ? [] : [['Region', visibleName(region)]]),
    ...(accountId === undefined ? [] : [['Account', visibleName(accountId)]]),
    ['Metrics', `${visibleName(source)}: ${plural(series.length, 'series', 'series')}`],
    ['Logs', logs.group === undefined ? 'none' : `${visibleName(logs.group)}: ${plural(logs.lines.length, 'line')}`],
  ];
  return {
    id: 'what-was-read',
    title: 'What was read',
    blocks: [table('what-was-read-table', 'Sources', ['What', 'Where'].map(column.text), rows)],
  };
};
