import { expect, test } from 'vitest';
import { reportOf, sectionOf } from '../judged.ts';
import { ruleFile } from '../rule-file.ts';

const bins = (busy: number) => [1000 - busy, ...Array(47).fill(0), busy];

test('of many GPUs the odd one is the first row of the grid', async () => {
  const workloads = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`gpu${i}`, bins(i === 6 ? 0 : 900)]));
  const report = await reportOf({ LoadBalancing: ruleFile('LoadBalancing', { 'algo-1': { workloads } }, { datapoints: 1000 }) });
  const [grid] = sectionOf(report, 'workload-balance').blocks;
  expect(grid?.kind === 'chart' && grid.chart.kind === 'heatmap' && grid.chart.rows[0]).toBe('gpu6');
});

test('histograms of several workers share their axes, one worker has its own', async () => {
  const step = (probs: number[], binedges: number[]) => ({ probs, binedges, number_of_outliers: 0, phase: 'x' });
  const workers = { 'algo-1-1': step([5, 1], [0, 1, 2]), 'algo-1-2': step([9, 2], [1, 2, 7]) };
  const axesOf = async (step_details: object) => {
    const report = await reportOf({ StepOutlier: ruleFile('StepOutlier', { step_details }, { datapoints: 300 }) });
    const blocks = sectionOf(report, 'step-durations').blocks.flatMap((block) =>
      block.kind === 'panels' ? block.panels.flatMap((panel) => panel.blocks) : [block],
    );
    return blocks.flatMap((block) => (block.kind === 'chart' && block.chart.kind === 'histogram' ? [block.chart.axes] : []));
  };
  const shared = { value: [0, 7], largestCount: 9 };
  expect(await axesOf(workers)).toEqual([shared, shared]);
  expect(await axesOf({ 'algo-1-1': workers['algo-1-1'] })).toEqual([undefined]);
});

test('slow steps whose numbers repeat are told as such', async () => {
  const worker = { number_of_outliers: 3, step_numbers: ['1', '2', '1'] };
  const report = await reportOf({ StepOutlier: ruleFile('StepOutlier', { step_details: { w: worker } }, { datapoints: 300 }) });
  expect(JSON.stringify(sectionOf(report, 'step-durations'))).toContain(
    '3 slow steps, with the numbers 1 and 2; the counter restarts in each phase, so that numbers repeat.',
  );
});
