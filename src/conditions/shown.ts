import { number, percent } from '../model/text.ts';
import type { Condition } from './condition.ts';
import { quantityOf } from './quantity.ts';

/** A value in the unit of a condition's threshold, for people: `431.2 ms`, `2.5 %`. */
export function shown({ metric, statistic, ofAll }: Condition, value: number): string {
  const quantity = quantityOf(metric, statistic);
  if (quantity === 'rate') return percent(value * 100, 2);
  if (quantity === 'percent' || ofAll) return percent(value);
  if (quantity !== 'time') return number(value);
  if (value < 1000) return `${number(value)} us`;
  return value < 1e6 ? `${number(value / 1000, 1)} ms` : `${number(value / 1e6)} s`;
}
