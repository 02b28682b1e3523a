import { expect, test } from 'vitest';
import { parseCondition } from '../../src/conditions/parse.ts';
import { monitor } from '../../src/monitor.ts';
import { monitoredEndpoint, seriesOf } from '../monitored.ts';

const series = [
  seriesOf({ metric: 'ModelLatency', statistic: 'p99', periods: 30, value: (i) => (i >= 10 && i < 16 ? 300_000 : 1000) }),
];

test('the report has a section of what became of the conditions, and none without', async () => {
  const texts = ['ModelLatency p99 > 200ms for 5m', 'OverheadLatency > 1ms'];
  const { report, conditions } = await monitor(monitoredEndpoint({ series }), {
    conditions: texts.map((text) => parseCondition(text)),
  });
  expect(conditions.map(({ verdict }) => verdict)).toEqual(['met', 'not judged']);
  const section = report.sections.find(({ id }) => id === 'conditions');
  expect(section?.blocks.map(({ kind }) => kind)).toEqual(['text', 'note', 'table']);
  const block = section?.blocks.at(-1);
  if (block?.kind !== 'table') throw new Error('no table');
  expect(block.table.rows[0]).toEqual([
    ...['ModelLatency p99 > 200ms for 5m', 'variant blue', 'met', '300 ms', '2026-11-02 09:10:00 UTC'],
    ...[1, 360, '2026-11-02 09:10:00 UTC', '2026-11-02 09:16:00 UTC'],
  ]);
  expect(block.table.rows[1]?.[2]).toBe('not judged: no data points of OverheadLatency');
  expect(new Set(block.table.rows.map((row) => row.length))).toEqual(new Set([block.table.columns.length]));
  const { report: without } = await monitor(monitoredEndpoint({ series }));
  expect(without.sections.map(({ id }) => id)).not.toContain('conditions');
});
