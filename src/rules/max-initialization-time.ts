import { duration, number, percent } from '../model/text.ts';
import { notJudged, type Rule } from './rule.ts';

export const maxInitializationTime: Rule<'MaxInitializationTime'> = {
  name: 'MaxInitializationTime',
  title: 'Initialization time',
  sectionId: 'initialization',
  defaults: { threshold: '20' },
  needs: ['details'],
  checks: (p) => `Does it take more than ${number(p('threshold'))} minutes from the first sample to the first step?`,
  // The service's rule reads a clock that stands still and can never fire (Q8): judged anew from `step_num`.
  judge(report, facts, p) {
    const seconds = facts.initializationSeconds;
    if (seconds === undefined) {
      if (report.datapoints === 0)
        return notJudged('no step data', 'No steps were profiled, so the start of the training loop is not known.');
      return notJudged('times missing', 'The file does not tell when the job and its first step began, or not in this order.');
    }
    const { startSeconds = 0, endSeconds = 0 } = facts.job;
    const share = endSeconds > startSeconds ? ` (${percent((100 * seconds) / (endSeconds - startSeconds))} of the job)` : '';
    const finding = `The first step came ${duration(seconds)} after the first sample${share}.`;
    if (seconds <= 60 * p('threshold'))
      return { verdict: 'ok', reason: `${duration(seconds)}, limit ${number(p('threshold'))} min`, finding };
    return {
      verdict: 'issue',
      reason: `${duration(seconds)}, limit ${number(p('threshold'))} min`,
      finding,
      action:
        'Shorten the way to the first step: stream data in place of downloading it, cache images and weights, cut warm-up and compilation.',
      weight: endSeconds > startSeconds ? Math.min(1, seconds / (endSeconds - startSeconds)) : 0.3,
    };
  },
};
