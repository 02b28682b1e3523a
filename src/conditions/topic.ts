import { UsageError } from '../model/errors.ts';
import { visibleName } from '../model/text.ts';

const TOPIC = /^arn:aws[a-z-]*:sns:([a-z]{2,}(?:-[a-z]+)+-\d+):\d{12}:[A-Za-z0-9_-]{1,256}$/;

/**
 * The ARN of an SNS topic that alarms of a region can tell: one of the same region, and no FIFO topic.
 * Throws a UsageError for any other text. An undefined region is not compared.
 */
export function checkTopic(arn: string, region?: string): void {
  const [, own] = TOPIC.exec(arn) ?? [];
  const told = `--sns-topic ${visibleName(arn)}`;
  if (own === undefined) {
    const why = /\.fifo$/.test(arn)
      ? 'is a FIFO topic, which alarms cannot tell: name a standard one'
      : 'is not the ARN of an SNS topic';
    throw new UsageError(`${told} ${why}, such as arn:aws:sns:eu-west-1:111122223333:alarms.`);
  }
  if (region !== undefined && own !== region) {
    throw new UsageError(`${told} is in ${own}, the endpoint in ${region}: alarms tell only topics of their own region.`);
  }
}
