import type { Points } from '../measures/metric-series.ts';
import type { Breach } from '../model/condition-result.ts';
import type { Monitored } from '../model/monitored.ts';
import { duration, list } from '../model/text.ts';
import type { Condition, Operator } from './condition.ts';
import { countedOn, isNoneWithoutData, isSum, timesLimit } from './counted.ts';
import { type LookedAt, lookedAt } from './looked-at.ts';
import { shown } from './shown.ts';

/**
 * Where and when a condition held, for each place that it is looked at for. A period without data ends a run, save of Invocations: no data is
 * no request there. A period that is longer than the condition's time counts as a whole. Sums and counts are compared by the minute.
 * What has to hold for longer than was looked at is not judged.
 */
export function breachesOf(condition: Condition, monitored: Monitored): Breach[] {
  return lookedAt(condition, monitored).map((one) => {
    const { place, node } = one;
    const where = node === undefined ? { place } : { place, node };
    const points = one.series && comparable(condition, one, monitored);
    const lookedSeconds = monitored.endSeconds - monitored.startSeconds;
    if (typeof points === 'object' && (condition.durationSeconds ?? 0) > Math.max(lookedSeconds, points.periodSeconds)) {
      return { ...where, verdict: 'not judged', reason: `only ${duration(lookedSeconds)} were looked at` };
    }
    if (typeof points === 'object' && points.values.length > 0) return { ...where, ...judged(condition, points) };
    return { ...where, verdict: 'not judged', reason: typeof points === 'string' ? points : whyNot(condition, monitored) };
  });
}

/** So long metrics may be on their way to CloudWatch; it takes them a minute or two. */
const LATE_SECONDS = 300;

/** More than CloudWatch has of anything: minutes of the 455 days that it keeps. Files may say what they will. */
const MOST_PERIODS = 455 * 1440;

const HOLDS: Readonly<Record<Operator, (value: number, threshold: number) => boolean>> = {
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};

function judged(condition: Condition, { seconds, values, periodSeconds }: Points) {
  const { operator, threshold, durationSeconds = 0 } = condition;
  const spans: { startSeconds: number; endSeconds: number }[] = [];
  let worst = 0;
  for (const [i, value] of values.entries()) {
    const start = seconds[i] as number;
    const last = spans.at(-1);
    if (HOLDS[operator](value, threshold)) {
      if (last?.endSeconds === start) last.endSeconds += periodSeconds;
      else spans.push({ startSeconds: start, endSeconds: start + periodSeconds });
    }
    if (HOLDS[operator === '<' || operator === '<=' ? '<' : '>'](value, values[worst] as number)) worst = i;
  }
  const long = spans.filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= durationSeconds);
  return {
    verdict: long.length > 0 ? ('met' as const) : ('not met' as const),
    spans: long,
    worst: shown(condition, values[worst] as number),
    worstSeconds: seconds[worst] as number,
    periodSeconds,
  };
}

/** Values that can be held against the threshold; or why there are none. */
function comparable(condition: Condition, { series, variant }: LookedAt, monitored: Monitored): Points | string | undefined {
  if (series === undefined) return undefined;
  const { periodSeconds } = series;
  const summed = isSum(condition.statistic);
  const values = new Map<number, number>();
  for (const [i, start] of series.seconds.entries()) {
    const value = series.values[i] as number;
    // A period that is not over has not all of its sum.
    const isWhole = !summed || start + periodSeconds <= monitored.endSeconds;
    if (Number.isFinite(value) && isWhole) values.set(start, value / timesLimit(condition, periodSeconds));
  }
  if (isNoneWithoutData(condition)) silent(series, monitored.endSeconds, values);
  const points = [...values].sort(([a], [b]) => a - b);
  const { variants, instanceType } = monitored.subject;
  const type = variants.find(({ name }) => name === variant)?.instanceType ?? instanceType;
  const { count, what } = condition.ofAll ? countedOn(condition.metric, type) : { count: 1, what: '' };
  if (count === undefined) {
    return `how many ${what} its instances have is not known: write the limit without % for the sum over ${what}, or tell the instance type`;
  }
  return {
    periodSeconds,
    seconds: Float64Array.from(points, ([start]) => start),
    values: Float64Array.from(points, ([, value]) => value / count),
  };
}

/** From the first period with requests on, one without data had none; of the last minutes it may only not be there yet. */
function silent({ seconds, periodSeconds }: Points, endSeconds: number, values: Map<number, number>): void {
  const untilSeconds = Math.max(seconds.at(-1) ?? 0, endSeconds - LATE_SECONDS);
  if (untilSeconds - (seconds[0] ?? endSeconds) > MOST_PERIODS * periodSeconds) return;
  for (let start = seconds[0] ?? endSeconds; start + periodSeconds <= untilSeconds; start += periodSeconds) {
    if (!values.has(start)) values.set(start, 0);
  }
}

function whyNot({ metric, statistic, where }: Condition, { series, subject }: Monitored): string {
  const names = subject.variants.map(({ name }) => name);
  if (where.variant !== undefined && names.length > 0 && !names.includes(where.variant)) {
    return `there is no variant ${where.variant}, only ${list(names, 9)}`;
  }
  const others = new Set(series.filter((one) => one.metric === metric).map((one) => one.statistic));
  if (others.size > 0 && !others.has(statistic)) return `the data has no ${statistic} of ${metric}, only ${list([...others], 9)}`;
  return `no data points of ${metric}`;
}
