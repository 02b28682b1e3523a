import * as v from 'valibot';
import { UsageError } from '../../model/errors.ts';
import type { MetricSeries, Monitored } from '../../model/monitored.ts';
import { visibleName } from '../../model/text.ts';
import { momentText } from './moment.ts';
import { type Query, type Result, SAVED, SAVED_VERSION, type Saved } from './schemas.ts';

/** Key of our own beside those that CloudWatch prints. */
export const SAVED_KEY = 'ProfilerReport';
const FORMAT_VERSION = 1;

/**
 * What was fetched as a file: what `aws cloudwatch get-metric-data` prints with the queries of each result, and under a key of our own what
 * else is known. Read again it gives the same.
 */
export function cloudWatchFile({ series, ...rest }: Monitored): string {
  // Keys in the order of the schema, so that saving it again gives the same bytes.
  const head = JSON.stringify(v.parse(SAVED, { formatVersion: FORMAT_VERSION, ...rest }));
  const queries = series.map((one, i) => JSON.stringify(queryOf(one, i)));
  const results = series.map((one, i) => JSON.stringify(resultOf(one, i)));
  const lines = (entries: readonly string[]) => (entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n]`);
  return `{"${SAVED_KEY}": ${head},\n"MetricDataQueries": ${lines(queries)},\n"MetricDataResults": ${lines(results)},\n"Messages": []}\n`;
}

function queryOf({ namespace, metric, dimensions, statistic, unit, periodSeconds }: MetricSeries, index: number): Query {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: metric, Dimensions };
  return { Id: `m${index}`, MetricStat: { Metric, Period: periodSeconds, Stat: statistic, Unit: unit } };
}

function resultOf({ metric, dimensions, statistic, seconds, values }: MetricSeries, index: number): Result {
  return {
    Id: `m${index}`,
    Label: [...Object.values(dimensions), metric, statistic].join(' '),
    Timestamps: Array.from(seconds, momentText),
    Values: Array.from(values),
    StatusCode: 'Complete',
  };
}

/** What is under our key. Throws a UsageError where it was changed so that it cannot be read, or comes from a later version. */
export function readSaved(value: unknown, file: string): Saved {
  const shown = visibleName(file);
  const version = v.safeParse(SAVED_VERSION, value);
  if (version.success && version.output.formatVersion > FORMAT_VERSION) {
    throw new UsageError(`${shown} was saved by a newer profiler-report: update this one.`);
  }
  const result = v.safeParse(SAVED, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const at = [SAVED_KEY, v.getDotPath(issue)].filter((part) => part !== null).join('.');
  throw new UsageError(`${shown}: ${at}: ${issue.message}. It was changed since it was saved: fetch it again.`);
}
