import { requestUrl } from '../../../src/beacon/payload.ts';
import { parseEndpoint } from '../../../src/consent/endpoint.ts';
import { hashOfArn } from '../../../src/consent/usage.ts';
import { assigned, textOf } from './assigned.ts';

/** What our code in a notebook would send, to whom. */
export interface Beacon {
  readonly endpoint: string;
  readonly policyVersion: number;
  /** The exact request about a processing job. */
  request(arn: string): string;
}

/** Reads the constants of our code; a clause where they are not as this tool writes them. */
export function beaconOf(code: string): Beacon | string {
  const values = assigned(code);
  const endpoint = textOf(values.get('_ENDPOINT'));
  const artifact = /^profiler-report\/(\d+)$/.exec(textOf(values.get('_ARTIFACT')) ?? '')?.[1];
  const policyVersion = Number(values.get('_POLICY_VERSION')?.text);
  const hashed = values.get('_HASHED')?.text;
  if (endpoint === undefined || !isEndpoint(endpoint)) return '_ENDPOINT is no address that can be told';
  if (artifact === undefined) return '_ARTIFACT is not that of this tool';
  if (!Number.isInteger(policyVersion)) return '_POLICY_VERSION is no number';
  if (hashed !== 'True' && hashed !== 'False') return '_HASHED is neither True nor False';
  return {
    endpoint,
    policyVersion,
    request: (arn) =>
      requestUrl(endpoint, {
        'x-artifact-id': `profiler-report/${Number(artifact)}`,
        'x-arn': hashed === 'True' ? hashOfArn(arn) : arn,
      }),
  };
}

/** True in the one form that answers are kept under. */
function isEndpoint(text: string): boolean {
  try {
    return parseEndpoint(text, '_ENDPOINT') === text;
  } catch {
    return false;
  }
}
