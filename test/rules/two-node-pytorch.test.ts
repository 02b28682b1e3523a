import { beforeAll, describe, expect, test } from 'vitest';
import { dataLoading } from '../../src/measures/data-loading.ts';
import { stepSeries } from '../../src/measures/steps.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { readRun } from '../raw-run.ts';
import { runRule } from '../rule-run.ts';
import { hasShared, shared } from '../shared.ts';

/** Numbers from another reading of the same files, line by line, with Python's json and statistics. */
describe.skipIf(!hasShared)('a real job on two nodes that left framework events only', () => {
  let run: TrainingRun;
  beforeAll(async () => {
    run = await readRun(shared('samples/two-node-pytorch'));
  });

  test('steps by worker and mode, and their outliers', () => {
    const series = stepSeries(run.events).map(({ worker, mode, numbers, outliers }) => [
      worker,
      mode,
      numbers.length,
      outliers.length,
    ]);
    expect(series.toSorted()).toEqual([
      ['algo-1-47', 'EVAL', 27, 0],
      ['algo-1-47', 'TRAIN', 1175, 8],
      ['algo-2-47', 'EVAL', 27, 0],
      ['algo-2-47', 'TRAIN', 1175, 10],
    ]);
  });

  test('StepOutlier: at most ten a worker is no issue', () => {
    const { datapoints, issues, judgement, details } = runRule('StepOutlier', run, 'fixed');
    expect([datapoints, issues]).toEqual([2404, []]);
    expect(judgement).toMatchObject({ verdict: 'ok', reason: 'at most 10 outliers, limit 10 per worker' });
    const shown = details.step_details as Map<string, { phase: string; step_stats: { mean: number } }>;
    expect(shown.get('algo-2-47')?.step_stats.mean).toBeCloseTo(1.7873765463829787, 9);
    // One fewer is allowed: the worker with ten has an issue, the other one has not.
    const strict = runRule('StepOutlier', run, 'fixed', { n_outliers: '9' });
    expect(strict.issues.map(({ device, spans }) => [device, spans.length > 0])).toEqual([['algo-2-47', true]]);
    expect(Object.keys(strict.details)).toEqual(['step_details', 'ratio', 'phase', 'phase_time', 'general']);
  });

  test('OverallFrameworkMetrics: the gaps between the steps of each worker', () => {
    const { details } = runRule('OverallFrameworkMetrics', run, 'fixed');
    expect(Object.fromEntries(details.phase as Map<string, number>)).toEqual({
      'Step:ModeKeys.TRAIN': expect.closeTo(88.68529196104383, 9),
      'Step:ModeKeys.EVAL': expect.closeTo(1.8915378040261022, 9),
      others: expect.closeTo(9.42317023493007, 9),
    });
    expect(details).not.toHaveProperty('forward_backward');
  });

  test('without samples: no verdict on the initialization, none on the loaders', () => {
    const init = runRule('MaxInitializationTime', run, 'fixed');
    expect(init.details).toMatchObject({ step_num: { first: 1682903380820769 } });
    expect(init.judgement).toMatchObject({ verdict: 'not judged', reason: 'no samples' });
    expect(runRule('Dataloader', run, 'fixed').judgement).toMatchObject({ verdict: 'not judged', reason: 'no CPU samples' });
    expect(dataLoading(run.events)).toMatchObject({ starts: [{ workers: 0, pinMemory: false }], fetches: { count: 20 } });
  });

  test('the service says nothing of a job without system files', () => {
    expect(runRule('StepOutlier', run, 'compat')).toMatchObject({
      triggered: 0,
      datapoints: 0,
      details: { step_details: new Map() },
    });
  });
});
