/**
 * The whole promise: what is ever sent, to whom, and how. Nothing beside these fields leaves a report, and none of it before the person
 * looking has said yes. The request is one GET; it is made at most once per opening and never repeated.
 */

/** Rises whenever a field below, or what it says, changes; a yes given to an older version no longer counts. */
export const POLICY_VERSION = 1;

/** A report was opened. */
export interface ReportOpened {
  /** What was opened and the major version of the tool that made it: `profiler-report/0`. */
  readonly 'x-artifact-id': `profiler-report/${number}`;
  /**
   * Which report: the ARN of the processing job that made its rule files (it holds region, account and job name), or, where whoever
   * made the report chose so, the SHA-256 of that ARN as 64 hexadecimal digits.
   */
  readonly 'x-arn': string;
}

/** The event of a report made by this version of the tool. */
export function reportOpened(toolVersion: string, arn: string): ReportOpened {
  return { 'x-artifact-id': `profiler-report/${Number.parseInt(toolVersion, 10)}`, 'x-arn': arn };
}

/** The request's URL. Neither field has a character that would need an escape in a query. */
export function requestUrl(endpoint: string, event: ReportOpened): string {
  return `${endpoint}?x-artifact-id=${event['x-artifact-id']}&x-arn=${event['x-arn']}`;
}
