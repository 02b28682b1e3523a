/** Whether a written report may ask the person looking if its opening may be told, and to whom. */
export type Usage = SilentUsage | AskingUsage;

/** The report holds no code to send anything. */
export interface SilentUsage {
  readonly kind: 'silent';
  /** One clause for people. */
  readonly reason: string;
}

/** What a report is made with unless somebody names an endpoint. */
export const SILENT: SilentUsage = { kind: 'silent', reason: 'no endpoint is configured: there is nobody to tell' };

export interface AskingUsage {
  readonly kind: 'asking';
  /** Absolute http or https URL without query. */
  readonly endpoint: string;
  /** What is sent as `x-arn`: the processing job ARN, or its hash. */
  readonly arn: string;
  readonly hashed: boolean;
}
