import type { Condition } from './condition.ts';
import { durationText } from './durations.ts';
import { written } from './quantity.ts';

/** The condition as `parseCondition` reads it, the same for all that mean the same. */
export function conditionText(condition: Condition): string {
  const { metric, statistic, operator, threshold, durationSeconds, where } = condition;
  const places = (['variant', 'container', 'host'] as const).flatMap((what) =>
    where[what] === undefined ? [] : `${what} ${where[what]}`,
  );
  return [
    `${metric} ${statistic} ${operator} ${written(condition, threshold)}`,
    ...(durationSeconds === undefined ? [] : [`for ${durationText(durationSeconds)}`]),
    ...(places.length === 0 ? [] : ['on', ...places]),
  ].join(' ');
}
