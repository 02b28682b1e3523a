import { type ReportOpened, requestUrl } from '../../../src/beacon/payload.ts';
import { isEndpoint } from '../../../src/consent/endpoint.ts';
import { isProcessingJobArn } from '../../../src/model/arn.ts';

/** What a report would tell, and whom. */
export interface Asking {
  readonly endpoint: string;
  readonly url: string;
}

/** The major version of a tool, no place for anything else. */
const ARTIFACT = /^profiler-report\/(0|[1-9]\d{0,2})$/;
const HASH = /^[0-9a-f]{64}$/;

/**
 * The request of a report, made anew out of what its file shows. Undefined where that is not exactly what is made: then nothing is sent,
 * since it would be something else than what people read.
 */
export function askingOf(shownEndpoint: string, shownUrl: string): Asking | undefined {
  const event = URL.canParse(shownUrl) ? Object.fromEntries(new URL(shownUrl).searchParams) : {};
  const { 'x-artifact-id': artifact = '', 'x-arn': arn = '' } = event;
  if (!ARTIFACT.test(artifact) || !(isProcessingJobArn(arn) || HASH.test(arn))) return undefined;
  const url = requestUrl(shownEndpoint, { 'x-artifact-id': artifact as ReportOpened['x-artifact-id'], 'x-arn': arn });
  return isEndpoint(shownEndpoint) && url === shownUrl ? { endpoint: shownEndpoint, url } : undefined;
}
