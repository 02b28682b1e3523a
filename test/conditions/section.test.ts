import { expect, test } from 'vitest';
import { parseCondition } from '../../src/conditions/parse.ts';
import { monitor } from '../../src/monitor.ts';
import { monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const series = [
  seriesOf({ metric: 'ModelLatency', statistic: 'p99', periods: 30, value: (i) => (i >= 10 && i < 16 ? 300_000 : 1000) }),
];

test('the report has a section of what became of the conditions, and none without', async () => {
  const texts = ['ModelLatency p99 > 2s', 'ModelLatency p99 > 200ms for 5m', 'OverheadLatency > 1ms'];
  const { report, conditions } = await monitor(monitoredEndpoint({ series }), {
    conditions: texts.map((text) => parseCondition(text)),
  });
  expect(conditions.map(({ verdict }) => verdict)).toEqual(['not met', 'met', 'not judged']);
  const section = report.sections.find(({ id }) => id === 'conditions');
  expect(section?.blocks.map(({ kind }) => kind)).toEqual(['text', 'note', 'table']);
  const block = section?.blocks.at(-1);
  if (block?.kind !== 'table') throw new Error('no table');
  expect(block.table.rows.map((row) => row.slice(0, 3))).toEqual([
    ['ModelLatency p99 > 200ms for 5m', 'variant blue', 'met'],
    ['OverheadLatency Average > 1ms', 'variant blue', 'not judged: no data points of OverheadLatency'],
    ['ModelLatency p99 > 2s', 'variant blue', 'not met'],
  ]);
  expect(block.table.rows[0]?.slice(3)).toEqual([
    '300 ms at 2026-11-02 09:10:00 UTC',
    '6 min, from 2026-11-02 09:10:00 UTC to 2026-11-02 09:16:00 UTC',
  ]);
  expect(new Set(block.table.rows.map((row) => row.length))).toEqual(new Set([block.table.columns.length]));
  const { report: without } = await monitor(monitoredEndpoint({ series }));
  expect(without.sections.map(({ id }) => id)).not.toContain('conditions');
});

test('times in which a condition held are shaded in charts of its variant', async () => {
  const { report } = await monitor(monitoredEndpoint({ series }), {
    conditions: [parseCondition('ModelLatency p99 > 200ms for 5m')],
  });
  const blocks = report.sections.flatMap(({ blocks: own }) => own);
  const all = blocks.flatMap((block) => (block.kind === 'panels' ? block.panels.flatMap((panel) => panel.blocks) : [block]));
  const spans = all.flatMap((block) => (block.kind === 'chart' && block.chart.kind === 'series' ? block.chart.spans : []));
  expect(spans).toContainEqual({
    label: 'ModelLatency p99 > 200ms for 5m',
    startSeconds: START + 600,
    endSeconds: START + 960,
  });
});
