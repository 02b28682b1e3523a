import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';
import type { Condition } from './condition.ts';
import { definitionOf } from './metrics.ts';

/** What a statistic of a metric is: a rate goes from 0 to 1, percent `of all` to 100 x the cores or GPUs. */
export type Quantity = 'time' | 'percent' | 'percent of all' | 'rate' | 'count';

/** Metrics that are 0 or 1 for each request: their average is a rate. */
export const ZERO_OR_ONE: ReadonlySet<MetricName> = new Set([
  'Invocation4XXErrors',
  'Invocation5XXErrors',
  'InvocationModelErrors',
  'ModelCacheHit',
]);

const OF_ALL: ReadonlySet<MetricName> = new Set(['CPUUtilization', 'GPUUtilization', 'GPUMemoryUtilization']);

export function quantityOf(metric: MetricName, statistic: Statistic): Quantity {
  if (statistic === 'SampleCount') return 'count';
  const [unit] = definitionOf(metric).units;
  if (unit === 'Microseconds') return 'time';
  if (unit === 'Percent') return OF_ALL.has(metric) ? 'percent of all' : 'percent';
  return statistic === 'Average' && ZERO_OR_ONE.has(metric) ? 'rate' : 'count';
}

/** Units that a value may be written in, and how much of CloudWatch's own each is: so often a power of ten. The last one is its own. */
export const UNITS: Readonly<Record<Quantity, readonly Unit[]>> = {
  time: [
    { unit: 'min', times: 60, power: 6 },
    { unit: 's', times: 1, power: 6 },
    { unit: 'ms', times: 1, power: 3 },
    { unit: 'us', times: 1, power: 0 },
  ],
  percent: [{ unit: '%', times: 1, power: 0 }],
  'percent of all': [
    { unit: '%', times: 1, power: 0 },
    { unit: '', times: 1, power: 0 },
  ],
  rate: [
    { unit: '%', times: 1, power: -2 },
    { unit: '', times: 1, power: 0 },
  ],
  count: [{ unit: '', times: 1, power: 0 }],
};

interface Unit {
  readonly unit: string;
  readonly times: number;
  readonly power: number;
}

/** A value as written, in CloudWatch's own unit. */
export function inOwnUnit(value: number, { times, power }: Unit): number {
  return shifted(value * times, power);
}

/** Of a condition's threshold, or a value in the same unit: as it would be written, exactly. */
export function written({ metric, statistic, ofAll }: Pick<Condition, 'metric' | 'statistic' | 'ofAll'>, value: number): string {
  const quantity = quantityOf(metric, statistic);
  const units = ofAll ? UNITS.percent : quantity === 'percent of all' ? UNITS.count : UNITS[quantity];
  const own = units.at(-1) as Unit;
  for (const unit of units) {
    const inUnit = shifted(value, -unit.power) / unit.times;
    if ((inUnit >= 1 || quantity === 'rate' || unit === own) && inOwnUnit(inUnit, unit) === value) return `${inUnit}${unit.unit}`;
  }
  return `${value}${own.unit}`;
}

/** Times a power of ten, as on paper: 1.1 by -2 is 0.011, not 0.011000000000000001. */
function shifted(value: number, power: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + power}`);
}
