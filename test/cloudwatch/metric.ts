import type { Unit } from '../../src/model/cloudwatch-metrics.ts';

/** What CloudWatch keeps under one namespace, name and set of dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: Unit;
  /** Of the first and of the last data, seconds since the epoch. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** What was measured from a moment on; undefined where nothing was. */
  measured(seconds: number, periodSeconds: number): Measured | undefined;
}

/** Values and how often each was measured. */
export interface Measured {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

interface ByMinute {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: Unit;
  /** A whole minute. */
  readonly startSeconds: number;
  readonly minutes: number;
  /** By number of the minute; a number alone was measured once. */
  readonly at: (minute: number) => Measured | number | undefined;
}

/** A metric with data of every minute; longer periods are made of the minutes. */
export function metricByMinute({ at, startSeconds, minutes, ...metric }: ByMinute): Metric {
  const known = new Map<number, Measured | undefined>();
  const minuteAt = (minute: number): Measured | undefined => {
    if (minute < 0 || minute >= minutes) return;
    if (!known.has(minute)) known.set(minute, asMeasured(at(minute)));
    return known.get(minute);
  };
  return {
    ...metric,
    firstSeconds: startSeconds,
    lastSeconds: startSeconds + (minutes - 1) * 60,
    measured(seconds, periodSeconds) {
      const first = (seconds - startSeconds) / 60;
      const there = Array.from({ length: periodSeconds / 60 }, (_, i) => minuteAt(first + i)).filter((at) => at !== undefined);
      if (there.length === 0) return;
      return { values: there.flatMap(({ values }) => values), counts: there.flatMap(({ counts }) => counts) };
    },
  };
}

function asMeasured(at: Measured | number | undefined): Measured | undefined {
  return typeof at === 'number' ? { values: [at], counts: [1] } : at;
}

const RANK = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** Whether the service knows it: `Average`, `p99`; the others that it has (trimmed means, ranks) are left out. */
export function isStatistic(statistic: string): boolean {
  return statistic in PLAIN || RANK.test(statistic);
}

/** One number of what was measured. */
export function statisticOf(measured: Measured, statistic: string): number {
  const rank = RANK.exec(statistic)?.[1];
  return rank === undefined ? (PLAIN[statistic]?.(measured) ?? Number.NaN) : percentile(measured, Number(rank));
}

const sum = ({ values, counts }: Measured) => values.reduce((total, value, i) => total + value * (counts[i] ?? 0), 0);
const count = ({ counts }: Measured) => counts.reduce((total, times) => total + times, 0);
const there = ({ values, counts }: Measured) => values.filter((_, i) => (counts[i] ?? 0) > 0);

const PLAIN: Readonly<Record<string, (measured: Measured) => number>> = {
  SampleCount: count,
  Sum: sum,
  Average: (measured) => sum(measured) / count(measured),
  Minimum: (measured) => Math.min(...there(measured)),
  Maximum: (measured) => Math.max(...there(measured)),
};

/** The nearest rank. */
function percentile({ values, counts }: Measured, rank: number): number {
  const ranked = values.map((value, i) => [value, counts[i] ?? 0] as const).sort(([a], [b]) => a - b);
  let left = (count({ values, counts }) * rank) / 100;
  for (const [value, times] of ranked) {
    left -= times;
    if (left <= 1e-9 && times > 0) return value;
  }
  return ranked.at(-1)?.[0] ?? Number.NaN;
}
