import { isProcessingJobArn } from '../model/arn.ts';
import { FINDINGS_FORMAT } from '../model/findings.ts';
import { isObject } from './tolerant.ts';

/** The processing job ARN kept in a report notebook, the service's (papermill's parameters) or ours; undefined where there is none. */
export function arnOfNotebook(bytes: Uint8Array): string | undefined {
  const notebook = parsed(bytes);
  const papermill = property(notebook, 'metadata', 'papermill', 'parameters', 'processing_job_arn');
  const ours = property(notebook, 'metadata', 'profiler_report', 'processing_job_arn');
  return [papermill, ours].find((arn): arn is string => typeof arn === 'string' && isProcessingJobArn(arn));
}

/** True for a notebook, a report as JSON or findings that this tool wrote. */
export function isOwnReport(bytes: Uint8Array): boolean {
  const value = parsed(bytes);
  const format = property(value, 'format');
  return isObject(property(value, 'metadata', 'profiler_report')) || format === 'profiler-report' || format === FINDINGS_FORMAT;
}

/** Where the rule files or the raw data of such a report were read from, as it shows it; undefined where it is none or does not tell. */
export function sourceOfReport(bytes: Uint8Array): string | undefined {
  const value = parsed(bytes);
  const source = property(value, 'metadata', 'profiler_report', 'source') ?? property(value, 'job', 'source');
  return typeof source === 'string' ? source : undefined;
}

/** The rule files that an earlier run made beside such findings: name to SHA-256. */
export function digestsOf(findings: Uint8Array): Readonly<Record<string, unknown>> {
  const value = parsed(findings);
  const files = property(value, 'files');
  return property(value, 'format') === FINDINGS_FORMAT && isObject(files) ? files : {};
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function property(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}
