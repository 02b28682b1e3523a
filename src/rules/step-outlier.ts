import { FEW_STEPS } from '../measures/steps.ts';
import { number, plural } from '../model/text.ts';
import { COUNTED, MANY, notJudged, type Rule } from './rule.ts';
import { runStepOutlier } from './step-outlier-run.ts';
import { stepVerdict } from './step-verdict.ts';

export const stepOutlier: Rule<'StepOutlier'> = {
  name: 'StepOutlier',
  title: 'Step outliers',
  judges: 'training',
  sectionId: 'step-durations',
  defaults: { threshold: '3', mode: 'None', n_outliers: '10', stddev: '3' },
  repeats: { threshold: 'stddev' },
  ranges: { threshold: MANY, n_outliers: MANY, stddev: MANY },
  needs: COUNTED,
  checks: (p) =>
    `Do more than ${p('n_outliers')} steps of a worker take longer than the mean plus ${number(p('stddev'))} standard deviations?`,
  run: runStepOutlier,
  judge(report, facts, p) {
    const workers = [...(report.details.step_details ?? [])];
    if (report.datapoints === 0 || facts.stepEvents === 0) return notJudged('no step data', 'No steps were profiled.');
    if (workers.length === 0) {
      return notJudged(
        'too few steps',
        `There are ${plural(report.datapoints, 'step event')}; the rule needs more than ${FEW_STEPS} steps of one phase on one worker.`,
      );
    }
    const times = workers.map(([label, { number_of_outliers: outliers = 0, probs = [], step_stats: stats }]) => ({
      label,
      outliers,
      // The histogram leaves the outliers out.
      steps: outliers + probs.reduce((a, b) => a + b, 0),
      max: stats?.max,
      median: stats?.p50,
      mean: stats?.mean,
    }));
    return stepVerdict(times, report.triggered > 0, p('n_outliers'));
  },
};
