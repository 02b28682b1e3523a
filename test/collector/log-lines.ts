/** Lines of S3 server access logs as S3 writes them. */

const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The ARN of job `i`. */
export function arnOf(i: number): string {
  return `arn:aws:sagemaker:us-east-1:123456789012:processing-job/train-${i}-profilerreport-0a1b2c3d`;
}

export function beaconQuery(arn: string): string {
  return `x-artifact-id=profiler-report/0&x-arn=${arn}`;
}

export interface LineFields {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly request?: string;
  readonly userAgent?: string;
}

export function logLine({
  requestId,
  at,
  request = `GET /?${beaconQuery(arnOf(1))} HTTP/1.1`,
  userAgent = 'Mozilla/5.0',
}: LineFields): string {
  const head = `${OWNER} stats-bucket [${logTime(at)}] 192.0.2.3 - ${requestId} REST.GET.BUCKET - "${request}" 403 AccessDenied`;
  const tail = 's9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= - TLS_AES_128_GCM_SHA256 -';
  return `${head} 243 - 7 - "-" "${userAgent}" - ${tail} stats-bucket.s3.us-east-1.amazonaws.com TLSv1.3 - - us-east-1`;
}

/** `06/Feb/2019:00:00:38 +0000` */
function logTime(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
