import type { ConditionResult } from '../model/condition-result.ts';
import type { Monitored } from '../model/monitored.ts';
import { breachesOf } from './breaches.ts';
import type { Condition } from './condition.ts';
import { conditionText } from './print.ts';

/** What became of each condition, in their order. */
export function judgeConditions(conditions: readonly Condition[], monitored: Monitored): ConditionResult[] {
  return conditions.map((condition) => {
    const breaches = breachesOf(condition, monitored);
    const verdict = (['met', 'not met'] as const).find((wanted) => breaches.some((one) => one.verdict === wanted));
    return { text: conditionText(condition), verdict: verdict ?? 'not judged', breaches };
  });
}

/** True where a condition is met, or could not be judged anywhere: silence is no pass. */
export function isFailed(results: readonly ConditionResult[]): boolean {
  return results.some(({ verdict }) => verdict !== 'not met');
}
