import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isProcessingJobArn } from '../model/arn.ts';
import { SILENT, type SilentUsage, type Usage } from '../model/usage.ts';
import { type No, refusal } from './decide.ts';
import { parseEndpoint } from './endpoint.ts';

/** How the ARN is told: as it is, or as its SHA-256. */
export type ArnForm = 'plain' | 'hashed';

/** What whoever makes a report decides about it; the switches are those of the job's owner and of where it is made. */
export interface UsageSettings extends Readonly<Partial<Record<No, boolean>>> {
  /** Who would be told: an http or https URL without query. */
  readonly endpoint?: string;
  readonly arn?: ArnForm;
}

/** Openings are counted by the processing job. */
export const UNKNOWN_JOB: SilentUsage = {
  kind: 'silent',
  reason: 'the processing job is not known: there is nothing to count by',
};

/** Whether a report on this processing job may ask to be counted. It never may without an endpoint or after
 * an opt-out. Throws a UsageError where the endpoint is none. */
export function usageOf(settings: UsageSettings, processingJobArn: string | undefined): Usage {
  if (settings.endpoint === undefined) return SILENT;
  const endpoint = parseEndpoint(settings.endpoint, 'endpoint');
  const refused = refusal({ ...settings, endpoint });
  if (refused) return { kind: 'silent', reason: refused.reason };
  if (processingJobArn === undefined || !isProcessingJobArn(processingJobArn)) return UNKNOWN_JOB;
  const hashed = settings.arn === 'hashed';
  return { kind: 'asking', endpoint, hashed, arn: hashed ? hashOfArn(processingJobArn) : processingJobArn };
}

/** SHA-256 of the ARN's UTF-8 bytes, 64 lower-case hexadecimal digits. */
export function hashOfArn(arn: string): string {
  return bytesToHex(sha256(utf8ToBytes(arn)));
}
