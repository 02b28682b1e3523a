import { drawableHistogram } from '../measures/histogram.ts';
import { wholeStatistics } from '../measures/statistics.ts';
import type { HistogramChart } from '../model/chart.ts';
import { optional } from '../model/optional.ts';
import type { StepDetails } from '../model/rule-report.ts';
import { byNumber, duration, list, plural } from '../model/text.ts';
import { frameworkBlocks } from './framework-charts.ts';
import { chart, column, info, panels, type SectionMaker, table, text } from './section.ts';

/** Workers drawn; the table has them all. A hundred bars each would outweigh the rest of the report. */
const MAX_WORKERS = 12;

/** Duration of the steps of each worker, the slow ones, and what the framework did in them. */
export const stepDurations: SectionMaker = ({ reports, analysis }) => {
  const details = reports.StepOutlier?.details;
  const section = { id: 'step-durations', title: 'Step durations', rule: 'StepOutlier' } as const;
  const workers = [...(details?.step_details ?? [])]
    .map(([title, step]) => ({ title, step }))
    .sort((a, b) => (b.step.number_of_outliers ?? 0) - (a.step.number_of_outliers ?? 0) || byNumber(a.title, b.title));
  if (details === undefined || workers.length === 0) return { ...section, blocks: [] };
  const fixed = analysis?.mode === 'fixed';
  const axes = sharedAxes(workers.slice(0, MAX_WORKERS).map(({ step }) => step));
  return {
    ...section,
    blocks: [
      table(
        'step-durations-table',
        'Step duration by worker',
        [
          column.text('Worker'),
          column.text('Phase'),
          ...['mean', 'max', 'p99', 'p95', 'p50', 'min', 'standard deviation'].map(column.seconds),
          column.count('Slow steps'),
        ],
        workers.map(({ title, step: { step_stats: s, phase, stddev, number_of_outliers } }) => [
          title,
          phaseName(phase),
          s?.mean,
          s?.max,
          s?.p99,
          s?.p95,
          s?.p50,
          s?.min,
          stddev,
          number_of_outliers,
        ]),
      ),
      ...panels(
        'step-durations-worker',
        'Worker',
        workers,
        ({ title, step }, suffix) => [...histogram(title, step, suffix, axes), ...slowSteps(step)],
        MAX_WORKERS,
      ),
      info(
        `${
          fixed
            ? 'Of each worker the most telling phase is shown; steps over time have them all'
            : 'The file keeps one phase per worker, the last one handled'
        }; the histogram leaves the slow steps out.`,
      ),
      ...frameworkBlocks('slow-steps', details, { when: 'in slow steps', crossed: !fixed }),
    ],
  };
};

/** `Step:ModeKeys.TRAIN` as `TRAIN`. */
function phaseName(phase: string | undefined): string {
  return phase?.replace(/^Step:ModeKeys\./, '') ?? '';
}

function histogram(worker: string, step: StepDetails, suffix: string, axes: HistogramChart['axes']) {
  const drawn = histogramOf(step);
  const { phase } = step;
  if (drawn === undefined) return [];
  const s = wholeStatistics(step.step_stats);
  const summary = s
    ? `half of the steps took ${duration(s.p50)} or less, 95 % ${duration(s.p95)} or less, the slowest ${duration(s.max)}.`
    : 'durations of its steps.';
  return [
    chart({
      kind: 'histogram',
      id: `step-histogram${suffix}`,
      title: `Duration of ${phaseName(phase)} steps`,
      alt: `${worker}: ${summary}`,
      valueTitle: 'Step duration',
      unit: 's',
      countTitle: 'Steps',
      series: [{ label: worker, ...drawn }],
      ...optional('axes', axes),
      marks: s
        ? [
            { label: 'p50', value: s.p50 },
            { label: 'p95', value: s.p95 },
          ]
        : [],
    }),
  ];
}

function histogramOf({ probs, binedges }: StepDetails) {
  return probs && binedges ? drawableHistogram(binedges, probs) : undefined;
}

/** Axes that fit the histograms of all workers drawn, so that they can be compared; undefined for one worker. */
function sharedAxes(steps: readonly StepDetails[]): HistogramChart['axes'] {
  const drawn = steps.flatMap((step) => histogramOf(step) ?? []);
  if (steps.length < 2 || drawn.length === 0) return undefined;
  const edges = drawn.flatMap((histogram) => histogram.edges);
  const marks = steps.flatMap((step) => wholeStatistics(step.step_stats)?.p95 ?? []);
  const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const value = [edges.reduce((a, b) => Math.min(a, b)), largest([...edges, ...marks])] as const;
  return { value, largestCount: largest(drawn.flatMap((histogram) => histogram.counts)) };
}

/** Numbers of the slow steps. */
function slowSteps({ step_numbers: numbers = [] }: StepDetails) {
  if (numbers.length === 0) return [];
  const distinct = [...new Set(numbers)];
  const repeats = distinct.length < numbers.length ? '; the counter restarts in each phase, so that numbers repeat' : '';
  return [text(`${plural(numbers.length, 'slow step')}, with the numbers ${list(distinct, 30)}${repeats}.`)];
}
