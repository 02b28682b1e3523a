import { UsageError } from '../model/errors.ts';
import { visibleText } from '../model/text.ts';

/** What was asked of AWS, for the message. */
export interface AwsRequest {
  /** As a policy names it: `s3:GetObject`. */
  readonly action: string;
  /** What was to be done, for people: `read`, `list`, `write`. */
  readonly verb: string;
  /** `s3://bucket/key`, `training job <name>`. */
  readonly resource: string;
}

const NO_CREDENTIALS =
  'no AWS credentials: run `aws configure` or `aws sso login`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
const EXPIRED = 'the AWS session has expired: sign in again (`aws sso login`) or renew AWS_SESSION_TOKEN.';
const WRONG_KEYS = 'AWS does not accept these credentials: check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
const NOT_AWS = 'what answered is not AWS: check AWS_ENDPOINT_URL and the network.';
const SLOW = 'the service kept asking to slow down: try again in some minutes.';

const BY_NAME: Readonly<Record<string, string>> = {
  CredentialsProviderError: NO_CREDENTIALS,
  TokenProviderError: EXPIRED,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestExpired: EXPIRED,
  InvalidAccessKeyId: WRONG_KEYS,
  InvalidClientTokenId: WRONG_KEYS,
  InvalidToken: WRONG_KEYS,
  SignatureDoesNotMatch: WRONG_KEYS,
  InvalidSignatureException: WRONG_KEYS,
  IncompleteSignature: WRONG_KEYS,
  IncompleteSignatureException: WRONG_KEYS,
  UnrecognizedClientException: WRONG_KEYS,
  RequestTimeTooSkewed: "this machine's clock is wrong: set it and try again.",
  NoSuchBucket: 'there is no such bucket: check its name and the account of your credentials.',
  NoSuchKey: 'there is no such object: check the prefix.',
  InvalidObjectState: 'the object is archived (Glacier): restore it first with `aws s3api restore-object`.',
  SlowDown: SLOW,
  Throttling: SLOW,
  ThrottlingException: SLOW,
  RequestLimitExceeded: SLOW,
  TooManyRequestsException: SLOW,
  ServiceUnavailable: SLOW,
};

/** Error codes of sockets, names, certificates and addresses; Node's other ERR_ codes are bugs of ours. */
const NETWORK = /^(?!ERR_)|^ERR_(TLS|SSL|INVALID_URL|STREAM_PREMATURE_CLOSE)/;

/** A UsageError of one line, with the mend, for what AWS or the way to it refused. Other errors, bugs of ours, come back as they are. */
export function awsError(error: unknown, request: AwsRequest): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  const reason = reasonOf(error, request);
  return reason === undefined ? error : new UsageError(`cannot ${request.verb} ${request.resource}: ${reason}`, { cause: error });
}

/** True where the error says that the object is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** True where the credentials are good but not enough for what was asked. */
export function isDenied(error: unknown): boolean {
  if (!(error instanceof Error) || BY_NAME[error.name] !== undefined) return false;
  return /^AccessDenied|^NotAuthorized|^UnauthorizedOperation$/.test(error.name) || describe(error).status === 403;
}

function reasonOf(error: Error, { action }: AwsRequest): string | undefined {
  const { message, status, code, region } = describe(error);
  if (/Region is missing/.test(message)) return 'no AWS region: give --region, or set AWS_REGION.';
  if (error.name === 'CredentialsProviderError' && /expired/i.test(message)) return EXPIRED;
  if (error.name === 'CredentialsProviderError' && /profile/i.test(message)) return `${oneLine(message)} Check AWS_PROFILE.`;
  const isRedirected = status !== undefined && status >= 300 && status < 400;
  if (isRedirected && !action.startsWith('s3:')) return NOT_AWS;
  const expected = region ?? /expecting '([a-z0-9-]+)'/.exec(message)?.[1];
  if (status === 301 || error.name === 'PermanentRedirect' || error.name === 'AuthorizationHeaderMalformed') {
    return `the bucket is in ${expected ? `region ${expected}` : 'another region'}: give ${expected ? `--region ${expected}` : '--region'}.`;
  }
  const known = BY_NAME[error.name];
  if (known) return known;
  if (isDenied(error)) {
    return `access denied: your credentials need ${action} there${/kms/i.test(message) ? ", and the use of the object's KMS key" : ''}.`;
  }
  if (status === 503 || status === 429) return SLOW;
  if (error.name === 'AbortError') return 'no whole answer in time: check the network, --region and AWS_ENDPOINT_URL.';
  // The SDK puts it behind its own word on what it could not read.
  if (/^ *Deserialization error/m.test(message)) return NOT_AWS;
  if (code === 'ERR_INVALID_URL') return 'AWS_ENDPOINT_URL is not a URL: it looks like https://host:port.';
  if (status !== undefined) return `the service answered ${status} ${error.name}: ${oneLine(message)}`;
  if (code !== undefined) return `no connection (${code}): check the network, --region and AWS_ENDPOINT_URL.`;
  return undefined;
}

/** The parts of an SDK error that tell cases apart; `code` is set where no answer came. */
function describe(error: Error) {
  const { $metadata, $response, code } = error as Error & {
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Record<string, string> };
    code?: string;
  };
  const nested = error instanceof AggregateError ? (error.errors[0] as { code?: string } | undefined)?.code : undefined;
  const found = code ?? nested ?? (error.name === 'TimeoutError' ? 'timeout' : undefined);
  const network = typeof found === 'string' && NETWORK.test(found) ? found : undefined;
  return {
    message: error.message,
    status: $metadata?.httpStatusCode,
    code: network,
    region: $response?.headers?.['x-amz-bucket-region'],
  };
}

/** Long enough for every sentence of AWS's own. */
const MOST_LETTERS = 500;
/** What servers tell of the request that they did not like. */
const CREDENTIALS = /\b(Credential|Signature|x-amz-security-token)(["']?\s*[=:]\s*)[^\s,]+/gi;

function oneLine(text: string): string {
  const line = visibleText(text.replace(/\s+/g, ' ').trim()).replace(CREDENTIALS, '$1$2***').slice(0, MOST_LETTERS);
  return line.endsWith('.') ? line : `${line}.`;
}
