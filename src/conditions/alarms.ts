import type { PlainStatistic } from '../model/cloudwatch-metrics.ts';
import { UsageError } from '../model/errors.ts';
import type { Subject, Variant } from '../model/monitored.ts';
import { visibleName } from '../model/text.ts';
import { containersFor, variantsFor } from './alarm-places.ts';
import type { Condition, Operator } from './condition.ts';
import { countedOn, isNoneWithoutData, timesLimit } from './counted.ts';
import { durationText } from './durations.ts';
import { definitionOf } from './metrics.ts';
import { conditionText } from './print.ts';
import { written } from './quantity.ts';

/** An alarm as PutMetricAlarm takes it, and a template's `AWS::CloudWatch::Alarm` too. Without a unit: CloudWatch then takes that of the data. */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  /** One of the two. */
  readonly Statistic?: PlainStatistic;
  readonly ExtendedStatistic?: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly Threshold: number;
  readonly ComparisonOperator: (typeof COMPARISONS)[Operator];
  readonly TreatMissingData: 'breaching' | 'notBreaching' | 'missing';
  readonly AlarmActions?: readonly string[];
  readonly OKActions?: readonly string[];
}

interface AlarmOptions {
  /** Told of an alarm, and of its end. */
  readonly topicArn?: string;
}

const COMPARISONS = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const satisfies Readonly<Record<Operator, string>>;

/** Before the name of the endpoint; tells these alarms from others'. */
export const ALARM_NAME_HEAD = 'profiler-report/';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** What a template may hold (AWS CloudFormation quotas). */
const MOST_ALARMS = 500;
/** API reference, PutMetricAlarm. */
const LONGEST_NAME = 255;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * An alarm for each condition and each variant and container that it is about; the same ones once. Names stay the same when a limit is
 * changed, so that an alarm takes the place of the older one. Throws a UsageError for what no alarm can watch.
 */
export function alarmsOf(conditions: readonly Condition[], subject: Subject, options: AlarmOptions = {}): Alarm[] {
  if (subject.variants.length === 0) {
    throw new UsageError(`which variants ${subject.name} has is not known: give --variant, or allow sagemaker:DescribeEndpoint.`);
  }
  const wanted = conditions.flatMap((condition) => {
    return variantsFor(condition, subject).flatMap((variant) =>
      containersFor(condition, variant).map((container) => {
        const where = { variant: variant.name, ...(container === undefined ? {} : { container }) };
        return alarmOf({ ...condition, where }, variant, subject, options);
      }),
    );
  });
  const once = new Map(wanted.toReversed().map((one) => [JSON.stringify({ ...one.alarm, AlarmDescription: '' }), one]));
  const named = [...Map.groupBy([...once.values()].reverse(), ({ alarm }) => alarm.AlarmName).values()].flatMap(withLimits);
  if (named.length > MOST_ALARMS) {
    throw new UsageError(`these are ${named.length} alarms, a template may hold ${MOST_ALARMS}: make them by --variant.`);
  }
  const long = named.find(({ AlarmName }) => AlarmName.length > LONGEST_NAME);
  if (long) throw new UsageError(`the name of an alarm may have ${LONGEST_NAME} letters, this has more: ${long.AlarmName}.`);
  return named;
}

/** Of several limits on the same the lowest has the plain name, in whatever order they are given. */
function withLimits(alike: readonly { readonly alarm: Alarm; readonly limit: string }[]): Alarm[] {
  const [lowest, ...others] = alike.toSorted(
    ({ alarm: a }, { alarm: b }) =>
      a.Threshold - b.Threshold ||
      a.Period * a.EvaluationPeriods - b.Period * b.EvaluationPeriods ||
      (a.ComparisonOperator < b.ComparisonOperator ? -1 : 1),
  );
  return [
    ...(lowest ? [lowest.alarm] : []),
    ...others.map(({ alarm, limit }) => ({ ...alarm, AlarmName: `${alarm.AlarmName} ${limit}` })),
  ];
}

function alarmOf(condition: Condition, variant: Variant, subject: Subject, { topicArn }: AlarmOptions) {
  const { metric, statistic, operator, durationSeconds = MINUTE, where } = condition;
  const text = conditionText(condition);
  const places = [subject.name, variant.name, ...(where.container === undefined ? [] : [where.container])];
  const odd = places.find((name) => !NAME.test(name));
  if (odd !== undefined) throw new UsageError(`"${visibleName(odd)}" is no name that SageMaker gives: there is no alarm on it.`);
  if (durationSeconds > 7 * DAY) throw new UsageError(`"${text}": an alarm looks back 7 days at most, shorten "for".`);
  // Minutes for as long as CloudWatch looks back by the minute: a day (API reference, PutMetricAlarm).
  const period = durationSeconds > DAY ? HOUR : MINUTE;
  const periods = Math.ceil(durationSeconds / period);
  const direction = operator === '>' || operator === '>=' ? 'high' : 'low';
  const alarm: Alarm = {
    AlarmName: `${ALARM_NAME_HEAD}${places.join('/')}/${metric} ${statistic} ${direction}`,
    AlarmDescription: `${text} (profiler-report)`,
    Namespace: definitionOf(metric, 'endpoint').namespace,
    MetricName: metric,
    Dimensions: places.map((value, i) => ({ Name: ['EndpointName', 'VariantName', 'ContainerName'][i] as string, Value: value })),
    ...(isPlain(statistic) ? { Statistic: statistic } : { ExtendedStatistic: statistic }),
    Period: period,
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    Threshold: thresholdOf(condition, variant) * timesLimit(condition, period),
    ComparisonOperator: COMPARISONS[operator],
    TreatMissingData: missingData(condition),
    ...(topicArn === undefined ? {} : { AlarmActions: [topicArn], OKActions: [topicArn] }),
  };
  return { alarm, limit: `${operator} ${written(condition, condition.threshold)} ${durationText(durationSeconds)}` };
}

const isPlain = (statistic: string): statistic is PlainStatistic => !/^p\d/.test(statistic);

/**
 * What a minute without data means. Instances always report, so that their silence is told as what it is. Requests leave no data where there
 * are none: too few of them then, but no error and no latency.
 */
function missingData(condition: Condition): Alarm['TreatMissingData'] {
  const { metric, operator } = condition;
  if (definitionOf(metric).units[0] === 'Percent' || metric === 'LoadedModelCount') return 'missing';
  return isNoneWithoutData(condition) && (operator === '<' || operator === '<=') ? 'breaching' : 'notBreaching';
}

/** Of a share of all cores or GPUs: of their sum, which CloudWatch has. */
function thresholdOf(condition: Condition, { name, instanceType }: Variant): number {
  if (!condition.ofAll) return condition.threshold;
  const { count, what } = countedOn(condition.metric, instanceType);
  if (count !== undefined) return condition.threshold * count;
  throw new UsageError(
    `"${conditionText(condition)}": how many ${what} the instances of variant ${name} have is not known: give --instance-type, or write the limit without % for the sum over ${what}.`,
  );
}
