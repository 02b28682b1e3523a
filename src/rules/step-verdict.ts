import { count, duration, list, percent, plural } from '../model/text.ts';
import type { Judgement } from './rule.ts';

/** Steps of one worker, or of one worker and phase; seconds. */
export interface StepTimes {
  /** For people. */
  readonly label: string;
  readonly outliers: number;
  readonly steps: number;
  readonly max?: number | undefined;
  readonly median?: number | undefined;
  readonly mean?: number | undefined;
}

/** What steps of all workers say together; an issue where the rule triggered. */
export function stepVerdict(times: readonly StepTimes[], triggered: boolean, limit: number): Judgement {
  const total = times.reduce((sum, { outliers }) => sum + outliers, 0);
  const steps = times.reduce((sum, one) => sum + one.steps, 0);
  const { max, median, mean } = times.toSorted((a, b) => (b.max ?? 0) - (a.max ?? 0))[0] ?? {};
  const extent =
    max !== undefined && median !== undefined
      ? `; the slowest took ${duration(max)} where the median is ${duration(median)}`
      : '';
  const slow = times.filter(({ outliers }) => outliers > 0).map(({ label }) => label);
  const where = times.length > 1 && slow.length > 0 ? ` on ${list(slow)}` : '';
  const share = steps > 0 ? ` of ${count(steps)} (${percent((100 * total) / steps)})` : '';
  const finding = `${plural(total, 'step')}${share} took longer than usual${where}${extent}.`;
  if (!triggered) {
    const most = times.reduce((max, { outliers }) => Math.max(max, outliers), 0);
    const per = times.length > 1 ? 'at most ' : '';
    return { verdict: 'ok', reason: `${per}${plural(most, 'outlier')}, limit ${limit} per worker`, finding };
  }
  return {
    verdict: 'issue',
    reason: plural(total, 'slow step'),
    finding,
    action:
      'Look at what happens in the slow steps: checkpoints, evaluation, logging, garbage collection or a stalled data loader.',
    weight: steps > 0 && max && mean ? Math.min(0.6, 0.15 + (total / steps) * (max / mean)) : 0.2,
  };
}
