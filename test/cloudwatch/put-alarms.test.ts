import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putAlarms } from '../../src/cloudwatch/alarms.ts';
import { type Alarm, alarmsOf } from '../../src/conditions/alarms.ts';
import { parseCondition } from '../../src/conditions/parse.ts';
import { BLUE, monitoredEndpoint, START } from '../monitored.ts';
import { clientConfig } from './client-config.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from './server.ts';
import { worldOf } from './world.ts';

const OPERATOR = 'arn:aws:sns:eu-west-1:111122223333:operators';

let server: CloudWatchServer;
let client: CloudWatchClient;

async function start(settings: ServerSettings = {}, maxAttempts = 1) {
  server = await startCloudWatchServer(worldOf({ nowSeconds: START }), settings);
  client = new CloudWatchClient({ ...clientConfig(server.endpoint), maxAttempts });
}
beforeEach(() => start());
afterEach(() => server.stop());

const alarms = (...texts: string[]): Alarm[] =>
  alarmsOf(
    texts.map((text) => parseCondition(text, 'endpoint')),
    monitoredEndpoint({ variants: [BLUE] }).subject,
  );
const outcomes = async (made: readonly Alarm[]) => (await putAlarms(made, client)).map(({ outcome }) => outcome);
const put = () => server.inputs<Record<string, unknown>>('PutMetricAlarm');

test('creates alarms, keeps those that are the same, and tells those that it changes', async () => {
  expect(await outcomes(alarms('ModelLatency p99 > 1s', 'CPUUtilization > 90%'))).toEqual(['created', 'created']);
  expect(put()).toEqual(alarms('ModelLatency p99 > 1s', 'CPUUtilization > 90%'));
  expect(await outcomes(alarms('ModelLatency p99 > 1s', 'CPUUtilization > 80%', 'Invocations < 1'))).toEqual([
    'kept',
    'updated',
    'created',
  ]);
  expect(put()).toHaveLength(4);
});

test('an update without a topic leaves what people added to the alarm', async () => {
  const [alarm] = alarms('ModelLatency p99 > 1s');
  if (alarm === undefined) throw new Error('no alarm');
  const added = { AlarmActions: [OPERATOR], OKActions: [], ActionsEnabled: false };
  await client.send(new PutMetricAlarmCommand({ ...alarm, Dimensions: alarm.Dimensions.toReversed(), ...added }));
  expect(await outcomes([alarm])).toEqual(['kept']);
  expect(await outcomes([{ ...alarm, Threshold: 5 }])).toEqual(['updated']);
  expect(put().at(-1)).toMatchObject({ ...added, Threshold: 5 });
  expect(await outcomes([{ ...alarm, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:new'] }])).toEqual(['updated']);
  expect(put().at(-1)).toMatchObject({ AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:new'], ActionsEnabled: false });
});

test('looks up many by the hundred', async () => {
  const [alarm] = alarms('ModelLatency p99 > 1s');
  const many = Array.from({ length: 250 }, (_, i) => ({ ...(alarm as Alarm), AlarmName: `profiler-report/a/b/${i}` }));
  expect(new Set(await outcomes(many))).toEqual(new Set(['created']));
  expect(server.inputs<{ AlarmNames: string[] }>('DescribeAlarms').map(({ AlarmNames }) => AlarmNames.length)).toEqual([
    100, 100, 50,
  ]);
  expect(new Set(await outcomes(many))).toEqual(new Set(['kept']));
});

test('waits where it is asked to slow down', async () => {
  await server.stop();
  await start({ throttled: { PutMetricAlarm: 2 } }, 4);
  expect(await outcomes(alarms('ModelLatency p99 > 1s'))).toEqual(['created']);
  expect(put()).toHaveLength(3);
});

test.each([
  ['PutMetricAlarm', /^cannot create alarm .*ModelLatency p99 high: .*cloudwatch:PutMetricAlarm.* Nothing was changed\.$/],
  ['DescribeAlarms', /^cannot look up the alarms that are there: .*cloudwatch:DescribeAlarms/],
])('names the permission that misses: %s', async (action, message) => {
  await server.stop();
  await start({ denied: [action] });
  await expect(putAlarms(alarms('ModelLatency p99 > 1s'), client)).rejects.toThrow(message);
});

test('tells what was done before it failed', async () => {
  await outcomes(alarms('CPUUtilization > 90%'));
  const [first, second, third] = alarms('ModelLatency p99 > 1s', 'CPUUtilization > 80%', 'Invocations < 1') as [
    Alarm,
    Alarm,
    Alarm,
  ];
  await expect(putAlarms([first, second, { ...third, Period: 61 }, third], client)).rejects.toThrow(
    /^cannot create alarm .*Invocations Sum low: the service answered 400 .*Period.* Before that it created profiler-report\/shop-search\/blue\/ModelLatency p99 high; updated profiler-report\/shop-search\/blue\/CPUUtilization Average high\.$/,
  );
});

test('an alarm of the same name that watches something else is left as it is', async () => {
  const made = alarms('ModelLatency p99 > 1s', 'CPUUtilization > 90%');
  const { AlarmName } = made[1] as Alarm;
  await client.send(new PutMetricAlarmCommand({ ...inputFor(made[0] as Alarm), AlarmName }));
  await expect(putAlarms(made, client)).rejects.toThrow(
    `alarm ${AlarmName} is there and watches something else: rename it, or delete it. Before that it created ${made[0]?.AlarmName}.`,
  );
  expect(put()).toHaveLength(2);
});

function inputFor({ Dimensions, AlarmActions: _, OKActions: __, ...rest }: Alarm) {
  return { ...rest, Dimensions: [...Dimensions] };
}
