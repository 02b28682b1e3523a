import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../conditions/alarms.ts';
import { UsageError } from '../model/errors.ts';
import { awsError } from '../stores/aws-errors.ts';

/** What became of an alarm; `kept` is one that was there and is the same. */
export interface PutAlarm {
  readonly name: string;
  readonly outcome: 'created' | 'updated' | 'kept';
}

/** Names of one question (API reference, DescribeAlarms). */
const MOST_NAMES = 100;

/** What people add to an alarm by hand: an update without actions of its own leaves it as it is. */
const ACTIONS = ['ActionsEnabled', 'AlarmActions', 'OKActions', 'InsufficientDataActions'] as const;

/**
 * Creates alarms, or changes those of the same names, one after the other. Rejects with a UsageError that names the missing permission and
 * what was done before it failed.
 */
export async function putAlarms(alarms: readonly Alarm[], client: CloudWatchClient): Promise<PutAlarm[]> {
  const existing = await existingAlarms(
    alarms.map(({ AlarmName }) => AlarmName),
    client,
  );
  const done: PutAlarm[] = [];
  for (const alarm of alarms) {
    const name = alarm.AlarmName;
    const before = existing.get(name);
    if (before && before.MetricName !== alarm.MetricName)
      throw told(new UsageError(`alarm ${name} is there and watches something else: rename it, or delete it.`), done);
    if (before === undefined || !isSame(before, alarm)) {
      try {
        await client.send(new PutMetricAlarmCommand(inputOf(alarm, before)));
      } catch (error) {
        throw told(awsError(error, { action: 'cloudwatch:PutMetricAlarm', verb: 'create', resource: `alarm ${name}` }), done);
      }
    }
    done.push({ name, outcome: before === undefined ? 'created' : isSame(before, alarm) ? 'kept' : 'updated' });
  }
  return done;
}

async function existingAlarms(names: readonly string[], client: CloudWatchClient): Promise<Map<string, MetricAlarm>> {
  const found = new Map<string, MetricAlarm>();
  for (let from = 0; from < names.length; from += MOST_NAMES) {
    const AlarmNames = names.slice(from, from + MOST_NAMES);
    try {
      const command = new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ['MetricAlarm'], MaxRecords: MOST_NAMES });
      const { MetricAlarms = [] } = await client.send(command);
      for (const alarm of MetricAlarms) found.set(alarm.AlarmName ?? '', alarm);
    } catch (error) {
      throw awsError(error, { action: 'cloudwatch:DescribeAlarms', verb: 'look up', resource: 'the alarms that are there' });
    }
  }
  return found;
}

function inputOf(alarm: Alarm, before: MetricAlarm | undefined) {
  const kept = Object.fromEntries(ACTIONS.flatMap((name) => (before?.[name] === undefined ? [] : [[name, before[name]]])));
  const { Dimensions, AlarmActions, OKActions, ...rest } = alarm;
  return {
    ...kept,
    ...rest,
    Dimensions: [...Dimensions],
    ...(AlarmActions ? { AlarmActions: [...AlarmActions] } : {}),
    ...(OKActions ? { OKActions: [...OKActions] } : {}),
  };
}

/** Everything that this project sets is set so; what else there is stays, and makes no difference. */
function isSame(before: MetricAlarm, alarm: Alarm): boolean {
  const text = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one, KEYS)).sort() : value);
  return Object.entries(alarm).every(([name, value]) => text(before[name as keyof MetricAlarm]) === text(value));
}

/** Keys of dimensions, in this order: JSON of two that are the same is the same. */
const KEYS = ['Name', 'Value'];

function told(error: unknown, done: readonly PutAlarm[]): unknown {
  if (!(error instanceof UsageError)) return error;
  const names = (outcome: PutAlarm['outcome']) => done.filter((one) => one.outcome === outcome).map(({ name }) => name);
  const before = (['created', 'updated'] as const).flatMap((outcome) =>
    names(outcome).length === 0 ? [] : [`${outcome} ${names(outcome).join(', ')}`],
  );
  const sentence = before.length === 0 ? 'Nothing was changed.' : `Before that it ${before.join('; ')}.`;
  return new UsageError(`${error.message} ${sentence}`, { cause: error });
}
