import { type Alarm, ALARM_NAME_HEAD as HEAD } from './alarms.ts';

const TOPIC = 'AlarmTopicArn';
const HAS_TOPIC = 'HasAlarmTopic';

/**
 * A CloudFormation template of the alarms, as JSON: its parameters are the endpoint's name, so that the same alarms fit its twin in another
 * stage, and the ARN of an SNS topic, which may be left empty. Resources are named after what they watch.
 */
export function cloudFormationTemplate(alarms: readonly Alarm[], endpoint: string, topicArn = ''): object {
  // In the order of their names: a resource keeps its id when the conditions come in another order.
  const ids = new Map<string, string>();
  for (const { AlarmName } of alarms.toSorted((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1)))
    ids.set(AlarmName, free(logicalId(AlarmName, endpoint), new Set(ids.values())));
  const resources = alarms.map((alarm) => [ids.get(alarm.AlarmName), resourceOf(alarm, endpoint)]);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Alarms on the SageMaker endpoint ${endpoint}, made by profiler-report`,
    Parameters: {
      EndpointName: { Type: 'String', Default: endpoint, Description: 'The endpoint that the alarms watch' },
      [TOPIC]: { Type: 'String', Default: topicArn, Description: 'SNS topic told of alarms and of their end; empty for none' },
    },
    Conditions: { [HAS_TOPIC]: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: TOPIC }, ''] }] } },
    Resources: Object.fromEntries(resources),
  };
}

function resourceOf({ AlarmActions: _, OKActions: __, ...alarm }: Alarm, endpoint: string): object {
  const actions = { 'Fn::If': [HAS_TOPIC, [{ Ref: TOPIC }], { Ref: 'AWS::NoValue' }] };
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...alarm,
      AlarmName: { 'Fn::Join': ['', [HEAD, { Ref: 'EndpointName' }, alarm.AlarmName.slice(HEAD.length + endpoint.length)]] },
      Dimensions: alarm.Dimensions.map(({ Name, Value }) => ({
        Name,
        Value: Name === 'EndpointName' ? { Ref: 'EndpointName' } : Value,
      })),
      AlarmActions: actions,
      OKActions: actions,
    },
  };
}

/** `BlueModelLatencyP99High`: letters and digits are all that there may be. */
function logicalId(alarmName: string, endpoint: string): string {
  const words = alarmName.slice(HEAD.length + endpoint.length).match(/[A-Za-z0-9]+/g) ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function free(id: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? id : `${id}N${number}`;
    if (!taken.has(name)) return name;
  }
}
