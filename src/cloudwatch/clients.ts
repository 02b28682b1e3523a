import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { awsError } from '../stores/aws-errors.ts';
import { type AwsOptions, clientConfig } from '../stores/aws-options.ts';

/** Clients of the three services that know of a job or an endpoint. */
export interface Clients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sagemaker: SageMakerClient;
  readonly region: string;
}

/** With the credentials and settings that every AWS tool on this machine uses. Rejects with a UsageError where no region is set. */
export async function clientsFor(options: AwsOptions): Promise<Clients> {
  const config = clientConfig(options);
  // Not every server that speaks for CloudWatch (moto) can read a compressed request.
  const cloudwatch = new CloudWatchClient({ ...config, disableRequestCompression: true });
  try {
    const region = await cloudwatch.config.region();
    return { cloudwatch, logs: new CloudWatchLogsClient(config), sagemaker: new SageMakerClient(config), region };
  } catch (error) {
    throw awsError(error, { action: 'cloudwatch:GetMetricData', verb: 'ask', resource: 'CloudWatch' });
  }
}
