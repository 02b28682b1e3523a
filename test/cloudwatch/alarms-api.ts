import { isStatistic } from './metric.ts';
import { pageOf, Refused } from './refused.ts';

export interface Alarm {
  readonly AlarmName: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly [field: string]: unknown;
}

interface DescribeAlarmsInput {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

const REQUIRED = ['AlarmName', 'ComparisonOperator', 'EvaluationPeriods'];
const PLAIN = /^(SampleCount|Average|Sum|Minimum|Maximum)$/;

/** Keeps alarms: one put again under its name takes the place of the other. */
export function alarmsApi() {
  const alarms = new Map<string, Alarm>();
  return {
    PutMetricAlarm(alarm: Alarm) {
      const missing = REQUIRED.find((name) => alarm[name] === undefined);
      if (missing !== undefined) invalid(`1 validation error detected: Value null at '${missing}' failed to satisfy constraint.`);
      const { Statistic, ExtendedStatistic, Period = 0 } = alarm;
      if ((Statistic === undefined) === (ExtendedStatistic === undefined))
        invalid('Exactly one of the parameters Statistic and ExtendedStatistic must be specified.');
      if (Statistic !== undefined && !PLAIN.test(Statistic))
        invalid(`The value ${Statistic} for parameter Statistic is not supported.`);
      if (ExtendedStatistic !== undefined && (PLAIN.test(ExtendedStatistic) || !isStatistic(ExtendedStatistic)))
        invalid(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
      if (![10, 20, 30].includes(Period) && !(Period > 0 && Period % 60 === 0))
        invalid(`The value ${Period} for parameter Period must be 10, 20, 30 or a multiple of 60.`);
      alarms.set(alarm.AlarmName, alarm);
      return {};
    },

    DescribeAlarms({ AlarmNames, AlarmNamePrefix = '', MaxRecords = 50, NextToken }: DescribeAlarmsInput) {
      const found = [...alarms.values()].filter(
        ({ AlarmName }) => AlarmNames?.includes(AlarmName) ?? AlarmName.startsWith(AlarmNamePrefix),
      );
      const refused = new Refused('InvalidNextToken', 'The next token is invalid.');
      const { page, next } = pageOf(found, MaxRecords, NextToken, refused);
      return { MetricAlarms: page, CompositeAlarms: [], ...(next === undefined ? {} : { NextToken: next }) };
    },
  };
}

function invalid(message: string): never {
  throw new Refused('ValidationException', message);
}
