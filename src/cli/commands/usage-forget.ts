import { hashOfArn } from '../../consent/usage.ts';
import { isProcessingJobArn } from '../../model/arn.ts';
import { UsageError } from '../../model/errors.ts';
import { plural } from '../../model/text.ts';
import { print, type Terminal } from '../terminal.ts';
import { type DatabaseOptions, withLedger } from './usage-ledger.ts';

/** Deletes what was counted for a job, under its ARN and under the ARN's SHA-256; either may be given. */
export async function usageForget(arn: string, options: DatabaseOptions, terminal: Terminal): Promise<void> {
  const isHash = /^[0-9a-f]{64}$/i.test(arn);
  if (!isHash && !isProcessingJobArn(arn)) {
    const form = 'arn:aws:sagemaker:<region>:<account>:processing-job/<name>';
    throw new UsageError(`${JSON.stringify(arn)} is neither the ARN of a processing job, as in ${form}, nor the SHA-256 of one.`);
  }
  const hash = isHash ? arn.toLowerCase() : hashOfArn(arn);
  const forgotten = await withLedger(options, async (ledger) => {
    const plain = isHash ? (await ledger.perJob()).filter((job) => hashOfArn(job.arn) === hash).map((job) => job.arn) : [arn];
    return ledger.forget([hash, ...plain]);
  });
  print(terminal, [forgotten === 0 ? `Nothing was counted for ${arn}.` : `Deleted ${plural(forgotten, 'open')} of ${arn}.`]);
}
