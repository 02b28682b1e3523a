import type { Issue } from './issue.ts';
import type { Job, RuleResult } from './report.ts';
import type { Damage } from './run.ts';

/** Marks the file as ours, so that it may be overwritten. */
export const FINDINGS_FORMAT = 'profiler-report findings';

/** Version of the findings as JSON; rises with a change that an old reader would misread. */
export const FINDINGS_FORMAT_VERSION = 1;

/**
 * What the rules found in a job's raw data, beyond what the service's eleven files can say: `findings.json` beside `profiler-reports/`.
 * Its JSON schema is `docs/findings.schema.json`.
 */
export interface Findings {
  readonly format: typeof FINDINGS_FORMAT;
  readonly formatVersion: number;
  readonly tool: { readonly name: 'profiler-report'; readonly version: string };
  /** `compat`: as the service counted, its known defects included; `fixed`: with those put right. */
  readonly mode: 'fixed' | 'compat';
  readonly job: Job;
  /** The eleven rules and those added to them: errors first, then issues, the gravest first. */
  readonly rules: readonly FoundByRule[];
  /** Everything tolerated while reading. */
  readonly damage: readonly Damage[];
  /** False where no end marker says that the job is over: there may be more to come. */
  readonly ended: boolean;
  /** What the service's rules would never have looked at, since they stop at the last whole minute that all files reach; absent without system files. */
  readonly droppedByService?: Dropped;
  /** The rule files beside, by name, with the SHA-256 of each: one that differs was changed since. */
  readonly files: Readonly<Record<string, string>>;
}

/** What is told of a rule, with all of its issues. */
export interface FoundByRule extends Omit<RuleResult, 'issues' | 'issueCount' | 'sectionId'> {
  readonly issues: readonly Issue[];
}

export interface Dropped {
  /** Where the service's last window ends, seconds since the epoch; absent where it would have looked at nothing. */
  readonly afterSeconds?: number;
  readonly samples: number;
  readonly events: number;
}
