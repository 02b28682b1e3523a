import { dataPage, type Result } from './data-page.ts';
import { isStatistic, type Metric, statisticOf } from './metric.ts';
import { pageOf, Refused } from './refused.ts';

export interface MetricsSettings {
  readonly metrics: readonly Metric[];
  readonly nowSeconds: number;
  /** Data points of one answer; CloudWatch has 100,800. */
  readonly pointsPerPage?: number;
  /** What is said beside the data. */
  readonly messages?: readonly { readonly Code: string; readonly Value: string }[];
}

interface Query {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: { Namespace: string; MetricName: string; Dimensions?: readonly { Name: string; Value: string }[] };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
}

export interface GetMetricDataInput {
  readonly MetricDataQueries: readonly Query[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
  readonly ScanBy?: string;
  readonly MaxDatapoints?: number;
}

const DAY = 86_400;
const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
const METRICS_PER_PAGE = 500;
/** ListMetrics forgets a metric that had no data for two weeks. */
const FORGOTTEN_SECONDS = 14 * DAY;

/** Metrics as CloudWatch keeps and gives them: exactly those asked for, no longer than it keeps that period, in pages. */
export function metricsApi({ metrics, nowSeconds, pointsPerPage = MOST_POINTS, messages = [] }: MetricsSettings) {
  const begun = new Map<string, Result[]>();
  return {
    GetMetricData(input: GetMetricDataInput) {
      const { MetricDataQueries: queries, NextToken: token, MaxDatapoints: most = MOST_POINTS } = input;
      refuseInvalid(input);
      const asked = JSON.stringify({ ...input, NextToken: undefined });
      const results =
        begun.get(asked) ?? queries.filter(({ ReturnData }) => ReturnData !== false).map((query) => read(query, input));
      const { page, next } = dataPage(results, Math.min(pointsPerPage, most), token);
      if (next === undefined) begun.delete(asked);
      else begun.set(asked, results);
      return { MetricDataResults: page, ...(next === undefined ? {} : { NextToken: next }), Messages: messages };
    },

    ListMetrics({ Namespace, MetricName, Dimensions = [], NextToken, RecentlyActive }: ListMetricsInput) {
      const silentSeconds = RecentlyActive === 'PT3H' ? 3 * 3600 : FORGOTTEN_SECONDS;
      const found = metrics.filter(
        ({ namespace, name, dimensions, firstSeconds, lastSeconds }) =>
          (Namespace === undefined || namespace === Namespace) &&
          (MetricName === undefined || name === MetricName) &&
          Dimensions.every(
            (asked) => asked.Name in dimensions && (asked.Value ?? dimensions[asked.Name]) === dimensions[asked.Name],
          ) &&
          firstSeconds <= nowSeconds &&
          lastSeconds > nowSeconds - silentSeconds,
      );
      const refused = new Refused('InvalidParameterValue', 'The value for parameter NextToken is invalid.');
      const { page, next } = pageOf(found, METRICS_PER_PAGE, NextToken, refused);
      const told = page.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      }));
      return { Metrics: told, ...(next === undefined ? {} : { NextToken: next }) };
    },
  };

  function read({ Id, Label, MetricStat }: Query, { StartTime, EndTime, ScanBy }: GetMetricDataInput): Result {
    const {
      Metric: asked,
      Period: period,
      Stat: statistic,
      Unit: unit,
    } = MetricStat ?? raise(`The query ${Id} has no MetricStat.`);
    const metric = metrics.find((one) => isAsked(one, asked) && (unit === undefined || unit === one.unit));
    const points: [number, number][] = [];
    if (metric) {
      const kept = nowSeconds - keptSeconds(period);
      const from = Math.max(StartTime, kept, metric.firstSeconds - period);
      const until = Math.min(EndTime, metric.lastSeconds + 60, nowSeconds);
      for (let at = Math.floor(from / period) * period; at < until; at += period) {
        const measured = at < kept ? undefined : metric.measured(at, period);
        if (measured) points.push([at, statisticOf(measured, statistic)]);
      }
    }
    if (ScanBy !== 'TimestampAscending') points.reverse();
    const [Timestamps, Values] = [points.map(([at]) => at), points.map(([, value]) => value)];
    return { Id, Label: Label ?? asked.MetricName, Timestamps, Values, StatusCode: 'Complete' };
  }
}

interface ListMetricsInput {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { Name: string; Value?: string }[];
  readonly NextToken?: string;
  readonly RecentlyActive?: string;
}

/** How long CloudWatch keeps data of a period: a minute 15 days, five minutes 63 days, an hour 455 days (CloudWatch concepts, metrics retention). */
function keptSeconds(period: number): number {
  if (period % 3600 === 0) return 455 * DAY;
  return period % 300 === 0 ? 63 * DAY : 15 * DAY;
}

function isAsked({ namespace, name, dimensions }: Metric, asked: NonNullable<Query['MetricStat']>['Metric']): boolean {
  const { Namespace, MetricName, Dimensions = [] } = asked;
  return (
    namespace === Namespace &&
    name === MetricName &&
    Dimensions.length === Object.keys(dimensions).length &&
    Dimensions.every(({ Name, Value }) => dimensions[Name] === Value)
  );
}

function refuseInvalid({ MetricDataQueries: queries, StartTime, EndTime }: GetMetricDataInput): void {
  const parameter = 'parameter MetricDataQueries';
  if (queries.length > MOST_QUERIES) raise(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  if (!(StartTime < EndTime)) raise('The parameter StartTime must be less than the parameter EndTime.');
  const ids = new Set<string>();
  for (const [i, { Id, MetricStat }] of queries.entries()) {
    const member = `${parameter}.member.${i + 1}`;
    if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(Id)) raise(`The value ${Id} for ${member}.Id is not matching the expected pattern.`);
    if (ids.has(Id)) raise(`The values for parameter Id in ${parameter} are not unique.`);
    ids.add(Id);
    const { Stat = '', Period = 60 } = MetricStat ?? {};
    if (!isStatistic(Stat)) raise(`The value ${Stat} for ${member}.MetricStat.Stat is not a valid statistic.`);
    if (!(Period > 0) || Period % 60 !== 0)
      raise(`The value ${Period} for ${member}.MetricStat.Period must be a multiple of 60.`);
  }
}

function raise(message: string): never {
  throw new Refused('ValidationException', message);
}
