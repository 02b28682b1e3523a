import { requestUrl } from '../../../src/beacon/payload.ts';
import { isEndpoint } from '../../../src/consent/endpoint.ts';
import { hashOfArn } from '../../../src/consent/usage.ts';
import { VERSION } from '../../../src/model/version.ts';
import { REGION } from '../../../src/opt-out/notebook-region.ts';
import { pythonTokens } from '../../../src/opt-out/python-tokens.ts';
import { setupCode } from '../../../src/writers/notebook/usage.ts';

/** What our code in a notebook would send, to whom. */
export interface Beacon {
  readonly endpoint: string;
  readonly policyVersion: number;
  /** The exact request about a processing job. */
  request(arn: string): string;
}

/** The mark and the constants, in the one way in which they are written. */
const HEAD =
  /^.*\n_ENDPOINT = "([^"\\\n]*)"\n_ARTIFACT = "profiler-report\/(0|[1-9]\d{0,2})"\n_POLICY_VERSION = ([1-9]\d*)\n_HASHED = (True|False)\n/;

const WRITTEN = REGION.exec(setupCode({ kind: 'asking', endpoint: '', hashed: false, arn: '' }, VERSION))?.[0] ?? '';

/** What our code defines. */
const NAMES = Array.from(WRITTEN.matchAll(/^(?:def )?(_\w+)/gm), ([, name]) => name);

/** Reads our code; a clause where it is not what this version writes. */
export function beaconOf(region: string): Beacon | string {
  const [, endpoint = '', artifact, policyVersion, hashed] = HEAD.exec(region) ?? [];
  if (!artifact || bodyOf(region) !== bodyOf(WRITTEN)) return 'the code between the marks is not what this version writes';
  if (!isEndpoint(endpoint)) return '_ENDPOINT is no address that can be told';
  return {
    endpoint,
    policyVersion: Number(policyVersion),
    request: (arn) =>
      requestUrl(endpoint, {
        'x-artifact-id': `profiler-report/${Number(artifact)}`,
        'x-arn': hashed === 'True' ? hashOfArn(arn) : arn,
      }),
  };
}

/** The first name of our code that other code knows, also within a text. */
export function ownName(code: string): string | undefined {
  const words = pythonTokens(code).flatMap(({ text }) => text.match(/\b_\w+/g) ?? []);
  return words.find((word) => NAMES.includes(word));
}

function bodyOf(region: string): string {
  return region.replace(HEAD, '').trimEnd();
}
