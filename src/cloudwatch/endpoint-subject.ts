import { UsageError } from '../model/errors.ts';
import type { Subject } from '../model/monitored.ts';
import { visibleName } from '../model/text.ts';
import type { AwsOptions } from '../stores/aws-options.ts';
import { clientsFor } from './clients.ts';
import { describe } from './describe/index.ts';
import { insteadOf } from './describe/near-names.ts';
import { tolerance } from './tolerance.ts';

/**
 * An endpoint with its variants, as SageMaker has it now; without any where SageMaker may not be asked.
 * Rejects with a UsageError where there is no such endpoint.
 */
export async function endpointSubject(name: string, aws: AwsOptions): Promise<Subject> {
  const { sagemaker, region } = await clientsFor(aws);
  const { state, subject } = await describe('endpoint', name, sagemaker, tolerance());
  if (state === 'gone') {
    throw new UsageError(
      `there is no endpoint ${visibleName(name)} in ${region}: ${await insteadOf('endpoint', name, sagemaker)}`,
    );
  }
  return { region, ...subject };
}
