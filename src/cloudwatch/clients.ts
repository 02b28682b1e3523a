import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { awsError } from '../stores/aws-errors.ts';
import { type AwsOptions, clientConfig } from '../stores/aws-options.ts';
import { ANSWER_SECONDS, CONNECTION, withPatience } from './patience.ts';

/** Clients of the three services that know of a job or an endpoint. */
export interface Clients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sagemaker: SageMakerClient;
  readonly region: string;
}

/**
 * With the credentials and settings that every AWS tool on this machine uses; a request without an answer ends after so many seconds. Rejects
 * with a UsageError where no region is set.
 */
export async function clientsFor(options: AwsOptions, seconds: number = ANSWER_SECONDS): Promise<Clients> {
  const config = { ...clientConfig(options), requestHandler: CONNECTION };
  // Not every server that speaks for CloudWatch (moto) can read a compressed request.
  const cloudwatch = withPatience(new CloudWatchClient({ ...config, disableRequestCompression: true }), seconds);
  const logs = withPatience(new CloudWatchLogsClient(config), seconds);
  const sagemaker = withPatience(new SageMakerClient(config), seconds);
  try {
    const region = await cloudwatch.config.region();
    return { cloudwatch, logs, sagemaker, region };
  } catch (error) {
    throw awsError(error, { action: 'cloudwatch:GetMetricData', verb: 'ask', resource: 'CloudWatch' });
  }
}
