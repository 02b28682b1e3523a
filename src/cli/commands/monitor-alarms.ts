import { checkAsked } from '../../cloudwatch/asked.ts';
import { type Alarm, alarmsOf } from '../../conditions/alarms.ts';
import { defaultConditions } from '../../conditions/default-conditions.ts';
import { parseCondition } from '../../conditions/parse.ts';
import { cloudFormationTemplate } from '../../conditions/template.ts';
import { checkTopic } from '../../conditions/topic.ts';
import { UsageError } from '../../model/errors.ts';
import type { Subject } from '../../model/monitored.ts';
import { optional } from '../../model/optional.ts';
import { list } from '../../model/text.ts';
import { readMonitored } from '../read-monitored.ts';
import { columns, painter, print, type Terminal } from '../terminal.ts';

interface AlarmsOptions {
  readonly variant?: string;
  readonly failOn?: readonly string[];
  readonly snsTopic?: string;
  readonly apply?: boolean;
  readonly from?: readonly string[];
  readonly instanceType?: string;
  readonly region?: string;
}

/** Prints alarms on an endpoint as a template, or creates them. Wrong conditions and a wrong topic are told before AWS is asked. */
export async function monitorAlarms(name: string, options: AlarmsOptions, terminal: Terminal): Promise<void> {
  const { snsTopic: topicArn, failOn = [], apply, region, variant } = options;
  checkAsked({ kind: 'endpoint', name, logs: false, ...optional('variant', variant) });
  const given = failOn.map((text) => parseCondition(text, 'endpoint'));
  if (topicArn !== undefined) checkTopic(topicArn, region);

  const subject = await subjectOf(name, options);
  if (topicArn !== undefined) checkTopic(topicArn, region ?? subject.region);
  const conditions = given.length > 0 ? given : subject.variants.flatMap(defaultConditions);
  const alarms = alarmsOf(conditions, subject, optional('topicArn', topicArn));
  if (apply) print(terminal, await created(alarms, options, painter(terminal)));
  else terminal.stdout.write(`${JSON.stringify(cloudFormationTemplate(alarms, name, topicArn), null, 2)}\n`);
}

/** The endpoint with the variants to watch: from files, as told, or as SageMaker has it. */
async function subjectOf(name: string, options: AlarmsOptions): Promise<Subject> {
  const { variant, instanceType, region, from } = options;
  const asked = { kind: 'endpoint', name, logs: false, ...optional('variant', variant) } as const;
  const told = variant === undefined ? [] : [{ name: variant, ...optional('instanceType', instanceType), containers: [] }];
  const without: Subject = { kind: 'endpoint', name, ...optional('region', region), variants: told, phases: [] };
  if (from === undefined && instanceType !== undefined && variant !== undefined) return without;
  const subject = from
    ? (await readMonitored(asked, { ...options, logs: false }, () => {})).subject
    : await looked(name, options);
  const variants = subject.variants.filter((one) => variant === undefined || one.name === variant);
  if (variants.length > 0)
    return { ...subject, variants: variants.map((one) => ({ ...optional('instanceType', instanceType), ...one })) };
  if (subject.variants.length === 0) return { ...subject, variants: told };
  throw new UsageError(`endpoint ${name} has no variant ${variant}: it has ${list(subject.variants.map((one) => one.name))}.`);
}

async function looked(name: string, { region }: AlarmsOptions): Promise<Subject> {
  const { endpointSubject } = await import('../../cloudwatch/endpoint-subject.ts');
  return endpointSubject(name, optional('region', region));
}

async function created(alarms: readonly Alarm[], { region, snsTopic }: AlarmsOptions, paint: ReturnType<typeof painter>) {
  const { clientsFor } = await import('../../cloudwatch/clients.ts');
  const { putAlarms } = await import('../../cloudwatch/alarms.ts');
  const { cloudwatch, region: own } = await clientsFor(optional('region', region));
  if (snsTopic !== undefined) checkTopic(snsTopic, own);
  const put = await putAlarms(alarms, cloudwatch);
  return [paint('bold', `Alarms in ${own}`), ...columns(put.map(({ name, outcome }) => [`  ${outcome}`, name]))];
}
