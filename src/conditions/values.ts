import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';
import { UsageError } from '../model/errors.ts';
import type { Condition, Operator } from './condition.ts';
import { inOwnUnit, quantityOf, UNITS } from './quantity.ts';

/** A value as it is written: `200ms`. */
export interface Amount {
  readonly value: number;
  /** Empty where there is none. */
  readonly unit: string;
}

/** Both letters that look like it; `u` is what a keyboard has. */
const MICRO = /^[µμ]s$/;

/** Throws a UsageError for what is no number with or without a unit. */
export function amountOf(word: string): Amount {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)([a-zµμ%]*)$/i.exec(word) ?? [];
  const value = Number(digits);
  if (!Number.isFinite(value))
    throw new UsageError(`"${word}" is no value: write a number and its unit, such as 200ms, 90% or 1000`);
  return { value, unit: unit.toLowerCase().replace(MICRO, 'us') };
}

type Limit = Pick<Condition, 'threshold' | 'ofAll'>;

/** The limit in CloudWatch's unit. Throws a UsageError for a unit that the metric does not have, and for a limit that nothing can pass, or everything does. */
export function limitOf({ value, unit }: Amount, metric: MetricName, statistic: Statistic, operator: Operator): Limit {
  const quantity = quantityOf(metric, statistic);
  const name = `${statistic} of ${metric}`;
  const own = quantity === 'percent' && unit === '' ? '%' : unit;
  const found = UNITS[quantity].find((known) => known.unit === own);
  if (found === undefined) throw new UsageError(`"${value}${unit}" is not in a unit of ${name}: ${UNIT_HINTS[quantity]}`);
  const threshold = inOwnUnit(value, found);
  const ofAll = quantity === 'percent of all' && unit === '%';
  const most = quantity === 'rate' ? 1 : quantity === 'percent' || ofAll ? 100 : Infinity;
  if (!(threshold < 2 ** 360)) throw new UsageError(`"${value}${unit}" is more than CloudWatch can hold`);
  if (threshold > most || (threshold === most && operator === '>' && !ofAll)) {
    throw new UsageError(
      quantity === 'rate'
        ? `${name} is a share of the requests and never above 100%: write 1% or 0.01`
        : `${name} is never above 100%${ofAll ? ' of all cores or GPUs together: write the number alone for the sum over them' : ''}`,
    );
  }
  if (operator === '<' && threshold === 0) throw new UsageError(`${name} is never below 0`);
  if (operator === '>=' && threshold === 0) throw new UsageError(`${name} is always 0 or more: write > 0`);
  return { threshold, ...(ofAll ? { ofAll } : {}) };
}

const UNIT_HINTS = {
  time: 'write us, ms, s or min after the number, such as 200ms',
  percent: 'write a percentage, such as 90%',
  'percent of all': 'write 90% for a share of all cores or GPUs, or the number alone for the sum over them',
  rate: 'write a share of the requests, such as 1% or 0.01',
  count: 'it is a count: write the number alone, of each minute; errors as a share of the requests are a rate',
} as const;
