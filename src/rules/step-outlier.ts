import type { StepDetails } from '../model/rule-report.ts';
import { count, duration, list, number, percent, plural } from '../model/text.ts';
import { COUNTED, notJudged, type Rule } from './rule.ts';

/** A worker and phase is looked at from this many steps on; fixed in the service's rule. */
const MIN_STEPS = 100;

export const stepOutlier: Rule<'StepOutlier'> = {
  name: 'StepOutlier',
  title: 'Step outliers',
  sectionId: 'step-durations',
  defaults: { threshold: '3', mode: 'None', n_outliers: '10', stddev: '3' },
  needs: COUNTED,
  checks: (p) =>
    `Do more than ${p('n_outliers')} steps of a worker take longer than the mean plus ${number(p('stddev'))} standard deviations?`,
  judge(report, facts, p) {
    const workers = [...(report.details.step_details ?? [])];
    if (report.datapoints === 0 || facts.stepEvents === 0) return notJudged('no step data', 'No steps were profiled.');
    if (workers.length === 0) {
      return notJudged(
        'too few steps',
        `There are ${plural(report.datapoints, 'step event')}; the rule needs more than ${MIN_STEPS} steps of one phase on one worker.`,
      );
    }
    const outliers = workers.map(([worker, details]) => ({ worker, n: details.number_of_outliers ?? 0, details }));
    const total = outliers.reduce((sum, { n }) => sum + n, 0);
    const steps = outliers.reduce((sum, { n, details }) => sum + n + (details.probs ?? []).reduce((a, b) => a + b, 0), 0);
    const slowest = outliers.toSorted((a, b) => slowestStep(b.details) - slowestStep(a.details))[0];
    const { max, p50, mean } = slowest?.details.step_stats ?? {};
    const extent =
      max !== undefined && p50 !== undefined ? `; the slowest took ${duration(max)} where the median is ${duration(p50)}` : '';
    const where = outliers.length > 1 ? ` on ${list(outliers.filter(({ n }) => n > 0).map(({ worker }) => worker))}` : '';
    const share = steps > 0 ? ` of ${count(steps)} (${percent((100 * total) / steps)})` : '';
    const finding = `${plural(total, 'step')}${share} took longer than usual${total > 0 ? where : ''}${extent}.`;
    if (report.triggered === 0)
      return { verdict: 'ok', reason: `${plural(total, 'outlier')}, limit ${p('n_outliers')} per worker`, finding };
    return {
      verdict: 'issue',
      reason: plural(total, 'slow step'),
      finding,
      action:
        'Look at what happens in the slow steps: checkpoints, evaluation, logging, garbage collection or a stalled data loader.',
      weight: steps > 0 && max && mean ? Math.min(0.6, 0.15 + (total / steps) * (max / mean)) : 0.2,
    };
  },
};

function slowestStep({ step_stats }: StepDetails): number {
  return step_stats?.max ?? 0;
}
