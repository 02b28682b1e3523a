import type { JobFacts } from '../measures/job-facts.ts';
import type { Mark } from '../model/chart.ts';

/** First and last step of the job, as far as known: seconds since the epoch. */
export function stepMarks({ reports }: JobFacts): Mark[] {
  const { first, last } = reports.MaxInitializationTime?.details.step_num ?? {};
  const mark = (label: string, micros: number | undefined) => (micros === undefined ? [] : [{ label, value: micros / 1e6 }]);
  return [...mark('first step', first), ...mark('last step', last)];
}
