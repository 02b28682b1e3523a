import type { Monitored } from '../model/monitored.ts';
import type { AwsOptions } from '../stores/aws-options.ts';
import { type Asked, checkAsked } from './asked.ts';
import { clientsFor } from './clients.ts';

/** Metrics, shape and logs of a job or an endpoint. Rejects with a UsageError where there is nothing to report on. */
export async function fetchMonitored(asked: Asked, aws: AwsOptions, _onProgress?: (text: string) => void): Promise<Monitored> {
  checkAsked(asked);
  const { region } = await clientsFor(aws);
  throw new Error(`nothing is fetched yet from ${region}`);
}
