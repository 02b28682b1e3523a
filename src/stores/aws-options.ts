/** Settings beyond the SDK's own chain (environment, profile, instance). */
export interface AwsOptions {
  /** Default: AWS_REGION or the profile's. */
  readonly region?: string;
  /** Where AWS_ENDPOINT_URL and AWS_MAX_ATTEMPTS are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Tries for one request: a prefix under load answers SlowDown for some seconds while S3 spreads it. */
const MAX_ATTEMPTS = 8;

/** What all our AWS clients have in common. */
export function clientConfig({ region, env = process.env }: AwsOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(env.AWS_MAX_ATTEMPTS ? {} : { maxAttempts: MAX_ATTEMPTS }),
  };
}

/** Address of another server than AWS, as the SDK reads it. */
export function endpointOf({ env = process.env }: AwsOptions, service: 'S3' | 'SAGEMAKER'): string | undefined {
  return env[`AWS_ENDPOINT_URL_${service}`] || env.AWS_ENDPOINT_URL || undefined;
}
