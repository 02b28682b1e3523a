import { nodeOf } from '../measures/node-of.ts';
import { quantile, sorted } from '../measures/quantile.ts';
import { type StepSeries, stepSeries } from '../measures/steps.ts';
import type { PointsChart } from '../model/chart.ts';
import { byNumber, count, duration, list, number, plural, visibleName } from '../model/text.ts';
import { parametersOf } from '../rules/rule.ts';
import { stepOutlier } from '../rules/step-outlier.ts';
import { pointGroups } from './points.ts';
import { chart, column, info, panels, type SectionMaker, table } from './section.ts';
import { MAX_TIME_PANELS, type TimeContext } from './time-context.ts';

/** Points of one chart, and of all charts together. */
const MAX_POINTS = 1500;
const MAX_POINTS_IN_ALL = 6000;

/** Every step of every worker over time, by mode, with the outliers marked. */
export const stepsOverTime: SectionMaker = ({ analysis, reports }, time) => {
  const deviations = parametersOf(stepOutlier, reports.StepOutlier)('stddev');
  const series = analysis ? stepSeries(analysis.run.events, deviations) : [];
  if (time === undefined || series.length === 0) return undefined;
  const outliers = (own: readonly StepSeries[]) => own.reduce((sum, one) => sum + one.outliers.length, 0);
  const workers = [...Map.groupBy(series, ({ worker }) => worker)]
    .map(([title, own]) => ({ title, own }))
    .sort((a, b) => outliers(b.own) - outliers(a.own) || byNumber(a.title, b.title));
  const most = Math.min(MAX_POINTS, Math.floor(MAX_POINTS_IN_ALL / Math.min(workers.length, MAX_TIME_PANELS)));
  const longest = workers.reduce(
    (n, { own }) =>
      Math.max(
        n,
        own.reduce((sum, one) => sum + one.numbers.length, 0),
      ),
    0,
  );
  return {
    id: 'steps-over-time',
    title: 'Steps over time',
    blocks: [
      ...panels(
        'steps-over-time-worker',
        'Worker',
        workers,
        ({ title, own }, suffix) => [chart(steps(title, own, most, time, suffix))],
        MAX_TIME_PANELS,
      ),
      table(
        'steps-over-time-table',
        'Steps by worker and mode',
        [
          column.text('Worker'),
          column.text('Mode'),
          column.count('Steps'),
          ...['Median', 'p95', 'p99', 'Longest'].map(column.seconds),
          column.count('Outliers'),
        ],
        workers.flatMap(({ own }) => own.map(statistics)),
      ),
      info(
        `Marked are steps longer than the mean of their worker and mode plus ${number(deviations)} standard deviations, where there are more than 100. Bottlenecks are shaded.${
          longest > most
            ? ` Of more than ${count(most)} steps of a worker the outliers are drawn, and of the others the shortest and longest of neighbours.`
            : ''
        }`,
      ),
    ],
  };
};

function statistics({ worker, mode, durationSeconds, outliers }: StepSeries) {
  const ordered = sorted(durationSeconds);
  const quantiles = [0.5, 0.95, 0.99, 1].map((p) => quantile(ordered, p));
  return [visibleName(worker), visibleName(mode), ordered.length, ...quantiles, outliers.length];
}

function steps(worker: string, own: readonly StepSeries[], most: number, { frame }: TimeContext, suffix: string): PointsChart {
  const modes = own.map(
    ({ mode, numbers, medianSeconds, outliers }) =>
      `${plural(numbers.length, `${visibleName(mode)} step`)} (median ${duration(medianSeconds)}, ${plural(outliers.length, 'outlier')})`,
  );
  return {
    kind: 'points',
    id: `step-points${suffix}`,
    title: 'Duration of each step',
    alt: `${worker}: ${list(modes)}.`,
    valueTitle: 'Step duration',
    unit: 's',
    ...frame(['CPUBottleneck', 'IOBottleneck'], { node: nodeOf(worker) }),
    groups: pointGroups(
      own.map((one) => ({ ...one, label: visibleName(one.mode), flagged: one.outliers })),
      most,
    ),
  };
}
